"""Fourteen months of purchases, written as the services would have written them: sums, holds, ledger, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from marketplace.accounts.rules import show_phone
from marketplace.base.clock import local_date
from marketplace.base.crypto import READABLE, new_token
from marketplace.base.models import Transition
from marketplace.base.money import round_half_up
from marketplace.base.quantity import THOUSAND, plain_quantity
from marketplace.baskets.models import Basket, BasketLine
from marketplace.catalog.models import StockHold
from marketplace.catalog.rules import UNIT_LABELS, HoldState, goods_amount, least_amount, unit_price, weighed_amount
from marketplace.contracts import template, weighing
from marketplace.contracts.rules import BuyerParty, ContractDraft, ContractLine, SellerParty, build_terms
from marketplace.delivery.rules import METHOD_LABELS, MethodKind, arrival_text, days_text, fee, lighter_fee
from marketplace.demo.calendar import before_tet, moments
from marketplace.demo.catalogue import Goods
from marketplace.demo.contracts import write_contract
from marketplace.demo.life import OUTCOME_WEIGHTS, Life, Outcome, Stage, live, stand_at
from marketplace.demo.lots import Book
from marketplace.demo.reviews import Reviews
from marketplace.demo.rows import Writer
from marketplace.demo.sellers import DemoSeller
from marketplace.ledger.models import LedgerEntry, LedgerTransaction
from marketplace.ledger.rules import cash_sale, cash_sale_key
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import (
    ChargeKind,
    ClosedReason,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
    payment_status,
)
from marketplace.payments.models import Payment
from marketplace.payments.rules import METHOD_LABELS as PAYMENT_LABELS
from marketplace.payments.rules import PaymentMethod, PaymentState
from marketplace.places.views import CommuneView
from marketplace.sellers.rules import commission

REASONS = (
    "Hết hàng đúng cỡ khách chọn.",
    "Mưa lớn, vườn chưa hái được.",
    "Ghe chở hàng bị trễ, xin lỗi quý khách.",
    "",
)
NOTES = ("Giao giờ hành chính.", "Gọi trước khi giao giúp mình.", "Chọn trái chín vừa.", "Nhà trong hẻm, gọi ra lấy.")
OPEN_PLAN = (Stage.PLACED, Stage.CONFIRMED, Stage.PACKED, Stage.LEFT, Stage.DELIVERED)
TRIES = 40
DEAREST_LINE = 1_200_000
"""Above this many đồng people take less of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A delivery method as it was written."""

    code: str
    kind: MethodKind
    base_fee: int
    kilogram_fee: int
    free_above: int | None
    days_from: int
    days_to: int


@dataclass(slots=True)
class Shop:
    """A seller that sells: its row's identities, goods, ways of delivery and people."""

    seller_id: int
    store_id: int
    owner_id: int
    seller: DemoSeller
    ways: dict[MethodKind, Way]
    goods: list[Goods]
    weight: int
    odds: list[int]

    @property
    def accepts_automatically(self) -> bool:
        """Whether orders are confirmed the moment they are placed."""
        return self.seller.accepts_automatically


@dataclass(frozen=True, slots=True)
class Buyer:
    """Somebody who buys, with or without an account."""

    name: str
    phone: str
    account_id: int | None
    commune: CommuneView
    street: str


@dataclass(frozen=True, slots=True)
class _Plan:
    moment: datetime
    shops: tuple[Shop, ...]
    buyer: Buyer
    stage: Stage | None = None
    life: Life | None = None
    by_weight: bool = False
    """Whether it has something to weigh, where the shop has such goods."""


