"""What stands on the labels of a lot."""

from __future__ import annotations

from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.catalog import service as catalog
from marketplace.lots.labels import Label
from marketplace.lots.rules import show_day
from marketplace.lots.service.entering import own_lot
from marketplace.sellers import service as sellers
from marketplace.settings import settings


def label_of(session: Session, person: Person, code: str) -> Label:
    """The label of a lot of the person's shop; raises NotSignedIn, NotFound."""
    lot = own_lot(session, person, code, lock=False)
    product = catalog.named_products(session, [lot.product_id])[lot.product_id]
    store = sellers.stores_by_seller(session, [lot.seller_id])[lot.seller_id]
    return Label(
        product=product.name,
        number=lot.number,
        harvested=show_day(lot.harvested_on),
        expires=show_day(lot.expires_on) if lot.expires_on else "",
        area_code=lot.area_code,
        shop=store.name,
        place=", ".join(part for part in (store.commune_name, store.province_name) if part),
        address=f"{settings().public}/lot/{lot.code}",
    )
