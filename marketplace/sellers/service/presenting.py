"""How a shop presents itself: story, looks, pictures, hours, place; and what shoppers think of it, counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import media, outbox
from marketplace.base.errors import InputInvalid
from marketplace.base.inputs import Problems, read_paragraphs
from marketplace.base.media import StoredPicture, picture_url
from marketplace.base.text import Locale, Text
from marketplace.places import service as places
from marketplace.sellers.commands import ShopDraft
from marketplace.sellers.models import Store
from marketplace.sellers.rules import (
    STORY_LIMIT,
    THEME_LABELS,
    WEEKDAYS,
    ShopPicture,
    ShopTheme,
    check_hours,
    check_near,
    days_of,
    mask_of,
    read_position,
    read_time,
    show_minutes,
)
from marketplace.sellers.service.reading import seller_of
from marketplace.sellers.views import DayField, OwnShop, SellerView, ThemeField

OPENS = Text("{day}: mở lúc", "{day}: opens at")
CLOSES = Text("{day}: đóng lúc", "{day}: closes at")
DELIVERS = Text("{day}: có giao hàng", "{day}: delivers")
PRESENTED = "seller.presented"
"""`{"seller_id": n}`: its page looks different."""


def my_shop(session: Session, person: Person, locale: Locale) -> OwnShop:
    """The page of the person's shop as it stands, to arrange; raises NotSignedIn, NotFound, NotAllowed."""
    seller, store = _own(session, person)
    hours = [*store.opening, *[None] * (len(WEEKDAYS) - len(store.opening))]
    delivers = days_of(store.delivery_days)
    commune = places.communes(session, {seller.commune_code}).get(seller.commune_code)
    return OwnShop(
        seller_id=seller.id,
        name=store.name,
        href=f"/s/{store.slug}",
        commune=commune.name if commune else "",
        story=store.story,
        theme=ShopTheme(store.theme).value,
        themes=tuple(
            ThemeField(theme.value, label.say(locale), f"shop-{theme.value}") for theme, label in THEME_LABELS.items()
        ),
        position="" if store.latitude is None else f"{store.latitude}, {store.longitude}",
        days=tuple(
            DayField(
                str(number),
                label.say(locale),
                show_minutes(hours[number][0]) if hours[number] else "",
                show_minutes(hours[number][1]) if hours[number] else "",
                number in delivers,
                OPENS.say(locale, day=label.say(locale)),
                CLOSES.say(locale, day=label.say(locale)),
                DELIVERS.say(locale, day=label.say(locale)),
            )
            for number, label in enumerate(WEEKDAYS)
        ),
        logo=picture_url(store.portrait, 320) if store.portrait else "",
        banner=picture_url(store.banner, 960) if store.banner else "",
        selling=seller.selling,
    )


def present_shop(session: Session, person: Person, draft: ShopDraft, now: datetime) -> None:
    """Change story, looks, hours and place of the person's shop.

    Emits `seller.presented`. Raises NotSignedIn, NotFound, NotAllowed, or each entry's problem by field.
    """
    seller, store = _own(session, person)
    problems = Problems()
    with problems.noting():
        store.story = read_paragraphs(draft.story, field="story", limit=STORY_LIMIT)
    with problems.noting():
        store.theme = _theme(draft.theme)
    with problems.noting():
        store.latitude, store.longitude = _place(session, seller, draft.position)
    opening: list[Any] = []
    for number in range(len(WEEKDAYS)):
        hours = None
        with problems.noting():
            typed = draft.hours[number] if number < len(draft.hours) else ("", "")
            opens = read_time(typed[0], field=f"hours_{number}")
            closes = read_time(typed[1], field=f"hours_{number}")
            hours = check_hours(opens, closes, field=f"hours_{number}")
        opening.append([*hours] if hours else None)
    problems.refuse()
    store.opening = opening if any(opening) else []
    store.delivery_days = mask_of([day for day in draft.delivery_days if 0 <= day < len(WEEKDAYS)])
    session.add(store)
    outbox.announce(session, PRESENTED, {"seller_id": seller.id}, now)


def check_may_present(session: Session, person: Person) -> None:
    """Raise NotSignedIn, NotFound or NotAllowed unless the person may change the page of a shop."""
    _own(session, person)


def set_shop_picture(
    session: Session, person: Person, which: ShopPicture, picture: StoredPicture | None, now: datetime
) -> None:
    """Show a stored picture as the shop's logo or banner, or none; emits `seller.presented`."""
    seller, store = _own(session, person)
    key = picture.key if picture else None
    if which is ShopPicture.LOGO:
        before, store.portrait = store.portrait, key
    else:
        before, store.banner = store.banner, key
    if before is not None and before != key:
        media.hold(before)
    session.add(store)
    outbox.announce(session, PRESENTED, {"seller_id": seller.id}, now)


def count_rating(session: Session, seller_id: int, *, count: int, stars: int) -> None:
    """Add to what a shop's ratings sum to; in the transaction that writes the rating."""
    session.execute(
        update(Store)
        .where(col(Store.seller_id) == seller_id)
        .values(rating_count=col(Store.rating_count) + count, rating_sum=col(Store.rating_sum) + stars)
        .execution_options(synchronize_session=False)
    )


def set_ratings(session: Session, rated: Mapping[int, tuple[int, int]]) -> None:
    """Set what the ratings of all shops sum to, counted anew as number and stars by their sellers' ids."""
    table = Store.__table__  # type: ignore[attr-defined]
    none = {"rating_count": 0, "rating_sum": 0}
    session.connection().execute(update(table).where(table.c.rating_count > 0).values(none))
    if rated:
        session.connection().execute(
            update(table)
            .where(table.c.seller_id == bindparam("seller"))
            .values(rating_count=bindparam("number"), rating_sum=bindparam("stars")),
            [{"seller": seller, "number": number, "stars": stars} for seller, (number, stars) in rated.items()],
        )


def _own(session: Session, person: Person) -> tuple[SellerView, Store]:
    seller = seller_of(session, person)
    person.require_seller(seller.id, Right.MANAGE_SHOP)
    return seller, session.exec(select(Store).where(Store.seller_id == seller.id)).one()


def _theme(typed: str) -> ShopTheme:
    if typed not in set(ShopTheme):
        raise InputInvalid(field="theme")
    return ShopTheme(typed)


def _place(session: Session, seller: SellerView, typed: str) -> tuple[float, float] | tuple[None, None]:
    position = read_position(typed)
    if position is None:
        return None, None
    commune = places.commune(session, seller.commune_code, field="position")
    check_near(position, (commune.latitude, commune.longitude), commune.name)
    return position
