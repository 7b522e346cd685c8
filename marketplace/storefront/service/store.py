"""A shop's page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.accounts.rules import show_phone
from marketplace.accounts.views import Person
from marketplace.base import media
from marketplace.base.errors import NotFound
from marketplace.base.ratings import average_rating, rating_text
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery, Sort
from marketplace.delivery import service as delivery
from marketplace.places import service as places
from marketplace.places.map import province_map
from marketplace.reviews.service.reading import count_text
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import SCHEMA_DAYS, delivery_days_text, opening_lines, show_minutes
from marketplace.sellers.views import StoreView
from marketplace.storefront import filtering
from marketplace.storefront.query import StoreQuery
from marketplace.storefront.views import Choice, MapView, OpeningLine, StorePage

FOLLOWERS = Text("{count} người theo dõi", "{count} followers")
ONE_FOLLOWER = Text("1 người theo dõi", "1 follower")
EXACTLY = Text("Bản đồ {province}: gian hàng ở {commune}", "Map of {province}: the shop in {commune}")
SORTS: dict[Sort, Text] = {
    Sort.POPULAR: Text("Bán chạy", "Popular"),
    Sort.NEW: Text("Mới", "Newest"),
    Sort.BEST_RATED: Text("Đánh giá cao", "Best rated"),
    Sort.PRICE_ASCENDING: Text("Giá thấp", "Lowest price"),
    Sort.PRICE_DESCENDING: Text("Giá cao", "Highest price"),
}


def store(session: Session, slug: str, query: StoreQuery, locale: Locale, now: datetime) -> StorePage:
    """A shop with what it sells; raises NotFound unless it may sell."""
    found = sellers.open_store(session, slug, now)
    if not found.selling:
        raise NotFound
    return _store(session, found, query, locale, now)


def own_store(session: Session, person: Person, locale: Locale, now: datetime) -> StorePage:
    """The page of the person's own shop, open or not; raises NotSignedIn, NotFound."""
    seller = sellers.seller_of(session, person)
    found = sellers.stores_by_seller(session, [seller.id])[seller.id]
    return _store(session, found, StoreQuery(), locale, now)


def _store(session: Session, found: StoreView, query: StoreQuery, locale: Locale, now: datetime) -> StorePage:
    wanted = ListQuery(store=found.slug, q=query.q, category=query.category, sort=query.sort, after=query.after)
    goods = catalog.list_products(session, wanted, locale, now)
    deeper = query != StoreQuery()
    return StorePage(
        slug=found.slug,
        name=found.name,
        kind=found.kind_label.say(locale),
        theme_class=f"shop-{found.theme.value} space-y-6",
        story=tuple(part for part in found.story.split("\n") if part.strip()),
        portrait=media.picture_url(found.portrait, 320) if found.portrait else "",
        banner=media.picture_url(found.banner, 960) if found.banner else "",
        banner_key=found.banner or "",
        share_picture=found.banner or found.portrait or "",
        place=", ".join(part for part in (found.commune_name, found.province_name) if part),
        legal_name=found.legal_name,
        tax_code=found.public_tax_code or "",
        address=found.address,
        phone=show_phone(found.phone),
        phone_href=f"tel:{found.phone}",
        position=found.position or found.centroid,
        map=_map(session, found, locale),
        opening=tuple(OpeningLine(days, hours) for days, hours in opening_lines(found.opening, locale)),
        hours=tuple(
            (SCHEMA_DAYS[day], show_minutes(hours[0]), show_minutes(hours[1]))
            for day, hours in enumerate(found.opening)
            if hours
        ),
        delivery_days=delivery_days_text(found.delivery_days, locale),
        closed=delivery.asks_of(session, found, now).closed.say(locale),
        certificates=catalog.certificates_of_shop(session, found.seller_id, locale, now),
        # Whoever looks for something is not shown the window first.
        sections=() if deeper else catalog.sections_of(session, found.seller_id, found.slug, locale, now),
        followers_text=_followers(found.followers, locale),
        rating=average_rating(found.rating_sum, found.rating_count),
        rating_text=rating_text(found.rating_sum, found.rating_count, locale),
        reviews=found.rating_count,
        reviews_text=count_text(found.rating_count, locale),
        q=query.q,
        sorts=tuple(
            Choice(label.say(locale), _address(found.slug, query, sort=sort), chosen=sort is query.sort)
            for sort, label in SORTS.items()
        ),
        deeper=deeper,
        cards=goods.cards,
        total=goods.total,
        total_text=filtering.count_text(goods.total, locale),
        next_href=_address(found.slug, query, after=goods.next_cursor) if goods.next_cursor else "",
        search_href=f"{found.href}#goods",
        follow_href=f"{found.href}/follow",
    )


def _followers(count: int, locale: Locale) -> str:
    if not count:
        return ""
    return ONE_FOLLOWER.say(locale) if count == 1 else FOLLOWERS.say(locale, count=count)


def _address(slug: str, query: StoreQuery, *, sort: Sort | None = None, after: str = "") -> str:
    """The shop's goods in an order or from a place on; they begin below what the shop says of itself."""
    order = query.sort if sort is None else sort
    asked = {
        "q": query.q,
        "category": query.category,
        "sort": order.value if order is not Sort.POPULAR else "",
        "after": after,
    }
    named = urlencode({name: value for name, value in asked.items() if value})
    return f"/s/{slug}{'?' + named if named else ''}#goods"


def _map(session: Session, found: StoreView, locale: Locale) -> MapView:
    position = found.position or found.centroid
    if position is None or not found.province_code:
        # A commune that was merged away since is on no map any more.
        return MapView()
    drawn = province_map(places.communes_of(session, found.province_code))
    x, y = drawn.place(*position)
    return MapView(
        view_box=f"0 0 {drawn.width} {drawn.height}",
        others="".join(path for code, path in drawn.shapes.items() if code != found.commune_code),
        here=drawn.shapes.get(found.commune_code, ""),
        x=str(x),
        y=str(y),
        label=EXACTLY.say(locale, province=found.province_name, commune=found.commune_name),
    )