class History:
    """Writes purchases and counts what they do to stock and sales."""

    def __init__(self, writer: Writer, book: Book, seed: int, now: datetime, rate: int, reviews: Reviews) -> None:
        self._writer = writer
        self._reviews = reviews
        self.book = book
        self.shopper: Buyer | None = None
        self.leading: Shop | None = None
        self._random = Random(f"history {seed}")  # noqa: S311 - invented data, no secret
        self._now = now
        self._rate = rate
        self._numbers: set[str] = set()

    def write(self, shops: Sequence[Shop], buyers: Sequence[Buyer], orders: int, since: datetime) -> None:
        """Write exactly `orders` orders; the first shop and the first buyer always have open ones."""
        self.shopper, self.leading = buyers[0], shops[0]
        for plan in self._plans(shops, buyers, orders, since):
            self._purchase(plan)

    def _plans(self, shops: Sequence[Shop], buyers: Sequence[Buyer], orders: int, since: datetime) -> list[_Plan]:
        random = self._random
        opened = min(orders // 3, 45)
        plans = [self._open_plan(shops, buyers, number) for number in range(opened)]
        sizes = []
        left = orders - opened
        while left:
            size = min(left, len(shops), random.choices((1, 2, 3), (76, 19, 5))[0])
            sizes.append(size)
            left -= size
        odds = list(accumulate(shop.weight for shop in shops))
        regulars = list(accumulate(max(2, 60 // (number + 4)) for number in range(len(buyers))))
        for moment, size in zip(moments(random, len(sizes), since, self._now), sizes, strict=True):
            chosen: dict[int, Shop] = {}
            for _ in range(TRIES * size):
                shop = random.choices(shops, cum_weights=odds)[0]
                if shop.goods[0].published_at <= moment:
                    chosen[shop.seller_id] = shop
                if len(chosen) == size:
                    break
            # The first shop sells from the first day on.
            picked = sorted(chosen.values(), key=lambda shop: shop.seller_id) or [shops[0]]
            for missing in [shop for shop in shops if shop not in picked][: size - len(picked)]:
                picked.append(missing)
            buyer = random.choices(buyers, cum_weights=regulars)[0]
            plans.append(_Plan(moment, tuple(sorted(picked, key=lambda shop: shop.seller_id)), buyer))
        return sorted(plans, key=lambda plan: plan.moment)

    def _open_plan(self, shops: Sequence[Shop], buyers: Sequence[Buyer], number: int) -> _Plan:
        random = self._random
        stage = OPEN_PLAN[number % len(OPEN_PLAN)]
        # Every other open order is the first shop's; the first buyer waits for one of each stage. Shops that accept
        # automatically have no order that waits.
        shop = shops[0] if number % 2 == 0 else random.choice([one for one in shops if not one.accepts_automatically])
        buyer = buyers[0] if number < len(OPEN_PLAN) else random.choice(buyers)
        pickup = buyer.commune.province_code == shop.seller.commune.province_code and random.random() < 0.2
        life = stand_at(random, stage, self._now, shop.seller.acceptance_hours, pickup=pickup)
        # The first shop has one at each stage whose goods are weighed.
        return _Plan(life.placed, (shop,), buyer, stage, life, by_weight=number < 2 * len(OPEN_PLAN))

    def _purchase(self, plan: _Plan) -> None:
        random, writer, buyer = self._random, self._writer, plan.buyer
        baskets = [(shop, self._choose(shop, plan)) for shop in plan.shops]
        opened = plan.moment - timedelta(minutes=random.randint(3, 90))
        basket_id = writer.add(
            Basket,
            public_id=new_token(),
            visitor_digest=None,
            account_id=buyer.account_id,
            created_at=opened,
            updated_at=plan.moment,
            ordered_at=plan.moment,
        )
        for _, lines in baskets:
            for goods, quantity in lines:
                writer.add(BasketLine, basket_id=basket_id, sku_id=goods.sku_id, quantity=quantity, added_at=opened)
        drafts = [_Draft(self, plan, shop, lines) for shop, lines in baskets]
        purchase_id = writer.add(
            Purchase,
            number=self.number("MH", plan.moment),
            basket_id=basket_id,
            account_id=buyer.account_id,
            buyer_name=buyer.name,
            buyer_phone=buyer.phone,
            buyer_email=None,
            commune_code=buyer.commune.code,
            commune_name=f"{buyer.commune.name}, {buyer.commune.province}",
            street=buyer.street,
            payment_method=PaymentMethod.CASH_ON_DELIVERY,
            total=sum(draft.total for draft in drafts),
            placed_at=plan.moment,
        )
        for draft in drafts:
            draft.write(purchase_id)

    def _choose(self, shop: Shop, plan: _Plan) -> list[tuple[Goods, int]]:
        random = self._random
        month = local_date(plan.moment).month
        chosen: dict[int, tuple[Goods, int]] = {}
        wanted = random.choices((1, 2, 3, 4), (50, 30, 14, 6))[0]
        for _ in range(TRIES):
            goods = random.choices(shop.goods, cum_weights=shop.odds)[0]
            out_of_season = goods.months and month not in goods.months
            if goods.published_at > plan.moment or (out_of_season and random.random() < 0.85):
                continue
            feast = 1 if not before_tet(local_date(plan.moment)) else 2
            steps = min(random.choices((0, 1, 2, 3, 5, 9), (40, 26, 14, 10, 7, 3))[0] * feast, 12)
            while steps and _dear(goods, goods.minimum + goods.step * steps):
                steps //= 2
            chosen[goods.sku_id] = (goods, goods.minimum + goods.step * steps)
            if len(chosen) == wanted:
                break
        if not chosen:
            goods = shop.goods[0]
            chosen[goods.sku_id] = (goods, goods.minimum)
        whole = next((goods for goods in shop.goods if goods.piece and goods.published_at <= plan.moment), None)
        if plan.by_weight and whole is not None:
            chosen.popitem()
            chosen[whole.sku_id] = (whole, whole.minimum)
        return [chosen[sku_id] for sku_id in sorted(chosen)]

    def number(self, prefix: str, moment: datetime) -> str:
        """An order's or purchase's readable number; as the services make them, but drawn from the seed."""
        while True:
            number = f"{prefix}-{moment:%y%m}-{self.code(6)}"
            # Of a hundred thousand orders, two are likely to draw the same.
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def code(self, length: int) -> str:
        """Readable characters drawn from the seed."""
        return "".join(self._random.choice(READABLE) for _ in range(length))


def _dear(goods: Goods, quantity: int) -> bool:
    return goods_amount(goods.prices.regular, quantity, goods.piece) > DEAREST_LINE


class _Draft:
    """One seller's order of a purchase, worked out before it is written."""

    def __init__(self, history: History, plan: _Plan, shop: Shop, lines: list[tuple[Goods, int]]) -> None:
        random = history._random
        self.history, self.plan, self.shop, self.lines = history, plan, shop, lines
        home = plan.buyer.commune.province_code == shop.seller.commune.province_code
        if plan.life is not None:
            kind = MethodKind.PICKUP if plan.life.pickup else MethodKind.OWN if home else MethodKind.CARRIER
        else:
            kinds = (MethodKind.OWN, MethodKind.PICKUP, MethodKind.CARRIER)
            kind = random.choices(kinds, (82, 11, 7))[0] if home else MethodKind.CARRIER
        self.way = shop.ways[kind]
        outcome = random.choices(list(Outcome), [OUTCOME_WEIGHTS[one] for one in Outcome])[0]
        self.automatic = shop.accepts_automatically
        pickup = kind is MethodKind.PICKUP
        whole = plan.life or live(
            random, plan.moment, shop.seller.acceptance_hours, outcome, automatic=self.automatic, pickup=pickup
        )
        self.life = whole.by(history._now)
        self.prices = [unit_price(goods.prices, quantity, plan.moment) for goods, quantity in lines]
        self.agreed = [
            goods_amount(price, quantity, goods.piece)
            for price, (goods, quantity) in zip(self.prices, lines, strict=True)
        ]
        self.agreed_goods = sum(self.agreed)
        self.parcel = sum(round_half_up(goods.unit_grams * quantity, THOUSAND) for goods, quantity in lines)
        self.agreed_fee = fee(
            base_fee=self.way.base_fee,
            kilogram_fee=self.way.kilogram_fee,
            free_above=self.way.free_above,
            goods_total=self.agreed_goods,
            grams=self.parcel,
        )
        answered = self.life.placed if self.automatic else self.life.accept_by
        self.arrives = (
            local_date(self.life.placed) + timedelta(days=self.way.days_from),
            local_date(answered) + timedelta(days=self.way.days_to),
        )
        self._weigh()
        self.total = self.goods_total + self.fee
        self.note = random.choice(NOTES) if random.random() < 0.15 else ""
        self.reason = random.choice(REASONS) or ClosedReason.REFUSED_BY_SELLER

    def _weigh(self) -> None:
        """What goods paid by weight weighed, once they are packed: some more than was said, which costs no more."""
        # Drawn apart, so that more to weigh does not change what else happens.
        random = Random(f"weights {self.plan.moment.isoformat()} {self.shop.seller_id}")  # noqa: S311 - invented data
        self.grams: list[int | None] = [None] * len(self.lines)
        self.amounts, lighter = list(self.agreed), self.parcel
        for number, (price, (goods, quantity)) in enumerate(zip(self.prices, self.lines, strict=True)):
            if goods.piece is None or self.life.packed is None:
                continue
            together = goods.piece.times(quantity)
            spread = together.heaviest - together.lightest
            grams = random.randrange(together.lightest - spread // 10, together.heaviest + spread // 10, 10)
            self.grams[number] = grams
            self.amounts[number] = weighed_amount(price, quantity, goods.piece, grams)
            lighter += grams - together.heaviest
        self.weighed = any(grams is not None for grams in self.grams)
        self.goods_total = sum(self.amounts)
        self.fee = lighter_fee(self.agreed_fee, self.way.kilogram_fee, grams=self.parcel, lighter=lighter)

    def write(self, purchase_id: int) -> None:
        """Write the order with everything that hangs on it."""
        writer, life, shop = self.history._writer, self.life, self.shop
        number = self.history.number("DH", life.placed)
        order_id = writer.add(
            SellerOrder,
            number=number,
            purchase_id=purchase_id,
            seller_id=shop.seller_id,
            store_slug=shop.seller.store_slug,
            store_name=shop.seller.store_name,
            status=life.status,
            fulfilment_status=life.fulfilment,
            payment_status=self._payment_status(),
            goods_total=self.goods_total,
            delivery_fee=self.fee,
            total=self.total,
            kilogram_fee=self.way.kilogram_fee,
            parcel_grams=self.parcel,
            delivery_code=self.way.code,
            delivery_kind=self.way.kind.value,
            delivery_place="",
            delivery_hours="",
            arrives_from=self.arrives[0],
            arrives_to=self.arrives[1],
            note=self.note,
            accept_by=life.accept_by,
            placed_at=life.placed,
            confirmed_at=life.confirmed,
            shipped_at=life.left,
            delivered_at=life.delivered,
            completed_at=life.completed,
            closed_reason=self._closed_reason(),
        )
        for (goods, quantity), price, grams, amount in zip(
            self.lines, self.prices, self.grams, self.amounts, strict=True
        ):
            lot_id, lot_grams = self._packed_from(order_id, goods, quantity, grams)
            line_id = writer.add(
                OrderLine,
                order_id=order_id,
                sku_id=goods.sku_id,
                product_slug=goods.slug,
                name=goods.name,
                unit=goods.unit.value,
                price=price,
                quantity=quantity,
                lightest_grams=goods.piece.lightest if goods.piece else None,
                heaviest_grams=goods.piece.heaviest if goods.piece else None,
                grams_final=grams,
                total=amount,
                picture=goods.picture,
                variant=goods.variant.vi,
                expected_on=None,
                lot_id=lot_id,
                lot_grams=lot_grams,
            )
            if life.completed:
                self.history._reviews.write(
                    line_id,
                    goods,
                    seller_id=shop.seller_id,
                    owner_id=shop.owner_id,
                    theme=shop.seller.theme,
                    buyer=self.plan.buyer.name,
                    account_id=self.plan.buyer.account_id,
                    received=life.completed,
                )
        share = commission(self.goods_total, self.history._rate)
        self._write_charges(order_id, share)
        self._write_moves(order_id)
        self._write_payment(order_id, number, share)
        self._write_holds(number)
        write_contract(
            writer,
            "HD-" + "-".join(self.history.code(4) for _ in range(4)),
            order_id=order_id,
            order_number=number,
            seller_id=shop.seller_id,
            terms=(terms := self._terms()),
            weighed=self._weighing(terms),
            life=life,
            buyer_account=self.plan.buyer.account_id,
            seller_account=None if self.automatic else shop.owner_id,
            owner_account=shop.owner_id,
            reason=self._closed_reason() or "",
        )

    def _packed_from(
        self, order_id: int, goods: Goods, quantity: int, weighed: int | None
    ) -> tuple[int | None, int | None]:
        """The lot a line was packed from with the grams it took, where it was packed of goods that have lots."""
        life = self.life
        if goods.harvests is None or life.packed is None:
            return None, None
        grams = weighed or round_half_up(goods.unit_grams * quantity, THOUSAND)
        lot_id = goods.harvests.pack(life.packed, grams)
        if life.closed is None:
            shown = self.plan.buyer is self.history.shopper and self.shop is self.history.leading
            self.history.book.sent(lot_id, order_id, life.packed, left_shop=life.left is not None, shown=shown)
        return lot_id, grams

    def _write_charges(self, order_id: int, share: int) -> None:
        rate = self.history._rate
        agreed = commission(self.agreed_goods, rate)
        charges = [(ChargeKind.DELIVERY, self.agreed_fee, None), (ChargeKind.COMMISSION, agreed, rate)]
        if self.weighed:
            charges += [
                (ChargeKind.GOODS_WEIGHED, self.goods_total - self.agreed_goods, None),
                (ChargeKind.DELIVERY_WEIGHED, self.fee - self.agreed_fee, None),
                (ChargeKind.COMMISSION_WEIGHED, share - agreed, rate),
            ]
        for kind, amount, of in charges:
            self.history._writer.add(OrderCharge, order_id=order_id, kind=kind, amount=amount, rate=of)

    def _weighing(self, terms: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the contract's evidence keeps of the weighing; None where nothing was weighed."""
        if not self.weighed:
            return None
        pairs = zip(self.lines, self.grams, strict=True)
        return weighing.settled(terms, {goods.sku_code: grams for (goods, _), grams in pairs if grams}, self.fee)

    def _payment_status(self) -> PaymentStatus:
        if self.life.closed:
            return PaymentStatus.NONE
        return payment_status(expected=self.total, paid=self.total if self.life.completed else 0)

    def _closed_reason(self) -> str | None:
        if self.life.lapsed:
            return ClosedReason.NOT_ANSWERED
        if self.life.withdrawn:
            return ClosedReason.CANCELED_BY_BUYER
        if self.life.returned:
            return ClosedReason.NOT_DELIVERED
        return self.reason if self.life.refused else None

    def _write_moves(self, order_id: int) -> None:
        life, buyer, owner = self.life, self.plan.buyer.account_id, self.shop.owner_id
        status: OrderStatus | None = None

        def move(target: OrderStatus, moment: datetime | None, by: int | None, reason: str | None = None) -> None:
            nonlocal status
            if moment is not None:
                record(self.history._writer, "order", order_id, status, target, moment, by, reason)
                status = target

        move(OrderStatus.PLACED, life.placed, buyer)
        move(OrderStatus.CONFIRMED, life.confirmed, None if self.automatic else owner)
        move(OrderStatus.COMPLETED, life.completed, owner)
        move(OrderStatus.EXPIRED, life.lapsed, None, ClosedReason.NOT_ANSWERED)
        move(OrderStatus.CANCELED, life.withdrawn, buyer, ClosedReason.CANCELED_BY_BUYER)
        move(OrderStatus.CANCELED, life.refused, owner, self.reason)
        move(OrderStatus.CANCELED, life.returned, owner, ClosedReason.NOT_DELIVERED)
        before = FulfilmentStatus.PENDING
        for moment, state in life.fulfilment_moves():
            record(self.history._writer, "fulfilment", order_id, before, state, moment, owner)
            before = state

    def _write_payment(self, order_id: int, number: str, share: int) -> None:
        writer, life = self.history._writer, self.life
        state, ended, by = PaymentState.PENDING, life.completed or life.closed, None
        if life.completed:
            state, by = PaymentState.CONFIRMED, self.shop.owner_id
        elif life.closed:
            state = PaymentState.EXPIRED if life.lapsed else PaymentState.CANCELED
            by = (
                self.shop.owner_id
                if life.refused or life.returned
                else self.plan.buyer.account_id
                if life.withdrawn
                else None
            )
        payment_id = writer.add(
            Payment,
            order_id=order_id,
            method=PaymentMethod.CASH_ON_DELIVERY,
            state=state,
            amount=self.total,
            created_at=life.placed,
            confirmed_at=life.completed,
        )
        record(writer, "payment", payment_id, PaymentState.CREATED, PaymentState.PENDING, life.placed, None)
        if ended:
            record(writer, "payment", payment_id, PaymentState.PENDING, state, ended, by)
        if life.completed is None:
            return
        transaction_id = writer.add(
            LedgerTransaction,
            key=cash_sale_key(number),
            kind="cash_collected",
            order_id=order_id,
            occurred_at=life.completed,
        )
        for posting in cash_sale(self.shop.seller_id, total=self.total, commission=share):
            writer.add(
                LedgerEntry,
                transaction_id=transaction_id,
                account=posting.account.value,
                seller_id=posting.seller_id,
                amount=posting.amount,
            )

    def _write_holds(self, number: str) -> None:
        life = self.life
        if life.returned:
            state, closed = HoldState.RETURNED, life.returned
        elif life.left:
            state, closed = HoldState.CONSUMED, life.left
        elif life.closed:
            state, closed = HoldState.RELEASED, life.closed
        else:
            state, closed = (HoldState.ALLOCATED if life.confirmed else HoldState.HELD), None
        for goods, quantity in self.lines:
            goods.held += quantity if state is HoldState.HELD else 0
            goods.allocated += quantity if state is HoldState.ALLOCATED else 0
            goods.sold += quantity if life.completed else 0
            self.history._writer.add(
                StockHold,
                stock_level_id=goods.level_id,
                reference=number,
                quantity=quantity,
                state=state,
                expires_at=life.accept_by,
                closed_at=closed,
            )

    def _terms(self) -> dict[str, object]:
        seller, buyer = self.shop.seller, self.plan.buyer
        place = seller.commune
        draft = ContractDraft(
            seller=SellerParty(
                store=seller.store_name,
                legal_name=seller.legal_name,
                kind=seller.kind.value,
                tax_code=seller.tax_code or "",
                address=f"{seller.street}, {place.name}, {place.province}",
                phone=show_phone(seller.phone),
            ),
            buyer=BuyerParty(
                name=buyer.name,
                phone=show_phone(buyer.phone),
                address=f"{buyer.street}, {buyer.commune.name}, {buyer.commune.province}",
            ),
            lines=tuple(
                ContractLine(
                    goods.sku_code,
                    goods.name,
                    plain_quantity(quantity),
                    UNIT_LABELS[goods.unit],
                    price,
                    amount,
                    goods.variant,
                    piece=goods.piece,
                    lowest=least_amount(price, quantity, goods.piece),
                )
                for price, amount, (goods, quantity) in zip(self.prices, self.agreed, self.lines, strict=True)
            ),
            delivery_code=self.way.code,
            delivery_label=METHOD_LABELS[self.way.kind],
            delivery_days=days_text(self.way.days_from, self.way.days_to),
            delivery_when=arrival_text(*self.arrives),
            delivery_fee=self.agreed_fee,
            payment_method=PaymentMethod.CASH_ON_DELIVERY.value,
            payment_label=PAYMENT_LABELS[PaymentMethod.CASH_ON_DELIVERY],
            goods_total=self.agreed_goods,
            total=self.agreed_goods + self.agreed_fee,
            acceptance_hours=seller.acceptance_hours,
            note=self.note,
            kilogram_fee=self.way.kilogram_fee,
            grams=self.parcel,
        )
        return build_terms(draft, template.VERSION)


def record(
    writer: Writer,
    subject: str,
    subject_id: int,
    before: str | None,
    after: str,
    at: datetime,
    by: int | None,
    reason: str | None = None,
) -> None:
    """Write one move into the history of moves."""
    writer.add(
        Transition,
        subject=subject,
        subject_id=subject_id,
        from_state=before,
        to_state=after,
        by_account_id=by,
        reason=reason,
        at=at,
    )
