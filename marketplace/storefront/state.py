"""Live state of the public pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from marketplace.base import clock, db, ratelimit
from marketplace.base.errors import DomainError
from marketplace.base.inputs import parse
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Text
from marketplace.base.web import place_of_cookies
from marketplace.baskets import service as baskets
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import CategoryLink, ProductCard, ProductView, VariantView
from marketplace.lots import service as lots
from marketplace.lots.views import Passport
from marketplace.places import service as places
from marketplace.places.choosing import ChoosesCommune, CommunePicked
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import ReportDraft
from marketplace.sellers import service as sellers
from marketplace.storefront import filtering, service
from marketplace.storefront.commands import LONGEST_CODE, LONGEST_PLACE, Addition, OwnChosen, PlaceWanted, ShopChosen
from marketplace.storefront.product_page import Asked, as_told, read_product
from marketplace.storefront.query import read_query, read_stars, read_store_query
from marketplace.storefront.subjects import LISTS, PASSPORTS, STORES, of_product
from marketplace.storefront.views import (
    Choice,
    DeliveryPart,
    FollowingPage,
    HomePage,
    ListingPage,
    ProductPage,
    ReviewsPage,
    StorePage,
)
from marketplace.ui.live import Live, answering, looking_again
from marketplace.ui.news import watch

FOR_PROGRAMS = frozenset(
    {"sku_id", "price", "before", "unit", "price_per_base", "base", "weighed", "step", "minimum", "available"}
)
"""What no page shows of a variant."""
ADDED = Text("Đã thêm vào giỏ.", "Added to the basket.")
FOLLOWED = Text("Đã theo dõi. Hàng mới hiện ở Tài khoản.", "Following. Find what is new under your account.")
UNFOLLOWED = Text("Đã thôi theo dõi.", "No longer following.")
REPORTED = Text("Cảm ơn bạn. Cán bộ sẽ xem đánh giá này.", "Thank you. The staff will look at this review.")


@rx.serializer
def _told(card: ProductCard) -> dict[str, Any]:
    """What an open page is told of a card: what pages show of it, and of that what there is."""
    told = ((field.name, getattr(card, field.name)) for field in fields(ProductCard))
    return {name: value for name, value in told if value}


@rx.serializer
def _choice_told(choice: Choice) -> dict[str, Any]:
    """What pages show of a way through a list; its count is in its text."""
    return _what_there_is(choice, but={"count"})


@rx.serializer
def _category_told(category: CategoryLink) -> dict[str, Any]:
    return _what_there_is(category, but={"id", "slug"})


@rx.serializer
def _product_told(product: ProductView) -> dict[str, Any]:
    """What an open page is told of a product: what there is of it."""
    return _what_there_is(product)


@rx.serializer
def _variant_told(variant: VariantView) -> dict[str, Any]:
    return _what_there_is(variant, but=FOR_PROGRAMS)


@rx.serializer
def _delivery_told(delivery: DeliveryPart) -> dict[str, Any]:
    return _what_there_is(delivery)


def _what_there_is(view: Any, but: Collection[str] = ()) -> dict[str, Any]:
    """Its fields, but for some, without empty words, missing values, noughts and what is not so; empty lists stay, to be gone through."""
    told = ((field.name, getattr(view, field.name)) for field in fields(view))
    return {name: value for name, value in told if name not in but and (value or isinstance(value, tuple))}


class HomeState(Live, rx.State):
    """The home page."""

    page: HomePage = HomePage()

    @answering
    async def load(self) -> None:
        """Open the page."""
        await self._enter()
        self.page = await LISTS.reading(service.home, self._locale(), clock.now())
        self.path = self._here()


class ListingState(ChoosesCommune, rx.State):
    """Search and categories; the commune that is picked is where goods should be delivered to."""

    page: ListingPage = ListingPage()
    remembered: Choice = Choice()
    """The commune asked about last, as a filter that is not in force."""

    @answering
    async def load(self) -> None:
        """Open the page for what its address asks."""
        await self._enter()
        query = self._query()
        self.page = await LISTS.reading_slowly(service.listing, query, self._locale(), clock.now())
        self._take_commune(query.deliver_to, self.page.place)
        code = place_of_cookies(self._cookie_header())
        known = (await db.reading(places.communes, [code])).get(code) if code and code != query.deliver_to else None
        self.remembered = Choice(known.name, filtering.address(replace(query, deliver_to=code))) if known else Choice()
        self.path = self._here()

    @answering
    async def pick_commune(self, code: str) -> Any:
        """Show what is delivered to a suggested commune."""
        choice = parse(CommunePicked, {"code": code})
        place = await db.reading(places.commune, choice.code)
        there = filtering.address(replace(self._query(), deliver_to=place.code))
        # By way of the preferences, so that a product's page and the checkout know it too.
        return rx.redirect(f"/preferences?{urlencode({'commune': place.code, 'next': there})}", is_external=True)

    def _query(self) -> ListQuery:
        url = self.router.url
        category = url.path.removeprefix("/c/").strip("/") if url.path.startswith("/c/") else ""
        return read_query(dict(url.query_parameters), category)


class ProductState(Live, rx.State):
    """A product's page."""

    page: ProductPage = ProductPage()
    added: int = 0
    """How often goods were put into the basket here."""
    _commune: str = ""
    _told: str = ""
    """The commune in the cookies of the socket's handshake, which are as old as the page."""
    _typed: str = ""

    @answering
    async def load(self) -> None:
        """Open the page."""
        await self._enter()
        self._typed = str(self.router.url.query_parameters.get("place", ""))[:LONGEST_PLACE]
        await self._look()
        watch(self, f"product:{self.page.product.id}")
        self.path = self._here()

    @looking_again
    async def refresh(self) -> None:
        """Something about this product changed."""
        await self._look()

    @answering
    async def add(self, form: dict[str, Any]) -> None:
        """Put the goods into the visitor's basket."""
        addition = parse(Addition, form)
        quantity = read_quantity(addition.quantity)
        await db.writing(baskets.add_for, await self._person(), addition.sku, quantity, clock.now())
        await self._enter()
        self.notice = ADDED.say(self._locale())
        self.added += 1

    @answering
    async def bring_to(self, form: dict[str, Any]) -> None:
        """Show fee and day of delivery to the commune that was picked, or the communes that fit what was typed."""
        wanted = parse(PlaceWanted, form)
        if wanted.commune:
            self._commune, self._typed = wanted.commune, ""
        else:
            await ratelimit.checking("search", self._caller())
            self._typed = wanted.place
        await self._look()

    async def _look(self) -> None:
        url = self.router.url
        slug, sku = url.path.removeprefix("/p/").strip("/"), str(url.query_parameters.get("sku", ""))[:LONGEST_CODE]
        self.page = as_told(await read_product(Asked(slug, sku, self._place(), self._typed), self._locale()))

    def _place(self) -> str:
        """The commune chosen here, or another one that the browser has remembered since."""
        told = place_of_cookies(self._cookie_header())
        if told != self._told:
            self._told = self._commune = told
        return self._commune


