"""The home page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from marketplace.base import clock
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.service import ListQuery, Sort
from marketplace.catalog.views import CategoryLink, ListedProduct, ProductCard
from marketplace.storefront.views import HomePage

ON_HOME = 12
ON_SHELF = 6
SPARE = 6
"""So many more are asked for than a shelf shows, since it leaves out what is sold out."""
MONTH = Text("tháng {month}", "{month}")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def home(session: Session, locale: Locale, now: datetime) -> HomePage:
    """What is in season, what sells, what is new, what the province honours."""
    tree = catalog.tree(session, locale)

    def shelf(query: ListQuery, length: int) -> tuple[ListedProduct, ...]:
        cards = catalog.list_products(session, replace(query, limit=length + SPARE), locale, now).cards
        return tuple(card for card in cards if card.in_stock)[:length]

    popular = shelf(ListQuery(), ON_HOME)
    month = clock.local_date(now).month
    return HomePage(
        month=MONTH.say(locale, month=ENGLISH_MONTHS[month - 1] if locale == "en" else month),
        hero=popular[0] if popular else ProductCard(),
        hero_store=popular[0].store_name if popular else "",
        categories=tuple(CategoryLink(item.slug, item.name, item.href, item.icon, item.id) for item in tree),
        popular=popular,
        fresh=shelf(ListQuery(sort=Sort.NEW), ON_SHELF),
        honoured=shelf(ListQuery(ocop=3), ON_SHELF),
    )
