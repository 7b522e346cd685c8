"""Tables of indicators and of figures that come from outside the platform."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from marketplace.base.columns import choice, identity, moment, one_of, reference
from marketplace.base.schema import append_only
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
    inclusion_vi: str
    inclusion_en: str
    source_vi: str
    source_en: str
    direction: Direction = choice(Direction.ABOVE)
    numerator_series: str = Field(max_length=48)
    denominator_series: str = Field(max_length=48)
    position: int = 0


class IndicatorTarget(SQLModel, table=True):
    """What an indicator should reach in a year, in ten-thousandths, and which decision says so.

    `strict` when it should be exceeded ("over 10 %") rather than reached.
    """

    __tablename__ = "indicator_target"
    __table_args__ = (UniqueConstraint("indicator_code", "year"),)

    id: int | None = identity()
    indicator_code: str = Field(foreign_key="indicator.code")
    year: int
    share: int
    strict: bool = False
    decision: str


class OutsideFigure(SQLModel, table=True):
    """A figure entered by staff from an outside source, in đồng or as a count. Rows are only ever added.

    A correction is a new row that supersedes the former one; each row is superseded at most once, and each series,
    sector and period begins once, so that exactly one row of a chain stands, whoever enters what at the same time.
    """

    __tablename__ = "outside_figure"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("period_from <= period_to", name="period_in_order"),
        Index(
            "uq_outside_figure_first",
            "series",
            "sector",
            "period_from",
            "period_to",
            unique=True,
            sqlite_where=text("supersedes_id IS NULL"),
            postgresql_where=text("supersedes_id IS NULL"),
        ),
    )

    id: int | None = identity()
    series: str = Field(max_length=48)
    sector: str = Field(default="", max_length=32)
    period_from: date
    period_to: date = Field(index=True)
    value: int = Field(sa_type=BigInteger)
    source: str = Field(max_length=200)
    entered_by: int | None = reference("account.id", nullable=True)
    entered_at: datetime = moment(index=True)
    supersedes_id: int | None = reference("outside_figure.id", nullable=True, unique=True)


append_only(OutsideFigure)