class PreviewState(Live, rx.State):
    """What the page of the seller's own product is or would be."""

    page: ProductPage = ProductPage()

    @answering
    async def load(self) -> Any:
        """Open the page of the product in the address, for a member of its shop."""
        person = await self._enter()
        try:
            await self._look()
        except DomainError:
            theirs = "/seller/products" if person.seller_ids else "/seller/start"
            return rx.redirect(theirs if person.signed_in else f"/account/sign-in?next={self._here()}")
        watch(self, f"product:{self.page.product.id}")
        self.path = self._here()
        return None

    @looking_again
    async def refresh(self) -> None:
        """Something about this product changed."""
        await self._look()

    async def _look(self) -> None:
        chosen = parse(OwnChosen, {"product": self.router.url.path.removeprefix("/seller/products/").split("/")[0]})
        person = await self._person()
        self.page = await db.reading(service.preview, person, chosen.product, self._locale(), clock.now())


class StoreState(Live, rx.State):
    """A shop's page."""

    page: StorePage = StorePage()
    following: bool = False
    _slug: str = ""

    @answering
    async def load(self) -> None:
        """Open the page."""
        person = await self._enter()
        url = self.router.url
        self._slug = url.path.removeprefix("/s/").strip("/")
        await self._look()
        self.following = person.signed_in and await db.reading(sellers.follows, person, self._slug)
        self.path = self._here()

    @answering
    async def toggle_follow(self, form: dict[str, Any]) -> Any:
        """Follow the shop, or stop; a guest signs in first and comes back."""
        person = await self._person()
        if not person.signed_in:
            return rx.redirect(f"/account/sign-in?next=/s/{self._slug}")
        await ratelimit.checking("follow", f"account {person.account_id}")
        following = await db.reading(sellers.follows, person, self._slug)
        await db.writing(sellers.unfollow if following else sellers.follow, person, self._slug, clock.now())
        self.following = not following
        await self._look()
        self.notice = (UNFOLLOWED if following else FOLLOWED).say(self._locale())
        return None

    async def _look(self) -> None:
        query = read_store_query(dict(self.router.url.query_parameters))
        self.page = await STORES.reading(service.store, self._slug, query, self._locale(), clock.now())


