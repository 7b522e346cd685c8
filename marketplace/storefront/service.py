"""Read models of the public pages."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from sqlmodel import Session

from marketplace.accounts.rules import show_phone
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import NotFound
from marketplace.base.money import show_money
from marketplace.base.quantity import plain_quantity, show_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery, Sort
from marketplace.catalog.views import CategoryLink, ProductCard, ProductView
from marketplace.delivery import service as delivery
from marketplace.delivery.rules import Place
from marketplace.orders.service import companions
from marketplace.places import service as places
from marketplace.sellers import service as sellers
from marketplace.sellers.views import StoreView
from marketplace.settings import settings
from marketplace.storefront import filtering
from marketplace.storefront.views import (
    HomePage,
    ListingPage,
    ProductPage,
    SellerCard,
    StorePage,
    WayText,
)

ON_HOME = 12
ON_SHELF = 6
TOGETHER = 4
SPARE = 6
"""So many more are asked for than a shelf shows, since it leaves out what is sold out."""
SUGGESTED = 8
REACH_KEPT_SECONDS = 30.0
MOST_REACHES = 200
MONTH = Text("tháng {month}", "{month}")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EVERYTHING = Text("Tất cả sản phẩm", "All products")
RESULTS_FOR = Text("Kết quả cho “{q}”", "Results for “{q}”")
FREE = Text("miễn phí", "free")
FROM_FEE = Text("từ {fee}", "from {fee}")
COUNT = Text("{count} sản phẩm", "{count} products")
ANSWERS_WITHIN = Text("Trả lời đơn trong {hours} giờ", "Answers orders within {hours} hours")


def home(session: Session, locale: Locale, now: datetime) -> HomePage:
    """What is in season, what sells, what is new, what the province honours."""
    tree = catalog.tree(session, locale)

    def shelf(query: ListQuery, length: int) -> tuple[ProductCard, ...]:
        cards = catalog.list_products(session, replace(query, limit=length + SPARE), locale, now).cards
        return tuple(card for card in cards if card.in_stock)[:length]

    popular = shelf(ListQuery(), ON_HOME)
    month = clock.local_date(now).month
    return HomePage(
        month=MONTH.say(locale, month=ENGLISH_MONTHS[month - 1] if locale == "en" else month),
        hero=popular[0] if popular else ProductCard(),
        categories=tuple(CategoryLink(item.slug, item.name, item.href, item.icon, item.id) for item in tree),
        popular=popular,
        fresh=shelf(ListQuery(sort=Sort.NEW), ON_SHELF),
        honoured=shelf(ListQuery(ocop=3), ON_SHELF),
    )


def listing(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ListingPage:
    """Search results or a category; when nothing is found, what else people buy. Raises NotFound for an unknown category."""
    reachable = _reachable(session, query.deliver_to) if query.deliver_to else None
    found = catalog.list_products(session, query, locale, now, stores=reachable, counted=True, bands=filtering.BANDS)
    title, parent, tiles, narrower = _place(session, query, locale)
    nothing = not found.cards
    known = places.communes(session, {*found.counts.communes, query.commune, query.deliver_to})
    names = {code: view.name for code, view in known.items()}
    place = known.get(query.deliver_to)
    return ListingPage(
        title=title,
        q=query.q,
        total_text=COUNT.say(locale, count=f"{found.total:,}".replace(",", "," if locale == "en" else ".")),
        cards=found.cards,
        next_href=filtering.address(query, after=found.next_cursor) if found.next_cursor else "",
        first_href=filtering.address(query),
        deeper=bool(query.after),
        tiles=tiles,
        parent_name=parent.name,
        parent_href=parent.href,
        sorts=filtering.sorts(query, locale),
        filters=filtering.filters(
            query,
            found.counts,
            narrower,
            names,
            locale,
            place=place.name if place else "",
        ),
        here=f"/c/{query.category}" if query.category else "/search",
        lowest_typed=str(query.min_price or ""),
        highest_typed=str(query.max_price or ""),
        price_fields=filtering.kept_fields(query, "min_price", "max_price"),
        place=f"{place.name}, {place.province}" if place else "",
        found=not nothing,
        suggestions=catalog.list_products(session, ListQuery(limit=SUGGESTED), locale, now).cards if nothing else (),
    )


def _place(
    session: Session, query: ListQuery, locale: Locale
) -> tuple[str, CategoryLink, tuple[CategoryLink, ...], tuple[CategoryLink, ...]]:
    """Title, the category above, tiles of all categories, and the categories to narrow or change to."""
    asked = query.q.strip()
    results = RESULTS_FOR.say(locale, q=asked) if asked else ""
    tree = catalog.tree(session, locale)
    if query.category:
        category = catalog.category_by_slug(session, query.category, locale)
        above = catalog.category_by_slug(session, category.parent_slug, locale) if category.parent_slug else None
        parent = CategoryLink(above.slug, above.name, above.href, above.icon, above.id) if above else CategoryLink()
        narrower = category.children or (above.children if above else ())
        title = f"{category.name} · {results}" if results else category.name
        return title, parent, (), narrower
    links = tuple(CategoryLink(item.slug, item.name, item.href, item.icon, item.id) for item in tree)
    if results:
        return results, CategoryLink(), (), links
    return EVERYTHING.say(locale), CategoryLink(), links, links


@lru_cache(maxsize=1)
def _reach() -> dict[str, tuple[float, tuple[str, ...]]]:
    return {}


def _reachable(session: Session, commune_code: str) -> tuple[str, ...]:
    """The shops that deliver to a commune; kept for a while, since the checkout asks anew."""
    reach = _reach()
    known = reach.get(commune_code)
    if known is not None and time.monotonic() - known[0] < REACH_KEPT_SECONDS:
        return known[1]
    found = places.communes(session, [commune_code]).get(commune_code)
    stores: tuple[str, ...] = ()
    if found is not None:
        destination = Place(found.code, found.province_code)
        homes = sellers.homes_of_stores(session)
        provinces = places.communes(session, {home.commune_code for home in homes})
        origins = {
            home.seller_id: Place(home.commune_code, provinces[home.commune_code].province_code) for home in homes
        }
        reaching = delivery.reaching(session, origins, destination)
        stores = tuple(home.slug for home in homes if home.seller_id in reaching)
    if len(reach) >= MOST_REACHES:
        reach.clear()
    reach[commune_code] = (time.monotonic(), stores)
    return stores


def product(session: Session, slug: str, sku: str, locale: Locale, now: datetime) -> ProductPage:
    """A product with the variant asked for, its seller and how it can arrive; raises NotFound."""
    found = catalog.product_by_slug(session, slug, locale, now, sku=sku, rather_in_stock=True)
    return _product(session, found, locale, now)


def preview(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> ProductPage:
    """The page of a product of the person's own shop, on the market or not; raises NotFound."""
    return _product(session, catalog.preview_product(session, person, product_id, locale, now), locale, now)


