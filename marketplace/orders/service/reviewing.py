"""Who received goods may say what they are like: orders know who did, `reviews` keep what is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from marketplace.accounts.views import Person
from marketplace.base.errors import NotFound
from marketplace.base.media import StoredPicture, picture_url
from marketplace.base.text import Locale
from marketplace.catalog import service as catalog
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.service import reading, tracing
from marketplace.orders.service.received import is_received, with_key
from marketplace.orders.views import ReviewPage
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import ReviewDraft
from marketplace.reviews.rules import NotReceived, OwnGoods
from marketplace.reviews.service import ReceivedLine


@dataclass(frozen=True, slots=True)
class _Received:
    order: SellerOrder
    line: OrderLine


def review_page(
    session: Session, person: Person, number: str, line_id: int, access_key: str, locale: Locale, now: datetime
) -> ReviewPage:
    """A line of a received order with what its buyer says of it; raises NotFound, NotReceived, OwnGoods."""
    found = _received(session, person, number, line_id, access_key)
    order, line = found.order, found.line
    return ReviewPage(
        number=order.number,
        line_id=line.id,
        order_href=f"/orders/{order.number}{with_key(access_key)}",
        name=tracing.named(line),
        picture=picture_url(line.picture, 320),
        store_name=order.store_name,
        upload_href=f"/orders/{order.number}/lines/{line.id}/pictures{with_key(access_key)}",
        review=reviews.own_review(session, line.id, now),
    )


def write_review(
    session: Session,
    person: Person,
    number: str,
    line_id: int,
    access_key: str,
    draft: ReviewDraft,
    now: datetime,
) -> None:
    """The buyer of a received order says what one of its lines is like, or changes it.

    Raises NotFound, NotReceived, OwnGoods, EditingOver, or each entry's problem.
    """
    found = _received(session, person, number, line_id, access_key)
    order, line = found.order, found.line
    buyer = session.exec(select(Purchase.buyer_name, Purchase.account_id).where(Purchase.id == order.purchase_id)).one()
    received = ReceivedLine(
        order_line_id=line.id,
        product_id=catalog.weighed_skus(session, [line.sku_id])[line.sku_id].product_id,
        seller_id=order.seller_id,
        account_id=buyer[1],
        buyer_name=buyer[0],
        variant=line.variant,
    )
    reviews.write(session, received, draft, now)


def check_may_add_photo(
    session: Session, person: Person, number: str, line_id: int, access_key: str, now: datetime
) -> None:
    """Raise NotFound, NotReceived, EditingOver or TooManyPhotos unless the buyer may add a photo to a review."""
    _received(session, person, number, line_id, access_key)
    reviews.check_may_add_photo(session, line_id, now)


def add_photo(
    session: Session,
    person: Person,
    number: str,
    line_id: int,
    access_key: str,
    picture: StoredPicture,
    now: datetime,
) -> None:
    """Add a stored photo to the buyer's review of a line; raises as `check_may_add_photo`."""
    _received(session, person, number, line_id, access_key)
    reviews.add_photo(session, line_id, picture, now)


def remove_photo(
    session: Session, person: Person, number: str, line_id: int, access_key: str, photo_id: int, now: datetime
) -> None:
    """Take a photo of the buyer's review away; raises NotFound, NotReceived, EditingOver."""
    _received(session, person, number, line_id, access_key)
    reviews.remove_photo(session, line_id, photo_id, now)


def _received(session: Session, person: Person, number: str, line_id: int, access_key: str) -> _Received:
    order = reading.buyers_order(session, person, number, access_key)
    line = session.exec(select(OrderLine).where(OrderLine.id == line_id, OrderLine.order_id == order.id)).first()
    if line is None:
        raise NotFound
    if order.seller_id in person.seller_ids:
        raise OwnGoods
    if not is_received(order):
        raise NotReceived
    return _Received(order, line)