class OwnStoreState(Live, rx.State):
    """What the page of the seller's own shop is or would be."""

    page: StorePage = StorePage()

    @answering
    async def load(self) -> Any:
        """Open the page, for the people of a shop."""
        person = await self._enter()
        try:
            self.page = await db.reading(service.own_store, person, self._locale(), clock.now())
        except DomainError:
            return rx.redirect("/seller/start" if person.signed_in else "/account/sign-in?next=/seller/shop/preview")
        self.path = self._here()
        return None


class FollowingState(Live, rx.State):
    """The shops the visitor follows."""

    page: FollowingPage = FollowingPage()

    @answering
    async def load(self) -> None:
        """Open the page; what came since the last visit is marked as new until this visit is over."""
        person = await self._enter()
        self.page = FollowingPage()
        if person.signed_in:
            await db.writing(sellers.begin_visit, person, clock.now())
            await self._look()
        self.path = self._here()

    @answering
    async def unfollow(self, slug: str) -> None:
        """Stop following a shop."""
        chosen = parse(ShopChosen, {"slug": slug})
        await db.writing(sellers.unfollow, await self._person(), chosen.slug, clock.now())
        await self._look()

    async def _look(self) -> None:
        person, locale = await self._person(), self._locale()
        self.page = await db.reading_slowly(service.following, person, locale, clock.now())


class ReviewsState(Live, rx.State):
    """All reviews of a product."""

    page: ReviewsPage = ReviewsPage()
    asked: int = 0
    """The review that was reported last; what is wrong stands beside it."""

    @answering
    async def load(self) -> None:
        """Open the page for what its address asks."""
        await self._enter()
        url = self.router.url
        slug = url.path.removeprefix("/p/").removesuffix("/reviews").strip("/")
        parameters = dict(url.query_parameters)
        stars, after = read_stars(parameters), str(parameters.get("after", ""))[:40]
        self.page = await of_product(slug).reading(
            service.reviews_page, slug, stars, after, self._locale(), clock.now()
        )
        self.path = self._here()

    @answering
    async def report(self, form: dict[str, Any]) -> Any:
        """Ask the staff to look at a review; a guest signs in first."""
        draft, person = parse(ReportDraft, form), await self._person()
        if not person.signed_in:
            return rx.redirect(f"/account/sign-in?{urlencode({'next': self.path})}")
        self.asked = draft.review_id
        await ratelimit.checking("report", f"account {person.account_id}")
        await db.writing(reviews.report, person, draft, clock.now())
        self.notice = REPORTED.say(self._locale())
        return None


class LotPassportState(Live, rx.State):
    """The passport of a lot."""

    page: Passport = Passport()

    @answering
    async def load(self) -> None:
        """Open the passport whose code is in the address."""
        await self._enter()
        code = self.router.url.path.removeprefix("/lot/").strip("/")[:20]
        self.page = await PASSPORTS.reading(lots.passport, code, self._locale(), clock.now())
        self.path = self._here()
