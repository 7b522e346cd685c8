"""Random histories of orders written as raw rows, for tests that count them a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session

from marketplace.baskets.models import Basket
from marketplace.contracts.models import Contract
from marketplace.contracts.rules import ContractState
from marketplace.orders.models import Purchase, SellerOrder
from marketplace.orders.rules import OrderStatus
from marketplace.payments.rules import PaymentMethod
from tests.factories import make_commune

_numbers = count(1)

ENDINGS = ("waiting", "expired", "confirmed", "canceled_before", "canceled_after", "completed")


@dataclass(frozen=True)
class Sale:
    """One order as it is thought up, independent of how it is stored."""

    seller_id: int
    buyer: str
    placed_at: datetime
    goods: int
    fee: int
    ending: str
    answer: timedelta = timedelta(hours=2)
    rest: timedelta = timedelta(days=3)

    @property
    def confirmed_at(self) -> datetime | None:
        return self.placed_at + self.answer if self.ending in {"confirmed", "canceled_after", "completed"} else None

    @property
    def completed_at(self) -> datetime | None:
        return self.placed_at + self.answer + self.rest if self.ending == "completed" else None

    @property
    def stands(self) -> bool:
        """Confirmed or completed, and not canceled since."""
        return self.ending in {"confirmed", "completed"}


STATUSES = {
    "waiting": OrderStatus.PLACED,
    "expired": OrderStatus.EXPIRED,
    "confirmed": OrderStatus.CONFIRMED,
    "canceled_before": OrderStatus.CANCELED,
    "canceled_after": OrderStatus.CANCELED,
    "completed": OrderStatus.COMPLETED,
}
CONTRACT_STATES = {
    "waiting": ContractState.OFFERED,
    "expired": ContractState.LAPSED,
    "confirmed": ContractState.CONCLUDED,
    "canceled_before": ContractState.LAPSED,
    "canceled_after": ContractState.TERMINATED,
    "completed": ContractState.PERFORMED,
}


def write_sale(session: Session, sale: Sale) -> None:
    """The rows an order leaves: purchase, order, contract."""
    number = next(_numbers)
    commune = make_commune(session)
    basket = Basket(public_id=f"basket-{number}", created_at=sale.placed_at, updated_at=sale.placed_at)
    session.add(basket)
    session.flush()
    total = sale.goods + sale.fee
    purchase = Purchase(
        number=f"M{number}",
        basket_id=basket.id,
        buyer_name="Lê Thị Hoa",
        buyer_phone=sale.buyer,
        commune_code=commune,
        commune_name="Phường Ninh Kiều",
        street="12 Hai Bà Trưng",
        payment_method=PaymentMethod.CASH_ON_DELIVERY,
        total=total,
        placed_at=sale.placed_at,
    )
    session.add(purchase)
    session.flush()
    order = SellerOrder(
        number=f"D{number}",
        purchase_id=purchase.id,
        seller_id=sale.seller_id,
        store_slug="gian-hang",
        store_name="Gian hàng",
        status=STATUSES[sale.ending],
        goods_total=sale.goods,
        delivery_fee=sale.fee,
        total=total,
        delivery_code="ship",
        delivery_kind="own",
        accept_by=sale.placed_at + timedelta(hours=12),
        placed_at=sale.placed_at,
        confirmed_at=sale.confirmed_at,
        completed_at=sale.completed_at,
    )
    session.add(order)
    session.flush()
    session.add(
        Contract(
            code=f"HD{number}",
            order_id=order.id,
            seller_id=sale.seller_id,
            state=CONTRACT_STATES[sale.ending],
            template_version="1",
            terms={},
            terms_hash="0" * 64,
            total=total,
            offered_at=sale.placed_at,
            lapses_at=sale.placed_at + timedelta(hours=12),
            concluded_at=sale.confirmed_at,
        )
    )
    session.flush()
