"""Use cases of statistics: the indicators, today's figures, tables by commune, figures from outside, public series."""

from marketplace.statistics.service.communes import by_commune
from marketplace.statistics.service.figures import enter_outside_figure, outside_figures
from marketplace.statistics.service.indicators import indicators, public_indicators
from marketplace.statistics.service.pages import applications_page, figures_page, public_page, review_page, staff_page
from marketplace.statistics.service.reference import sync_indicators
from marketplace.statistics.service.sales import sales_report
from marketplace.statistics.service.series import all_public_series, public_series
from marketplace.statistics.service.today import today, today_figures

__all__ = [
    "all_public_series",
    "applications_page",
    "by_commune",
    "enter_outside_figure",
    "figures_page",
    "indicators",
    "outside_figures",
    "public_indicators",
    "public_page",
    "public_series",
    "review_page",
    "sales_report",
    "staff_page",
    "sync_indicators",
    "today",
    "today_figures",
]
