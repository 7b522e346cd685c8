"""Work that no request waits for: the outbox, lapsing orders, tidying, news for open pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select as sql_select
from sqlalchemy import union
from sqlmodel import Session

from marketplace.accounts import service as accounts
from marketplace.base import clock, db, media, messages
from marketplace.base.feed import Feed
from marketplace.base.outbox import Outbox, forget_done
from marketplace.baskets import service as baskets
from marketplace.catalog import search
from marketplace.catalog import service as catalog
from marketplace.catalog.models import Certificate, Product, ProductPicture
from marketplace.delivery import service as delivery
from marketplace.importing import service as importing
from marketplace.importing.models import GoodsImportPhoto
from marketplace.lots.models import LotTest
from marketplace.orders.models import OrderLine
from marketplace.orders.service import answering, fulfilling, joining, recall_letters
from marketplace.reviews.models import ReviewPhoto
from marketplace.sellers import service as sellers
from marketplace.sellers.models import ApplicationPhoto, Store

log = structlog.get_logger(__name__)

OUTBOX_PAUSE = 0.3
NEWS_PAUSE = 0.5
FILES_PAUSE = 1.0
SWEEP_PAUSE = 5.0
WINDOW_PAUSE = 60.0
TIDY_PAUSE = 3600.0
STALE_PAUSE = 60.0
PICTURES_PAUSE = 24 * 3600.0
PICTURES_STAY = timedelta(days=7)
DRAWN_STAY = timedelta(days=30)
AFTER_TROUBLE = timedelta(seconds=5)
PICTURES: tuple[Any, ...] = (
    Product.picture,
    ProductPicture.key,
    Store.portrait,
    Store.banner,
    ReviewPhoto.key,
    OrderLine.picture,
    Certificate.document,
    LotTest.document,
    GoodsImportPhoto.key,
    ApplicationPhoto.key,
)
"""Every column that names a stored picture."""

outbox = Outbox()
outbox.listen("seller.applied", delivery.give_default_methods)
outbox.listen("seller.approved", catalog.on_seller_status)
outbox.listen("seller.suspended", catalog.on_seller_status)
outbox.listen("seller.reinstated", catalog.on_seller_status)
outbox.listen("account.signed_in", baskets.adopt)
outbox.listen("account.signed_in", joining.join_guest_orders)
outbox.listen(accounts.PROVEN, joining.join_guest_orders)
outbox.listen("order.completed", fulfilling.count_sales)
outbox.listen("order.recalled", recall_letters.tell_buyer)
outbox.carry(messages.TOPIC, messages.carry)


async def keep(work: Callable[[], Awaitable[int]], pause: float, name: str, *, rest_always: bool = False) -> None:
    """Do a piece of work for ever, resting when there was nothing to do and a little longer after trouble."""
    while True:
        try:
            done = await work()
        except Exception:  # background work must outlive any fault; it is logged and tried again
            log.exception("background work failed", work=name)
            await asyncio.sleep(AFTER_TROUBLE.total_seconds())
            continue
        if rest_always or not done:
            await asyncio.sleep(pause)


async def sweep() -> int:
    """Let unanswered orders lapse, each in its own transaction, so that one that cannot holds up no other."""
    lapsed = 0
    for number in await db.reading(answering.due, clock.now()):
        try:
            lapsed += await db.writing(answering.expire, number, clock.now())
        except Exception:  # whatever is wrong with this order is logged, and it is tried again at the next sweep
            log.exception("an unanswered order could not lapse", number=number)
    return lapsed


async def erase_stale() -> int:
    """Erase messages that are no longer of use, such as codes that ran out."""
    return await db.writing(messages.erase_stale, clock.now())


async def turn_prices() -> int:
    """Bring lists in line with sales that began or ended."""
    return await db.writing(catalog.turn_prices, clock.now())


async def tidy() -> int:
    """Delete what nobody can use any more: dead sessions, baskets no cookie names, drafts of applications
    nobody went on with, events handled long ago.
    """
    now = clock.now()
    return sum(
        [
            await db.writing(accounts.forget_dead_sessions, now),
            await db.writing(accounts.forget_old_codes, now),
            await db.writing(baskets.forget_abandoned, now),
            await db.writing(sellers.forget_abandoned_applications, now),
            await db.writing(forget_done, now),
            await db.writing(importing.forget_old, now),
        ]
    )


async def tidy_pictures() -> int:
    """Delete the files of pictures that no row names any more, a grace time after they were last of use,
    and drawn ones after a while: those still of use are drawn again.
    """
    before = clock.now() - PICTURES_STAY
    old = await asyncio.to_thread(media.untouched, before)
    unnamed = old - await db.reading_slowly(_named_pictures) if old else old
    for key in unnamed:
        await asyncio.to_thread(media.forget, key, before)
    return len(unnamed) + await asyncio.to_thread(media.forget_drawn, clock.now() - DRAWN_STAY)


def _named_pictures(session: Session) -> set[str]:
    return set(session.scalars(union(*(sql_select(column).where(column.is_not(None)) for column in PICTURES))))


async def tidy_window() -> int:
    """Draw this process's shop window anew once many goods have left their places in it, while the old one serves."""
    keeper = search.keeper()
    if not keeper.untidy:
        return 0
    window = await db.reading_slowly(keeper.drawn_anew, clock.now())
    await db.reading_slowly(keeper.adopt, window, clock.now())
    return 1


WORK: tuple[tuple[Callable[[], Awaitable[int]], float, str], ...] = (
    (outbox.work_off, OUTBOX_PAUSE, "outbox"),
    (importing.work_off, FILES_PAUSE, "files of goods"),
    (outbox.send_off, OUTBOX_PAUSE, "messages"),
    (erase_stale, STALE_PAUSE, "stale messages"),
    (sweep, SWEEP_PAUSE, "sweep"),
    (turn_prices, SWEEP_PAUSE, "prices"),
    (tidy, TIDY_PAUSE, "tidy"),
    (tidy_pictures, PICTURES_PAUSE, "tidy pictures"),
)
"""Each piece of work, how many seconds it rests when there is nothing to do, and its name in the log."""


class News:
    """What open pages may want to hear of."""

    def __init__(self) -> None:
        self._feed = Feed()

    def topics(self, session: Session) -> set[str]:
        """Topics with news since the last call."""
        return {topic for event in self._feed.fresh(session) for topic in _topics(event.topic, event.payload)}


def _topics(name: str, payload: Mapping[str, Any]) -> Iterable[str]:
    yield name.split(".", 1)[0]
    for key in ("order_id", "seller_id", "product_id", "import_id"):
        if key in payload:
            yield f"{key.removesuffix('_id')}:{payload[key]}"


def run_worker() -> None:
    """`python -m marketplace worker`: the background work in a process of its own."""

    async def everything() -> None:
        await asyncio.gather(*(keep(*work) for work in WORK))

    asyncio.run(everything())
