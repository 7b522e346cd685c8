"""Lots of invented goods: harvested as their kind is, sprayed and waited for, packed into orders, one of them recalled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import update
from sqlmodel import Session, col

from marketplace.base.clock import day_bounds, local_date
from marketplace.base.crypto import READABLE
from marketplace.base.models import Transition
from marketplace.base.text import fold
from marketplace.demo.goods import THEMES
from marketplace.demo.rows import Writer
from marketplace.lots.models import Lot, LotTest
from marketplace.lots.rules import PASSPORT_CODE, LotState, RecallChannel
from marketplace.orders.models import RecallNotice

SHARE = 0.35
"""So many of the goods that can have lots have them, beside all of the first shop."""
LATELY = timedelta(days=40)
REMEMBERED = 3
ENOUGH = 200_000
REASON = "Mẫu kiểm tra vượt mức dư lượng Carbendazim cho phép."
ADVICE = (
    "Không ăn và không chia cho người khác. Giữ lại bao bì có nhãn lô.\n"
    "Nhà vườn đến nhận lại trong 48 giờ và hoàn đủ tiền; hãy gọi nếu đã dùng và thấy không khoẻ."
)
LABORATORY = "Phòng thử nghiệm nông sản Hậu Giang"


@dataclass(frozen=True, slots=True)
class Growing:
    """How a kind of goods grows: days from sowing (None for trees), sprays with their waiting days, what feeds it."""

    days: int | None
    sprays: tuple[tuple[str, int], ...]
    inputs: tuple[str, ...]
    kilograms: tuple[int, int]
    longest_period: int


GROWING: Mapping[str, Growing] = {
    "trai-cay": Growing(
        None,
        (("Abamectin 1,8EC", 7), ("Azoxystrobin 250SC", 7), ("Dầu khoáng 99EC", 3), ("Mancozeb 80WP", 10)),
        ("Phân chuồng ủ hoai 20 kg/gốc, NPK 15-15-15", "Phân hữu cơ vi sinh, kali sulfat trước thu hoạch 30 ngày"),
        (180, 900),
        10,
    ),
    "rau-cu": Growing(
        35,
        (("Bacillus thuringiensis", 1), ("Emamectin benzoate 5WG", 7), ("Tinh dầu neem", 2)),
        ("Phân trùn quế, đạm cá ủ", "Phân chuồng ủ hoai, NPK 16-16-8 bón lót"),
        (60, 300),
        5,
    ),
    "gao-hat": Growing(
        102,
        (("Isoprothiolane 40EC", 14), ("Azoxystrobin 250SC", 21), ("Validamycin 5SL", 14)),
        ("Ure 8 kg, DAP 6 kg, kali 5 kg mỗi công", "Phân hữu cơ 30 kg mỗi công, giảm một phần ba đạm"),
        (900, 4000),
        45,
    ),
}
_THEME_OF = {archetype.category: theme for theme in GROWING for archetype in THEMES[theme]}


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Goods of a lot in a parcel that left lately."""

    lot_id: int
    order_id: int
    left_shop: bool
    shown: bool
    """Whether the demo's shopper has it from the demo's seller."""


@dataclass(slots=True)
class _Harvest:
    lot_id: int
    left: int
    expires_on: date | None


class Book:
    """All lots of the demo: gives each product its harvests, and recalls one lot in the end."""

    def __init__(self, writer: Writer, seed: int, now: datetime) -> None:
        self._seed, self._now = seed, now
        self.writer = writer
        self.codes: set[str] = set()
        self.numbers: set[tuple[int, str]] = set()
        self._harvests: list[Harvests] = []
        self._parcels: list[_Parcel] = []

    def harvests_of(
        self,
        kind: str,
        *,
        product_id: int,
        name: str,
        seller_id: int,
        owner_id: int,
        packer: str,
        shelf_days: int | None,
        always: bool,
    ) -> Harvests | None:
        """The harvests of a product of a kind, where it is one that has lots."""
        theme = _THEME_OF.get(kind)
        if theme is None:
            return None
        # A source for each product, so that lots change nothing else of the demo.
        random = Random(f"lots {self._seed} {product_id}")  # noqa: S311 - invented data, no secret
        if random.random() >= SHARE and not always:
            return None
        found = Harvests(self, random, GROWING[theme], product_id, name, seller_id, owner_id, packer, shelf_days)
        self._harvests.append(found)
        return found

    def sent(self, lot_id: int, order_id: int, packed: datetime, *, left_shop: bool, shown: bool) -> None:
        """Remember who has goods of a lot, as long as it may be the one to recall."""
        if packed > self._now - LATELY:
            self._parcels.append(_Parcel(lot_id, order_id, left_shop, shown))

    def close(self, session: Session, staff_id: int) -> None:
        """Recall one lot, and see that every product with lots has one that can be packed."""
        recalled = self._to_recall()
        for harvests in self._harvests:
            harvests.restock(self._now, but=recalled)
        if recalled is not None:
            self._recall(session, recalled, staff_id)

    def _to_recall(self) -> int | None:
        """The lot with the most parcels, all of which have left their shop; one that demo accounts show before others."""
        at_home = {parcel.lot_id for parcel in self._parcels if not parcel.left_shop}
        gone = [parcel for parcel in self._parcels if parcel.lot_id not in at_home]
        counts = Counter(parcel.lot_id for parcel in gone)
        shown = {parcel.lot_id for parcel in gone if parcel.shown}
        return max(counts, key=lambda lot_id: (lot_id in shown, counts[lot_id], -lot_id), default=None)

    def _recall(self, session: Session, lot_id: int, staff_id: int) -> None:
        at = self._now - timedelta(minutes=95)
        for number, order_id in enumerate(
            dict.fromkeys(parcel.order_id for parcel in self._parcels if parcel.lot_id == lot_id)
        ):
            # The first buyers have not answered yet, some of the others have.
            known = number % 3 == 2
            self.writer.add(
                RecallNotice,
                lot_id=lot_id,
                order_id=order_id,
                channel=RecallChannel.PHONE if known and number % 2 else RecallChannel.PAGE,
                told_at=at,
                acknowledged_at=at + timedelta(minutes=7 * number) if known else None,
            )
        self.move(lot_id, LotState.OPEN, LotState.RECALLED, at, staff_id, REASON)
        self.writer.flush()
        session.execute(
            update(Lot)
            .where(col(Lot.id) == lot_id)
            .values(
                state=LotState.RECALLED,
                recalled_at=at,
                recall_reason=REASON,
                recall_advice=ADVICE,
                recalled_by_staff=True,
            )
        )

    def move(
        self, lot_id: int, before: LotState | None, after: LotState, at: datetime, by: int, reason: str | None = None
    ) -> None:
        """Write one move of a lot into the history of moves."""
        self.writer.add(
            Transition,
            subject="lot",
            subject_id=lot_id,
            from_state=before.value if before else None,
            to_state=after.value,
            by_account_id=by,
            reason=reason,
            at=at,
        )


