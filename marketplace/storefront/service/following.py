"""The shops somebody follows, and what is new in them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base.text import Locale, Text
from marketplace.catalog import service as catalog
from marketplace.catalog.views import NewGoods
from marketplace.sellers import service as sellers
from marketplace.storefront.views import FollowedView, FollowingPage

NEWS = Text("{count} món mới từ lần trước", "{count} new since your last visit")


def following(session: Session, person: Person, locale: Locale, now: datetime) -> FollowingPage:
    """The shops a person follows, those with the most news first; raises NotSignedIn."""
    followed = sellers.followed_shops(session, person)
    goods = catalog.newest_goods(session, {one.seller_id: one.seen_until for one in followed}, locale, now)
    stores = sellers.stores_by_ids(session, [one.store_id for one in followed])
    nothing = NewGoods(0)
    ordered = sorted(followed, key=lambda one: -goods.get(one.seller_id, nothing).fresh)
    return FollowingPage(
        signed_in=True,
        shops=tuple(
            FollowedView(
                slug=store.slug,
                name=store.name,
                href=store.href,
                place=store.commune_name,
                portrait=catalog.picture_url(store.portrait, 320) if store.portrait else "",
                news_text=NEWS.say(locale, count=news.fresh) if news.fresh else "",
                cards=news.cards,
            )
            for one in ordered
            for store, news in [(stores[one.store_id], goods.get(one.seller_id, nothing))]
        ),
    )
