"""What pages and the API show of statistics: texts in the reader's language beside the plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.ui.chart_shapes import Chart

NO_CHART = Chart()


@dataclass(frozen=True, slots=True)
class FactView:
    """A figure an indicator is made of, or one beside it, and who made it. `value` means nothing unless `known`."""

    role_text: str = ""
    series: str = ""
    name: str = ""
    rule: str = ""
    origin: str = ""
    origin_text: str = ""
    known: bool = False
    value: int = 0
    value_text: str = ""
    period_from: str = ""
    period_to: str = ""
    period_text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TargetView:
    """What an indicator should reach in a year, and how it stands."""

    year: int = 0
    share: int = 0
    strict: bool = False
    text: str = ""
    standing: str = ""
    standing_text: str = ""
    reached: bool = False
    verdict: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class SectorView:
    """A sector's share."""

    name: str = ""
    known: bool = False
    share: int = 0
    share_text: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with what it was made of. `share` in ten-thousandths, meaning nothing unless `known`."""

    code: str = ""
    name: str = ""
    formula: str = ""
    inclusion: str = ""
    known: bool = False
    share: int = 0
    share_text: str = ""
    target_text: str = ""
    standing: str = ""
    standing_text: str = ""
    reached: bool = False
    verdict: str = ""
    period_text: str = ""
    source: str = ""
    facts: tuple[FactView, ...] = ()
    targets: tuple[TargetView, ...] = ()
    sectors: tuple[SectorView, ...] = ()
    has_sectors: bool = False
    chart: Chart = NO_CHART


@dataclass(frozen=True, slots=True)
class TodayFigure:
    """A figure of today with yesterday's beside it."""

    code: str = ""
    name: str = ""
    rule: str = ""
    value: int = 0
    value_text: str = ""
    yesterday: int = 0
    yesterday_text: str = ""


@dataclass(frozen=True, slots=True)
class TodayView:
    """What happens on the platform today, and the last fourteen months of it."""

    day_text: str = ""
    at_text: str = ""
    figures: tuple[TodayFigure, ...] = ()
    orders: Chart = NO_CHART
    value: Chart = NO_CHART


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """Figures of a commune or of several together; a hidden one says so in words, and its number is not here."""

    code: str = ""
    name: str = ""
    sellers_text: str = ""
    value_text: str = ""
    change_text: str = ""
    orders_text: str = ""


NO_ROW = CommuneRow()


@dataclass(frozen=True, slots=True)
class CommuneTable:
    """Figures by commune of a month; `rest` is the sum of those named in `rest_names`, which have too few shops."""

    period_text: str = ""
    there: bool = False
    rows: tuple[CommuneRow, ...] = ()
    rest: CommuneRow = NO_ROW
    rest_names: str = ""
    total: CommuneRow = NO_ROW


@dataclass(frozen=True, slots=True)
class OutsideFigureView:
    """A figure staff entered; `standing` unless a later one superseded it."""

    id: int = 0
    series: str = ""
    name: str = ""
    sector: str = ""
    period_text: str = ""
    value: int = 0
    value_text: str = ""
    source: str = ""
    entered_by: str = ""
    entered_text: str = ""
    standing: bool = True
    superseded_text: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a list."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A month of a public series; `value` is None where it is hidden."""

    period: str
    period_from: str
    period_to: str
    value: int | None
    value_text: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A public series of whole months, small counts hidden."""

    name: str
    title: str
    rule: str
    unit: str
    points: tuple[SeriesPoint, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A public series as a page shows it."""

    title: str = ""
    rule: str = ""
    href: str = ""
    chart: Chart = NO_CHART


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year whose indicators can be looked at."""

    year: int = 0
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The public page."""

    year: int = 0
    years: tuple[YearLink, ...] = ()
    indicators: tuple[IndicatorView, ...] = ()
    there: bool = False
    series: tuple[SeriesCard, ...] = ()


NO_DAY = TodayView()
NO_TABLE = CommuneTable()


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The staff's overview."""

    year: int = 0
    years: tuple[Choice, ...] = ()
    month: str = ""
    months: tuple[Choice, ...] = ()
    today: TodayView = NO_DAY
    indicators: tuple[IndicatorView, ...] = ()
    there: bool = False
    communes: CommuneTable = NO_TABLE


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Figures from outside, and what may be entered."""

    may_enter: bool = False
    series: tuple[Choice, ...] = ()
    sectors: tuple[Choice, ...] = ()
    periods: tuple[Choice, ...] = ()
    unit: str = ""
    rule: str = ""
    by_sector: bool = False
    chosen_name: str = ""
    figures: tuple[OutsideFigureView, ...] = ()
    there: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """An application to sell: the facts side by side, and what to look at twice."""

    seller_id: int = 0
    store_name: str = ""
    legal_name: str = ""
    kind_text: str = ""
    tax_code: str = ""
    street: str = ""
    commune: str = ""
    phone_text: str = ""
    applied_text: str = ""
    same_tax_code_text: str = ""
    same_phone_text: str = ""
    same_bank_account_text: str = ""
    papers_text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """Applications that wait, the longest first."""

    there: bool = False
    count_text: str = ""
    applications: tuple[ApplicationCard, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A photographed paper of an application."""

    label: str = ""
    src: str = ""


@dataclass(frozen=True, slots=True)
class PointChoice:
    """Something staff may ask the applicant to mend."""

    name: str = ""
    label: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class MoveShown:
    """A move of an application."""

    state: str = ""
    at_text: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One application side by side with its papers."""

    there: bool = False
    waits: bool = False
    """For the staff's decision."""
    may_refuse: bool = False
    status_text: str = ""
    card: ApplicationCard = field(default_factory=ApplicationCard)
    bank_text: str = ""
    bank_account: str = ""
    bank_holder: str = ""
    papers: tuple[PaperShown, ...] = ()
    missing: tuple[str, ...] = ()
    points: tuple[PointChoice, ...] = ()
    moves: tuple[MoveShown, ...] = ()