class Harvests:
    """The lots of one product, made as orders need them."""

    def __init__(
        self,
        book: Book,
        random: Random,
        growing: Growing,
        product_id: int,
        name: str,
        seller_id: int,
        owner_id: int,
        packer: str,
        shelf_days: int | None,
    ) -> None:
        self._book, self._random, self._growing = book, random, growing
        self._product_id, self._seller_id, self._owner_id = product_id, seller_id, owner_id
        self._packer, self._shelf = packer, shelf_days
        self._period = max(2, min(shelf_days or growing.longest_period, growing.longest_period))
        self._initials = "".join(word[0] for word in fold(name).split() if word[0].isalpha())[:4].upper() or "L"
        self._organic = "huu co" in fold(name)
        self._area = f"VN-CTOR-{1 + seller_id % 400:04}" if random.random() < 0.6 else ""
        self._plot = f"Thửa {random.randint(2, 180)}, tờ bản đồ {random.randint(1, 24)}"
        self._known: dict[int, _Harvest] = {}

    def pack(self, packed: datetime, grams: int) -> int:
        """The lot goods are packed from at a moment; returns its id."""
        day = local_date(packed)
        index = day.toordinal() // self._period
        found = self._known.get(index)
        if found is None or found.left < grams:
            found = self._new(index, date.fromordinal(index * self._period), grams, packed)
        found.left -= grams
        return found.lot_id

    def restock(self, now: datetime, *, but: int | None) -> None:
        """See that something can be packed today, from another lot than `but`."""
        today = local_date(now)
        fit = (
            harvest.lot_id != but
            and harvest.left >= ENOUGH
            and (harvest.expires_on is None or harvest.expires_on >= today)
            for harvest in self._known.values()
        )
        if not any(fit):
            self._new(-1, today - timedelta(days=1), 0, None)

    def _new(self, index: int, harvested_on: date, grams: int, packed: datetime | None) -> _Harvest:
        book, random, growing = self._book, self._random, self._growing
        spray, waiting = random.choice(growing.sprays)
        sprayed_on = harvested_on - timedelta(days=waiting + random.randint(0, 6))
        sprayed = not self._organic and random.random() < 0.8
        harvest = max(random.randint(*growing.kilograms) * 1000, -(-grams // 100_000) * 200_000)
        expires_on = harvested_on + timedelta(days=self._shelf) if self._shelf else None
        morning = day_bounds(harvested_on)[0] + timedelta(hours=5)
        at = min(morning, packed) if packed else morning
        lot_id = book.writer.add(
            Lot,
            code=self._code(),
            seller_id=self._seller_id,
            product_id=self._product_id,
            number=self._number(harvested_on),
            state=LotState.OPEN,
            area_code=self._area,
            plot=self._plot,
            sown_on=harvested_on - timedelta(days=growing.days + random.randint(-4, 6)) if growing.days else None,
            inputs=random.choice(growing.inputs),
            spray=spray if sprayed else "",
            last_sprayed_on=sprayed_on if sprayed else None,
            waiting_days=waiting if sprayed else None,
            harvested_on=harvested_on,
            harvested_grams=harvest,
            packed_on=harvested_on,
            packer=self._packer,
            expires_on=expires_on,
            created_at=at,
            first_packed_at=packed,
            recalled_at=None,
            recall_reason="",
            recall_advice="",
            recalled_by_staff=False,
        )
        book.move(lot_id, None, LotState.OPEN, at, self._owner_id)
        if random.random() < 0.2:
            book.writer.add(
                LotTest,
                lot_id=lot_id,
                subject="Dư lượng thuốc bảo vệ thực vật (36 hoạt chất)",
                laboratory=LABORATORY,
                tested_on=harvested_on,
                result="Không phát hiện",
                passed=True,
                document=None,
                document_kind=None,
                created_at=at,
            )
        self._known[index] = made = _Harvest(lot_id, harvest, expires_on)
        for old in sorted(self._known)[: -REMEMBERED or None]:
            del self._known[old]
        return made

    def _code(self) -> str:
        while True:
            code = "".join(self._random.choice(READABLE) for _ in range(PASSPORT_CODE))
            if code not in self._book.codes:
                self._book.codes.add(code)
                return code

    def _number(self, day: date) -> str:
        plain = number = f"{self._initials}-{day:%y%m%d}"
        further = 1
        while (self._seller_id, number) in self._book.numbers:
            further += 1
            number = f"{plain}-{further}"
        self._book.numbers.add((self._seller_id, number))
        return number
