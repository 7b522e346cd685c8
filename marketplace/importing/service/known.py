"""What the cells of a file may name, read for one shop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from weakref import WeakKeyDictionary

from sqlalchemy.pool import Pool
from sqlmodel import Session, col, select

from marketplace.base import db
from marketplace.base.media import StoredPicture
from marketplace.base.text import LOCALES, Text, fold
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import Attribute
from marketplace.importing.models import GoodsImportPhoto, OwnProductCode, OwnSkuCode
from marketplace.importing.rules.cells import Known
from marketplace.places import service as places
from marketplace.sellers import service as sellers

_communes: WeakKeyDictionary[Pool, dict[str, tuple[dict[str, str], dict[str, str]]]] = WeakKeyDictionary()
KINDS = ("xa ", "phuong ", "dac khu ", "thi tran ")


def known_to(
    session: Session, seller_id: int, *, import_id: int | None = None, pictures: Collection[str] = ()
) -> Known:
    """Categories, communes of the shop's province, the shop's own photos and those sent along."""
    names, by_name = _categories(session)
    codes, communes = _places(session, seller_id)
    return Known(
        categories=by_name,
        category_names=names,
        attributes=_attributes(session),
        communes=codes,
        commune_names=communes,
        photos=_photos(session, import_id) if import_id is not None else {},
        pictures=catalog.own_pictures(session, seller_id, pictures),
    )


def _categories(session: Session) -> tuple[dict[str, Text], dict[str, tuple[str, ...]]]:
    paths = {locale: dict(catalog.named_paths(session, locale)) for locale in LOCALES}
    by_name: dict[str, set[str]] = defaultdict(set)
    for slug, (vi, en) in catalog.category_names(session).items():
        for name in (vi, en, slug, paths["vi"][slug], paths["en"][slug]):
            by_name[" ".join(fold(name).split())].add(slug)
    found = {name: tuple(sorted(slugs)) for name, slugs in by_name.items()}

    def shown(slug: str, locale: str, name: str) -> str:
        alone = len(found[" ".join(fold(name).split())]) == 1
        return name if alone else paths["en" if locale == "en" else "vi"][slug]

    names = {
        slug: Text(shown(slug, "vi", vi), shown(slug, "en", en))
        for slug, (vi, en) in catalog.category_names(session).items()
    }
    return names, found


def _attributes(session: Session) -> Mapping[str, tuple[Attribute, ...]]:
    return {slug: catalog.attributes_of(session, number) for number, slug in catalog.category_slugs(session).items()}


def _places(session: Session, seller_id: int) -> tuple[dict[str, str], dict[str, str]]:
    store = sellers.stores_by_seller(session, [seller_id])[seller_id]
    kept = _communes.setdefault(db.database_of(session), {})
    if store.province_code not in kept:
        names: dict[str, str] = {}
        codes: dict[str, set[str]] = defaultdict(set)
        for place in places.communes_of(session, store.province_code):
            names[place.code] = place.name
            folded = " ".join(fold(place.name).split())
            codes[folded].add(place.code)
            for kind in KINDS:
                if folded.startswith(kind):
                    codes[folded.removeprefix(kind)].add(place.code)
        kept[store.province_code] = {name: next(iter(one)) for name, one in codes.items() if len(one) == 1}, names
    return kept[store.province_code]


def _photos(session: Session, import_id: int) -> dict[str, StoredPicture]:
    rows = session.exec(
        select(GoodsImportPhoto).where(GoodsImportPhoto.import_id == import_id, GoodsImportPhoto.name != "")
    )
    return {row.name: StoredPicture(row.key, row.width, row.height, row.placeholder) for row in rows}


def own_sku_codes(session: Session, seller_id: int, sku_ids: Collection[int] | None = None) -> dict[int, str]:
    """What the seller calls their stock keeping units, by id."""
    statement = select(OwnSkuCode.sku_id, OwnSkuCode.code).where(OwnSkuCode.seller_id == seller_id)
    if sku_ids is not None:
        statement = statement.where(col(OwnSkuCode.sku_id).in_(sku_ids))
    return dict(session.exec(statement).all())


def own_product_codes(session: Session, seller_id: int, product_ids: Collection[int] | None = None) -> dict[int, str]:
    """What the seller calls their products, by id."""
    statement = select(OwnProductCode.product_id, OwnProductCode.code).where(OwnProductCode.seller_id == seller_id)
    if product_ids is not None:
        statement = statement.where(col(OwnProductCode.product_id).in_(product_ids))
    return dict(session.exec(statement).all())


def folded_code(typed: str) -> str:
    """A code as it is compared."""
    return " ".join(typed.casefold().split())
