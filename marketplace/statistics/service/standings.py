"""How an indicator stands to its targets, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marketplace.base.text import Locale, Text
from marketplace.statistics import rules
from marketplace.statistics.models import IndicatorTarget
from marketplace.statistics.rules import Direction, Series, Standing, Target
from marketplace.statistics.views import IndicatorView, TargetView

TARGET = Text("mục tiêu {year}: {bound}", "target {year}: {bound}")
OVER = Text("trên {share}", "over {share}")
FROM = Text("từ {share}", "at least {share}")
BELOW = Text("không quá {share}", "at most {share}")
MISSING = Text("Chưa có số liệu: thiếu {names}.", "No figure yet: {names} missing.")
NOT_SAME_PERIOD = Text(
    "Chưa có số liệu: tử số và mẫu số chưa có cùng kỳ.",
    "No figure yet: numerator and denominator are of different periods.",
)
STANDINGS = {
    Standing.UNKNOWN: rules.NO_FIGURE,
    Standing.SHORT: Text("chưa đạt", "not reached"),
    Standing.REACHED: Text("đạt", "reached"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A numerator over a denominator, which is more than zero."""

    numerator: int
    denominator: int

    @property
    def share(self) -> int | None:
        """Ten-thousandths."""
        return rules.share_of(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Goals:
    """The targets of an indicator, in order of their years, seen from one year."""

    targets: tuple[Target, ...]
    decisions: tuple[str, ...]
    year: int
    locale: Locale

    @classmethod
    def of(cls, rows: Sequence[IndicatorTarget], direction: Direction, year: int, locale: Locale) -> Goals:
        """From the rows of one indicator."""
        return cls(
            tuple(Target(row.year, row.share, row.strict, direction) for row in rows),
            tuple(row.decision for row in rows),
            year,
            locale,
        )

    @property
    def current(self) -> int | None:
        """Which target counts: the first that is not due before the year, else the last."""
        waiting = [index for index, target in enumerate(self.targets) if target.year >= self.year]
        return waiting[0] if waiting else len(self.targets) - 1 if self.targets else None

    @property
    def current_share(self) -> int | None:
        """What the current target asks for."""
        return None if self.current is None else self.targets[self.current].share

    @property
    def current_year(self) -> int | None:
        """When the current target is due."""
        return None if self.current is None else self.targets[self.current].year


def known(view: IndicatorView, pair: Pair, goals: Goals, unit: Text | None) -> IndicatorView:
    """The indicator with its share and its standing to each target; `unit` where the gap counts something."""
    targets = tuple(
        _target(
            target,
            decision,
            rules.standing(pair.numerator, pair.denominator, target),
            rules.verdict(pair.numerator, pair.denominator, target, unit, goals.locale),
            goals.locale,
        )
        for target, decision in zip(goals.targets, goals.decisions, strict=True)
    )
    shown = replace(
        view, known=True, share=pair.share or 0, share_text=rules.show_share(pair.share, goals.locale), targets=targets
    )
    return _led_by_current(shown, goals)


def unknown(view: IndicatorView, lacking: Sequence[Series], goals: Goals) -> IndicatorView:
    """The indicator without a share, and what is missing for it."""
    locale = goals.locale
    names = ", ".join(_lower(series.name.say(locale)) for series in lacking)
    why = MISSING.say(locale, names=names) if lacking else NOT_SAME_PERIOD.say(locale)
    targets = tuple(
        _target(target, decision, Standing.UNKNOWN, why, locale)
        for target, decision in zip(goals.targets, goals.decisions, strict=True)
    )
    return _led_by_current(
        replace(view, share_text=rules.show_share(None, locale), targets=targets, verdict=why), goals
    )


def withheld(view: IndicatorView, why: str, goals: Goals) -> IndicatorView:
    """A reached target cannot be claimed while parts are missing; one that is missed stays missed."""
    unsure = STANDINGS[Standing.UNKNOWN].say(goals.locale)
    targets = tuple(
        replace(target, standing=Standing.UNKNOWN.value, standing_text=unsure, reached=False, verdict=why)
        if target.standing == Standing.REACHED
        else replace(target, verdict=f"{target.verdict} {why}")
        for target in view.targets
    )
    return _led_by_current(replace(view, targets=targets), goals)


def _led_by_current(view: IndicatorView, goals: Goals) -> IndicatorView:
    if goals.current is None:
        return view
    current = view.targets[goals.current]
    return replace(
        view,
        target_text=TARGET.say(goals.locale, year=current.year, bound=current.text),
        standing=current.standing,
        standing_text=current.standing_text,
        reached=current.reached,
        verdict=current.verdict,
    )


def _target(target: Target, decision: str, standing: Standing, verdict: str, locale: Locale) -> TargetView:
    return TargetView(
        year=target.year,
        share=target.share,
        strict=target.strict,
        text=_bound(target, locale),
        standing=standing.value,
        standing_text=STANDINGS[standing].say(locale),
        reached=standing is Standing.REACHED,
        verdict=verdict,
        decision=decision,
    )


def _bound(target: Target, locale: Locale) -> str:
    share = rules.show_share(target.share, locale)
    if target.direction is Direction.BELOW:
        return BELOW.say(locale, share=share)
    if target.share >= rules.WHOLE:
        return share
    return (OVER if target.strict else FROM).say(locale, share=share)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
