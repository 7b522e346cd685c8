"""A market of any size, made fast: sellers, goods with names as people give them, prices, stock, certificates.

Nothing is in it that the shop window does not read: no orders, no pictures, no contracts. Run as `python -m benchmarks.market N`
on the database of the settings, which it migrates first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random

from sqlmodel import Session, col, select

from marketplace.base import clock, db
from marketplace.catalog.models import Category, Certificate, Product, Sku, StockLevel
from marketplace.catalog.rules import CertificateKind, ProductStatus
from marketplace.demo.goods import THEMES
from marketplace.demo.goods.model import Archetype, Packing
from marketplace.demo.rows import Writer
from marketplace.operations import migrate
from marketplace.places import service as places
from marketplace.places.views import CommuneView
from marketplace.sellers.models import Seller, Store
from marketplace.sellers.rules import SellerKind, SellerStatus
from marketplace.settings import settings

GOODS_OF_A_SHOP = 100
MOST_SOLD = 2_000_000
CERTIFIED = 0.1
AHEAD = 0.03


def fill(session: Session, products: int) -> None:
    """Write so many goods, the same ones for the same number."""
    random, now = Random(7), clock.now()
    here = places.communes_of(session, settings().province)
    shops = _shops(session, random, max(20, products // GOODS_OF_A_SHOP), here)
    nodes = {node.slug: node for node in session.exec(select(Category).order_by(col(Category.id))).all()}
    roots = {node.id: node for node in nodes.values()}
    kinds = list(chain.from_iterable(THEMES.values()))
    writer = Writer(session, (Product, Sku, StockLevel, Certificate))
    for number in range(products):
        seller, store, commune = random.choice(shops)
        archetype = random.choice(kinds)
        packing = random.choice(archetype.packings)
        category = top = nodes[archetype.category]
        while top.parent_id is not None:
            top = roots[top.parent_id]
        price = random.randint(archetype.lowest, archetype.highest) * packing.share // 10_000 * 100 + 500
        # Few sell much, most sell little, as on any market.
        sold = int(MOST_SOLD / (1 + random.randrange(20_000)))
        at = now - timedelta(minutes=random.randrange(500_000))
        product_id = writer.add(
            Product, store_id=store.id, seller_id=seller.id, store_slug=store.slug, store_name=store.name,
            commune_name=commune.name, commune_code=commune.code, category_id=category.id, top_category_id=top.id,
            slug=f"hang-{number}", name=_name(random, archetype, packing, here, number), status=ProductStatus.ACTIVE,
            listed=True, unit=packing.unit, price=price, sold=sold, popularity=sold, created_at=at, updated_at=at,
            published_at=at, expected_on=_ahead(random, now.date()), attributes={},
        )  # fmt: skip
        sku_id = writer.add(
            Sku, code=f"B{number}", product_id=product_id, price=price, unit=packing.unit, step=packing.step,
            minimum=packing.minimum, tiers=[],
        )  # fmt: skip
        writer.add(StockLevel, sku_id=sku_id, on_hand=0 if random.random() < 0.05 else random.randint(1, 900) * 1000)
        if random.random() < CERTIFIED:
            kind = random.choice(list(CertificateKind))
            writer.add(
                Certificate, seller_id=seller.id, product_id=product_id, kind=kind, number=f"{number}", issuer="UBND",
                stars=random.choice((3, 4, 5)) if kind is CertificateKind.OCOP else None,
                expires_on=now.date() + timedelta(days=random.randint(1, 900)), created_at=at,
            )  # fmt: skip
    writer.close()


def _shops(
    session: Session, random: Random, count: int, here: tuple[CommuneView, ...]
) -> list[tuple[Seller, Store, CommuneView]]:
    now, found = clock.now(), []
    for number in range(count):
        commune = random.choice(here)
        seller = Seller(
            kind=random.choice(list(SellerKind)), status=SellerStatus.APPROVED, legal_name=f"Cơ sở {number}",
            commune_code=commune.code, street="Ấp 1", phone=f"+849{number:08}", applied_at=now,
        )  # fmt: skip
        found.append((seller, commune))
        session.add(seller)
    session.flush()
    shops = []
    for number, (seller, commune) in enumerate(found):
        name = random.choice(("Vườn", "Cơ sở", "Hợp tác xã", "Nhà")) + " " + random.choice(_OWNERS) + f" {number}"
        store = Store(seller_id=seller.id, slug=f"quan-{number}", name=name, created_at=now)
        session.add(store)
        shops.append((seller, store, commune))
    session.flush()
    return shops


_OWNERS = (
    "Ba Tám",
    "Út Mười",
    "Năm Hiền",
    "Thới An",
    "Phong Điền",
    "Sông Hậu",
    "Cô Sáu",
    "Hai Lúa",
    "Bảy Núi",
    "Tư Đờn",
)


def _name(random: Random, archetype: Archetype, packing: Packing, here: tuple[CommuneView, ...], number: int) -> str:
    def parts() -> Iterator[str]:
        yield archetype.name
        if archetype.grades and (grade := random.choice(archetype.grades)):
            yield grade
        if random.random() < 0.5:
            yield random.choice(here).name.split(" ", 1)[1]
        if random.random() < 0.3:
            yield f"lô {number % 400}"

    spelt = " ".join(parts())
    return f"{spelt}, {packing.label}" if packing.label else spelt


def _ahead(random: Random, today: date) -> date | None:
    return today + timedelta(days=random.randint(1, 90)) if random.random() < AHEAD else None


if __name__ == "__main__":
    migrate.upgrade_schema(settings().database)
    db.write_now(migrate._sync_reference_data)
    db.write_now(fill, int(sys.argv[1]))
