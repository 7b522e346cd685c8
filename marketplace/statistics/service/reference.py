"""Keeps the tables of indicators and targets as the reference data says."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, select

from marketplace.statistics.models import Indicator, IndicatorTarget
from marketplace.statistics.rules import DECISION, INDICATORS


def sync_indicators(session: Session) -> None:
    """Write the indicators and their targets; a second time changes nothing. Targets somebody added stay."""
    kept = {(target.indicator_code, target.year): target for target in session.exec(select(IndicatorTarget)).all()}
    indicators = {indicator.code: indicator for indicator in session.exec(select(Indicator)).all()}
    for position, definition in enumerate(INDICATORS):
        values: dict[str, Any] = {
            "name_vi": definition.name.vi,
            "name_en": definition.name.en,
            "formula_vi": definition.formula.vi,
            "formula_en": definition.formula.en,
            "inclusion_vi": definition.inclusion.vi,
            "inclusion_en": definition.inclusion.en,
            "source_vi": definition.source.vi,
            "source_en": definition.source.en,
            "direction": definition.direction,
            "numerator_series": definition.numerator,
            "denominator_series": definition.denominator,
            "position": position,
        }
        indicator = indicators.get(definition.code)
        if indicator is None:
            session.add(Indicator(code=definition.code, **values))
        else:
            indicator.sqlmodel_update(values)
            session.add(indicator)
    session.flush()
    for definition in INDICATORS:
        for target in definition.targets:
            row = kept.get((definition.code, target.year))
            if row is None:
                row = IndicatorTarget(indicator_code=definition.code, year=target.year, share=0, decision="")
            row.share, row.strict, row.decision = target.share, target.strict, DECISION
            session.add(row)
    session.flush()
