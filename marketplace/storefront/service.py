"""Read models of the public pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
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
from marketplace.sellers import service as sellers
from marketplace.sellers.views import StoreView
from marketplace.storefront.views import (
    Choice,
    HomePage,
    ListingPage,
    ProductPage,
    SellerCard,
    StorePage,
    WayText,
)

ON_HOME = 12
ON_SHELF = 6
SPARE = 6
"""So many more are asked for than a shelf shows, since it leaves out what is sold out."""
SUGGESTED = 8
MONTH = Text("tháng {month}", "{month}")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EVERYTHING = Text("Tất cả sản phẩm", "All products")
RESULTS_FOR = Text("Kết quả cho “{q}”", "Results for “{q}”")
FREE = Text("miễn phí", "free")
FROM_FEE = Text("từ {fee}", "from {fee}")
BEST_MATCH = Text("Phù hợp nhất", "Best match")
COUNT = Text("{count} sản phẩm", "{count} products")
ANSWERS_WITHIN = Text("Trả lời đơn trong {hours} giờ", "Answers orders within {hours} hours")
OCOP_ONLY = Text("Chỉ OCOP", "OCOP only")
PRICE_BANDS: tuple[tuple[Text, int | None, int | None], ...] = (
    (Text("Dưới 50.000 ₫", "Under 50.000 ₫"), None, 50_000),
    (Text("50.000 – 200.000 ₫", "50.000 – 200.000 ₫"), 50_000, 200_000),
    (Text("Trên 200.000 ₫", "Over 200.000 ₫"), 200_000, None),
)
SORT_LABELS: dict[Sort, Text] = {
    Sort.POPULAR: Text("Bán chạy", "Popular"),
    Sort.NEW: Text("Mới đăng", "New"),
    Sort.PRICE_ASCENDING: Text("Giá thấp trước", "Price, low first"),
    Sort.PRICE_DESCENDING: Text("Giá cao trước", "Price, high first"),
}


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
        categories=tuple(CategoryLink(item.slug, item.name, item.href, item.icon) for item in tree),
        popular=popular,
        fresh=shelf(ListQuery(sort=Sort.NEW), ON_SHELF),
        honoured=shelf(ListQuery(ocop=3), ON_SHELF),
    )


def listing(session: Session, query: ListQuery, locale: Locale, now: datetime) -> ListingPage:
    """Search results or a category; when nothing is found, what else people buy. Raises NotFound for an unknown category."""
    found = catalog.list_products(session, query, locale, now)
    title, parent, tiles, below = _place(session, query, locale)
    nothing = not found.cards
    return ListingPage(
        title=title,
        q=query.q,
        total_text=COUNT.say(locale, count=f"{found.total:,}".replace(",", "," if locale == "en" else ".")),
        cards=found.cards,
        next_href=_href(query, after=found.next_cursor) if found.next_cursor else "",
        first_href=_href(query),
        deeper=bool(query.after),
        tiles=tiles,
        categories=below,
        parent_name=parent.name,
        parent_href=parent.href,
        choices=_choices(query, locale),
        found=not nothing,
        suggestions=catalog.list_products(session, ListQuery(limit=SUGGESTED), locale, now).cards if nothing else (),
    )


def _place(
    session: Session, query: ListQuery, locale: Locale
) -> tuple[str, CategoryLink, tuple[CategoryLink, ...], tuple[Choice, ...]]:
    """Title, the category above, tiles of all categories, and the categories to narrow or change to."""
    asked = query.q.strip()
    results = RESULTS_FOR.say(locale, q=asked) if asked else ""
    if query.category:
        category = catalog.category_by_slug(session, query.category, locale)
        parent = CategoryLink()
        siblings = category.children
        if category.parent_slug:
            above = catalog.category_by_slug(session, category.parent_slug, locale)
            parent = CategoryLink(above.slug, above.name, above.href, above.icon)
            siblings = category.children or above.children
        title = f"{category.name} · {results}" if results else category.name
        return title, parent, (), _categories(query, siblings)
    tree = tuple(CategoryLink(item.slug, item.name, item.href, item.icon) for item in catalog.tree(session, locale))
    if results:
        return results, CategoryLink(), (), _categories(query, tree)
    return EVERYTHING.say(locale), CategoryLink(), tree, ()


def _categories(query: ListQuery, categories: tuple[CategoryLink, ...]) -> tuple[Choice, ...]:
    # What was asked for stays asked for within the category.
    return tuple(
        Choice(item.name, _href(replace(query, category=item.slug)), item.slug == query.category) for item in categories
    )


def _choices(query: ListQuery, locale: Locale) -> tuple[Choice, ...]:
    """Orders, then filters that go again when chosen again."""
    labels = SORT_LABELS | {Sort.POPULAR: BEST_MATCH} if query.q.strip() else SORT_LABELS
    sorts = [Choice(label.say(locale), _href(query, sort=sort), sort is query.sort) for sort, label in labels.items()]
    ocop = Choice(OCOP_ONLY.say(locale), _href(replace(query, ocop=None if query.ocop else 3)), bool(query.ocop))
    bands = []
    for label, lowest, highest in PRICE_BANDS:
        chosen = (query.min_price, query.max_price) == (lowest, highest)
        other = (
            replace(query, min_price=None, max_price=None)
            if chosen
            else replace(query, min_price=lowest, max_price=highest)
        )
        bands.append(Choice(label.say(locale), _href(other), chosen))
    return (*sorts, ocop, *bands)


def _href(query: ListQuery, *, sort: Sort | None = None, after: str | None = None) -> str:
    parameters: dict[str, str | int] = {}
    if query.q.strip():
        parameters["q"] = query.q.strip()
    for name in ("min_price", "max_price", "ocop", "commune"):
        value = getattr(query, name)
        if value:
            parameters[name] = value
    chosen = sort or query.sort
    if chosen is not Sort.POPULAR:
        parameters["sort"] = chosen.value
    if after:
        parameters["after"] = after
    base = f"/c/{query.category}" if query.category else "/search"
    return f"{base}?{urlencode(parameters)}" if parameters else base


def product(session: Session, slug: str, sku: str, locale: Locale, now: datetime) -> ProductPage:
    """A product with the variant asked for, its seller and how it can arrive; raises NotFound."""
    found = catalog.product_by_slug(session, slug, locale, now, sku=sku, rather_in_stock=True)
    return _product(session, found, locale, now)


def preview(session: Session, person: Person, product_id: int, locale: Locale, now: datetime) -> ProductPage:
    """The page of a product of the person's own shop, on the market or not; raises NotFound."""
    return _product(session, catalog.preview_product(session, person, product_id, locale, now), locale, now)


def _product(session: Session, found: ProductView, locale: Locale, now: datetime) -> ProductPage:
    store = sellers.stores_by_seller(session, [found.seller_id])[found.seller_id]
    others = catalog.list_products(session, ListQuery(store=found.store_slug, limit=ON_SHELF + 1), locale, now).cards
    return ProductPage(
        product=found,
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
        crumbs=found.path,
        same_shop=tuple(card for card in others if card.slug != found.slug)[:ON_SHELF],
    )


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
    found = sellers.store_by_slug(session, slug)
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
