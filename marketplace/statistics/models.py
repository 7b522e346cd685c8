"""Tables of indicators and of figures that come from outside the platform."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, identity, moment, one_of, reference
from marketplace.statistics.rules import Direction


class Indicator(SQLModel, table=True):
    """A figure that steers the province, and how it is made. Shares in ten-thousandths."""

    __tablename__ = "indicator"
    __table_args__ = (one_of("direction", Direction),)

    code: str = Field(primary_key=True, max_length=48)
    name_vi: str
    name_en: str
    formula_vi: str
    formula_en: str
    source: str
    direction: Direction = choice(Direction.ABOVE)
    numerator_series: str = Field(max_length=48)
    denominator_series: str = Field(max_length=48)
    position: int = 0


class IndicatorTarget(SQLModel, table=True):
    """What an indicator should reach in a year, in ten-thousandths, and which decision says so."""

    __tablename__ = "indicator_target"
    __table_args__ = (UniqueConstraint("indicator_code", "year"),)

    id: int = identity()
    indicator_code: str = Field(foreign_key="indicator.code")
    year: int
    share: int
    decision: str


class OutsideFigure(SQLModel, table=True):
    """A figure entered by staff from an outside source; never overwritten, only superseded."""

    __tablename__ = "outside_figure"

    id: int = identity()
    series: str = Field(max_length=48, index=True)
    period_from: date
    period_to: date
    value: int = Field(sa_type=BigInteger)
    source: str = Field(max_length=200)
    entered_by: int | None = reference("account.id", nullable=True)
    entered_at: datetime = moment()
    superseded_by: int | None = reference("outside_figure.id", nullable=True)
