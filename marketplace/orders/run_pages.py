"""The list of a pickup run by stop, made to be printed and ticked off, with its state."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base import db
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.text import Text
from marketplace.orders.service import driving
from marketplace.orders.views import RunListPage
from marketplace.ui.blocks import panel
from marketplace.ui.live import Live, answering
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Danh sách theo điểm dừng", "List by stop")
BACK = Text("Chuyến gom", "Pickup runs")
PRINT = Text("In trang này từ trình duyệt để mang theo.", "Print this page from the browser to take it along.")
NOBODY = Text("Chưa có đơn nào ở điểm này.", "No orders at this stop yet.")


class RunListState(Live, rx.State):
    """What a run hands over, for its organiser."""

    page: RunListPage = RunListPage()

    @answering
    async def load(self) -> Any:
        """Open the list of the run in the address."""
        await self._enter()
        asked = str(self.router.url.query_parameters.get("run", ""))[:18]
        number = int(asked) if asked.isascii() and asked.isdigit() else 0
        try:
            self.page = await db.reading(driving.list_of_run, await self._person(), number, self._locale())
        except NotSignedIn:
            return rx.redirect("/account/sign-in?next=/seller/runs")
        except NotFound:
            return rx.redirect("/seller/runs")
        self.path = self._here()
        return None


def _order(order: Node) -> Node:
    return h.li(
        h.span(class_name="size-5 rounded border border-base-content/50 shrink-0 mt-0.5", aria_hidden="true"),
        h.div(
            h.p(h.span(order.buyer, class_name="font-semibold"), " · ", order.store),
            h.p(
                h.a(order.phone, href=order.phone_href, class_name="link num inline-flex min-h-11 items-center"),
                " · ",
                h.span(order.number, class_name="num"),
                " · ",
                order.status_text,
                class_name="flex flex-wrap items-center gap-x-1.5 text-sm text-quiet",
            ),
            class_name="flex-1 min-w-0",
        ),
        h.span(order.total_text, class_name="num font-semibold whitespace-nowrap"),
        key=order.number,
        class_name="flex gap-3 py-2",
    )


def _stop(stop: Node) -> Node:
    return panel(
        h.h2(h.span(stop.hours, class_name="num"), " · ", stop.place, class_name="font-semibold"),
        h.p(stop.sum_text, class_name="num text-sm text-quiet"),
        when(
            filled(stop.orders),
            h.ul(each(stop.orders, _order), class_name="divide-y divide-base-300"),
            h.p(NOBODY, class_name="text-sm text-quiet pt-2"),
        ),
        class_name="break-inside-avoid",
    )


def run_list_content(page: Node) -> Node:
    """Every stop with its orders."""
    return seller_frame(
        title_below(BACK, "/seller/runs", page.name, under=page.day_text),
        h.p(page.load_text, class_name="num font-semibold"),
        h.p(PRINT, class_name="text-sm text-quiet print:hidden"),
        each(page.stops, _stop),
        active="more",
        narrow=True,
    )


PAGES: tuple[Page, ...] = (
    Page(
        "/seller/runs/list",
        lambda: live_page(RunListState, run_list_content),
        RunListState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
)