def _product(session: Session, found: ProductView, locale: Locale, now: datetime) -> ProductPage:
    store = sellers.stores_by_seller(session, [found.seller_id])[found.seller_id]
    companions_of = companions.bought_with(session, catalog.sku_ids_of(session, found.id), TOGETHER)
    together = catalog.cards_by_slug(session, companions_of, locale, now)
    # What is on a shelf above is not shown, nor sent, again.
    shown = {found.slug, *companions_of, *(card.slug for card in found.related)}
    own = ListQuery(store=found.store_slug, limit=ON_SHELF + len(shown))
    others = catalog.list_products(session, own, locale, now).cards
    return ProductPage(
        # What nobody chooses from need not travel.
        product=found if found.several_variants else replace(found, variants=()),
        seller=SellerCard(
            name=store.name,
            href=store.href,
            kind=store.kind_label.say(locale),
            place=store.commune_name,
            portrait=catalog.picture_url(store.portrait, 320) if store.portrait else "",
            hours_text=ANSWERS_WITHIN.say(locale, hours=store.acceptance_hours),
        ),
        minimum_text=show_quantity(found.chosen.minimum, locale),
        step_text=plain_quantity(found.chosen.step),
        available_text=plain_quantity(found.chosen.available),
        ways=_ways(session, store, found.reach_hours, locale),
        zalo_href=f"https://zalo.me/share?{_shared(url=found.href)}",
        facebook_href=f"https://www.facebook.com/sharer/sharer.php?{_shared(u=found.href)}",
        together=together,
        same_shop=tuple(card for card in others if card.slug not in shown)[:ON_SHELF],
    )


def _shared(**path: str) -> str:
    """The query by which other sites are told of a page of ours."""
    return urlencode({name: settings().public + value for name, value in path.items()})


def _ways(session: Session, store: StoreView, reach_hours: int | None, locale: Locale) -> tuple[WayText, ...]:
    return tuple(
        WayText(
            way.label.say(locale),
            f"{way.reach.say(locale)} · {way.days.say(locale)}",
            FROM_FEE.say(locale, fee=show_money(way.fee)) if way.fee else FREE.say(locale),
        )
        for way in delivery.offered(session, store.seller_id, reach_hours)
    )


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
        total_text=COUNT.say(locale, count=goods.total),
        next_href=f"/s/{slug}?{urlencode({'after': goods.next_cursor})}" if goods.next_cursor else "",
    )
