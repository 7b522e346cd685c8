"""Live state of a seller's report."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base import clock, db
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn
from marketplace.statistics import rules, service
from marketplace.statistics.sales_views import SalesReport
from marketplace.ui.live import Live, answering


class SalesState(Live, rx.State):
    """What the shop sold in the span of the address."""

    page: SalesReport = SalesReport()
    allowed: bool = True

    @answering
    async def load(self) -> Any:
        """Open the report; a span that is none shows the usual one and says why."""
        person = await self._enter()
        asked = self.router.url.query_parameters
        first, last = asked.get("from", "")[:10], asked.get("to", "")[:10]
        locale, now = self._locale(), clock.now()
        self.allowed = True
        try:
            self.page = await db.reading_slowly(service.sales_report, person, first, last, locale, now)
        except rules.SpanWrong as refusal:
            self.page = await db.reading_slowly(service.sales_report, person, "", "", locale, now)
            self._show(refusal)
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/reports")
        except NotFound:
            return rx.redirect("/seller/start")
        except NotAllowed:
            self.page, self.allowed = SalesReport(), False
        self.path = self._here()
        return None
