"""A shop's page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.accounts.rules import show_phone
from marketplace.base.errors import NotFound
from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery
from marketplace.sellers import service as sellers
from marketplace.storefront import filtering
from marketplace.storefront.views import StorePage


def store(session: Session, slug: str, after: str, locale: Locale, now: datetime) -> StorePage:
    """A shop with what it sells; raises NotFound unless it may sell."""
    found = sellers.open_store(session, slug, now)
    if not found.selling:
        raise NotFound
    goods = catalog.list_products(session, ListQuery(store=slug, after=after), locale, now)
    return StorePage(
        name=found.name,
        kind=found.kind_label.say(locale),
        story=tuple(part for part in found.story.split("\n") if part.strip()),
        portrait=catalog.picture_url(found.portrait, 320) if found.portrait else "",
        place=f"{found.commune_name}, {found.province_name}",
        legal_name=found.legal_name,
        tax_code=found.public_tax_code or "",
        address=found.address,
        phone=show_phone(found.phone),
        phone_href=f"tel:{found.phone}",
        cards=goods.cards,
        total_text=filtering.count_text(goods.total, locale),
        next_href=f"/s/{slug}?{urlencode({'after': goods.next_cursor})}" if goods.next_cursor else "",
    )
