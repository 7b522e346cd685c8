"""What a price leaves the seller, told while it is typed: by the rules an order is settled by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import reflex as rx
from pydantic import StringConstraints

from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, parse
from marketplace.base.money import read_money, show_money
from marketplace.base.text import Text
from marketplace.catalog.rules import UNIT_LABELS, Content, Measure, Unit, base_price
from marketplace.sellers.rules import earning
from marketplace.settings import settings
from marketplace.ui.live import Live, looking_again
from marketplace.ui.markup import Node, h, when

KEPT = Text("Bạn nhận {kept} mỗi {unit}", "You keep {kept} of each {unit}")
REMAINS = Text("tức {kept}/{base}", "that is {kept} for a {base}")
FEE = Text("Giá {price} trừ phí sàn {rate} là {fee}.", "{price} less the platform's {rate}, which is {fee}.")
DELIVERY = Text(
    "Phí giao người mua trả thêm. Chợ chưa khấu trừ thuế: bạn tự kê khai.",
    "The buyer pays delivery on top. The market withholds no tax yet: you declare it.",
)
RESTS = 250
"""Milliseconds without a key until a price is taken as typed."""


class OfferTyped(Payload):
    """An entry of the offer, as it stands while it is typed."""

    entry: Literal["price", "unit", "content", "content_measure"]
    typed: Annotated[str, StringConstraints(max_length=100)] = ""


@dataclass(frozen=True, slots=True)
class Earned:
    """What a price leaves, in words; empty while there is none."""

    kept_text: str = ""
    fee_text: str = ""


class ReckonsEarnings(Live, mixin=True):
    """Mixin of pages where a price is typed."""

    earned: Earned = Earned()
    _offer: dict[str, str] = {}

    @looking_again
    async def reckon(self, entry: str, typed: str) -> None:
        """Say what is left of the price as it stands now; what is no price yet says nothing."""
        told = parse(OfferTyped, {"entry": entry, "typed": typed})
        self._offer = {**self._offer, told.entry: told.typed}
        self._reckon()

    def _begin_reckoning(self, **offer: str) -> None:
        """Start from what the form shows."""
        self._offer = offer
        self._reckon()

    def _reckon(self) -> None:
        try:
            price = read_money(self._offer.get("price", ""))
            unit = Unit(self._offer.get("unit", ""))
        except (DomainError, ValueError):
            self.earned = Earned()
            return
        if self._offer.get("weighed"):
            # Paid by weight: the price is for the kilogram, whatever a piece is called.
            self.earned = told_of(price, Unit.KILOGRAM, None, self._locale())
        else:
            self.earned = told_of(price, unit, _content(self._offer), self._locale())


def told_of(price: int, unit: Unit, content: Content | None, locale: str) -> Earned:
    """What one unit at this price leaves the seller, and what that is a kilogram, a litre or a piece."""
    rate = settings().commission_rate
    found = earning(price, rate)
    kept = KEPT.say(locale, kept=show_money(found.kept), unit=UNIT_LABELS[unit].say(locale))
    if (compared := base_price(found.kept, unit, content)) is not None:
        kept += ", " + REMAINS.say(locale, kept=show_money(compared.amount), base=compared.base.say(locale))
    share = f"{rate / 100:g} %".replace(".", "," if locale == "vi" else ".")
    fee = FEE.say(locale, price=show_money(price), rate=share, fee=show_money(found.commission))
    return Earned(kept, f"{fee} {DELIVERY.say(locale)}")


def _content(offer: dict[str, str]) -> Content | None:
    amount = offer.get("content", "").strip().replace(".", "")
    try:
        return Content(int(amount), Measure(offer.get("content_measure", "")))
    except ValueError:
        return None


def reckoned(state: type[ReckonsEarnings]) -> Node:
    """What the price typed leaves, below it."""
    return h.div(
        when(
            state.earned.kept_text,
            h.div(
                h.p(state.earned.kept_text, class_name="num font-semibold text-primary"),
                h.p(state.earned.fee_text, class_name="num text-sm text-quiet"),
                class_name="rounded-field bg-base-200 p-3 space-y-1",
            ),
        ),
        aria_live="polite",
    )


def reckons(state: type[ReckonsEarnings], entry: str) -> rx.EventHandler:
    """What an input of the offer does as it changes."""
    return lambda typed: state.reckon(entry, typed).debounce(RESTS)  # type: ignore[return-value]
