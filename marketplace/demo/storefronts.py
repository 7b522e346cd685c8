"""How invented shops present themselves: looks, hours, a place, sections; and who follows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from marketplace.catalog.models import Certificate, StoreSection, StoreSectionProduct
from marketplace.catalog.rules import CertificateKind, SectionKind
from marketplace.demo.history import Shop
from marketplace.demo.rows import Writer
from marketplace.demo.sellers import DemoSeller
from marketplace.sellers.models import Follow
from marketplace.sellers.rules import SellerKind, ShopTheme

LOOKS = {
    "trai-cay": ShopTheme.LEAF,
    "gao-hat": ShopTheme.EARTH,
    "thuy-san": ShopTheme.RIVER,
    "rau-cu": ShopTheme.LEAF,
    "mat-thao-moc": ShopTheme.EARTH,
    "trung-gia-cam": ShopTheme.EARTH,
    "dan-lat": ShopTheme.HYACINTH,
    "nuoc-mam-gia-vi": ShopTheme.RIVER,
    "banh-keo": ShopTheme.LOTUS,
    "tra-ca-phe": ShopTheme.HYACINTH,
}
HOURS = ((300, 1020), (360, 1080), (390, 1050), (420, 1140))
"""When shops open and close, in minutes from midnight."""
BEST = ("Khách hay mua", "Bán chạy nhất", "Được yêu thích")
NEW = ("Mới lên kệ", "Hàng mới về")
CHOSEN = ("Ngon nhất mùa này", "Nhà mình giới thiệu", "Quà quê mang biếu")
ON_SECTION = 4
MOST_FOLLOWERS = 40


def looks_of(random: Random, seller: DemoSeller, banner: str | None) -> dict[str, Any]:
    """The columns of a shop that say how it presents itself."""
    hours = random.choice(HOURS)
    sunday = random.random()
    rests = None if sunday < 0.3 else [hours[0], 660] if sunday < 0.6 else [*hours]
    exact = random.random() < 0.6
    nudge = (random.uniform(-0.012, 0.012), random.uniform(-0.012, 0.012))
    return {
        "theme": LOOKS[seller.theme],
        "banner": banner,
        "opening": [*([*hours] for _ in range(6)), rests],
        "delivery_days": random.choice((0b0111111, 0b1111111, 0b0101010, 0b0010101)),
        "latitude": round(seller.commune.latitude + nudge[0], 6) if exact else None,
        "longitude": round(seller.commune.longitude + nudge[1], 6) if exact else None,
        "followers": 0,
        "rating_count": 0,
        "rating_sum": 0,
    }


def write_sections(random: Random, writer: Writer, shop: Shop) -> None:
    """Two or three sections of a shop that has enough goods to arrange."""
    goods = list(dict.fromkeys(one.product_id for one in shop.goods))
    if len(goods) < ON_SECTION:
        return
    plan: list[tuple[SectionKind, str]] = [(SectionKind.CHOSEN, random.choice(CHOSEN))]
    plan.insert(random.randint(0, 1), (SectionKind.BEST_SELLERS, random.choice(BEST)))
    if random.random() < 0.5:
        plan.append((SectionKind.NEW, random.choice(NEW)))
    for position, (kind, title) in enumerate(plan):
        section_id = writer.add(
            StoreSection, seller_id=shop.seller_id, title=title, kind=kind, category_id=None, position=position
        )
        if kind is SectionKind.CHOSEN:
            for place, product_id in enumerate(random.sample(goods, ON_SECTION)):
                writer.add(StoreSectionProduct, section_id=section_id, product_id=product_id, position=place)


def write_certificates(random: Random, writer: Writer, shop: Shop, today: date) -> None:
    """What a co-operative or an enterprise of the fields has for the whole shop."""
    grows = shop.seller.theme in {"trai-cay", "rau-cu", "gao-hat", "thuy-san"}
    registered = shop.seller.kind in {SellerKind.COOPERATIVE, SellerKind.ENTERPRISE}
    if not (grows and registered) or random.random() < 0.2:
        return
    expires = today + timedelta(days=random.randint(120, 800))
    writer.add(
        Certificate,
        seller_id=shop.seller_id,
        product_id=None,
        kind=CertificateKind.VIETGAP,
        stars=None,
        number=f"VietGAP-TT-{random.randint(10, 99)}-{random.randint(1000, 9999)}",
        issuer="Trung tâm Chất lượng nông lâm thủy sản vùng 6",
        issued_on=expires - timedelta(days=1095),
        expires_on=expires,
        document=None,
        document_kind=None,
        created_at=shop.seller.applied_at + timedelta(hours=40),
    )


def write_followers(
    random: Random, writer: Writer, shops: Sequence[Shop], accounts: Sequence[int], shopper: int | None, now: datetime
) -> dict[int, int]:
    """Some accounts follow some shops, the demo shopper the first few; how many follow each shop, by its id."""
    followers: dict[int, int] = {}
    for number, shop in enumerate(shops):
        most = min(len(accounts), MOST_FOLLOWERS, 2 + shop.weight // 40)
        theirs = set(random.sample(list(accounts), random.randint(0, most)))
        if shopper is not None and number < ON_SECTION:
            theirs.add(shopper)
        theirs.discard(shop.owner_id)
        for account_id in sorted(theirs):
            since = shop.seller.applied_at + (now - shop.seller.applied_at) * random.uniform(0.2, 0.95)
            writer.add(
                Follow,
                account_id=account_id,
                store_id=shop.store_id,
                followed_at=since,
                # Nobody has come to look since, so that something is new to whoever does.
                visit_began=since,
                seen_until=since,
            )
        if theirs:
            followers[shop.store_id] = len(theirs)
    return followers
