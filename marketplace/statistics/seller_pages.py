"""The queue of shops that want to open: facts side by side, and the way to the review of each."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.statistics.seller_state import ApplicationsState
from marketplace.ui.blocks import badge, empty_state, page_title, panel
from marketplace.ui.forms import PRIMARY, form_problem
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Duyệt gian hàng", "Applications")
EMPTY = Text("Không còn đơn nào chờ", "Nothing is waiting")
EMPTY_HINT = Text("Đơn mới sẽ tự hiện ở đây.", "New applications appear here by themselves.")
LEGAL_NAME = Text("Tên pháp lý", "Legal name")
TAX_CODE = Text("Mã số thuế", "Tax code")
ADDRESS = Text("Địa chỉ", "Address")
PHONE = Text("Điện thoại", "Phone")
APPLIED = Text("Nộp lúc", "Applied")
PAPERS = Text("Giấy tờ", "Papers")
REVIEW = Text("Xem và duyệt", "Review")
REVIEW_NAMED = Text("Xem và duyệt {name}", "Review {name}")
LOOK_TWICE = Text("Xem kỹ", "Look twice")


def applications_content(page: Node) -> Node:
    """Every application that waits, the longest first."""
    return staff_frame(
        page_title(TITLE, under=when(page.there, page.count_text)),
        form_problem(ApplicationsState.problems.get("form", "")),
        when(
            page.there,
            h.ul(each(page.applications, _application), class_name="grid gap-4 xl:grid-cols-2 items-start"),
            empty_state("check", EMPTY, EMPTY_HINT),
        ),
        active="applications",
        waiting=ApplicationsState.waiting,
        notice=notice_bar(ApplicationsState),
    )


def _application(one: Node) -> Node:
    return h.li(
        panel(
            h.div(
                h.h2(one.store_name, class_name="text-lg font-semibold"),
                badge(one.kind_text),
                class_name="flex flex-wrap items-center justify-between gap-2",
            ),
            facts(one),
            h.a(
                h.span(REVIEW, aria_hidden="true"),
                h.span(say(REVIEW_NAMED, name=one.store_name), class_name="sr-only"),
                href=one.href,
                class_name=PRIMARY,
            ),
            class_name="space-y-4",
        ),
        key=one.seller_id,
    )


def facts(one: Node, *more: Node) -> Node:
    """What an applicant said, and what to look at twice."""
    return h.dl(
        fact(LEGAL_NAME, one.legal_name),
        fact(TAX_CODE, one.tax_code, one.same_tax_code_text),
        fact(ADDRESS, h.span(one.street, ", ", one.commune)),
        fact(PHONE, one.phone_text, one.same_phone_text),
        *(more or [fact(PAPERS, one.papers_text, one.same_bank_account_text)]),
        fact(APPLIED, one.applied_text),
        class_name="grid gap-x-6 gap-y-3 grid-cols-2 lg:grid-cols-3 text-sm",
    )


def fact(label: Text, value: Node, warning: Node = None) -> Node:
    """One thing said, with what to look at twice."""
    return h.div(
        h.dt(label, class_name="text-quiet"),
        h.dd(
            h.span(value, class_name="num font-semibold wrap-anywhere"),
            when(warning, h.p(badge(LOOK_TWICE, "warning"), " ", warning, class_name="mt-1"))
            if warning is not None
            else None,
        ),
    )


def _page() -> rx.Component:
    return live_page(
        ApplicationsState,
        lambda page: only_for_staff(ApplicationsState, applications_content(page), "/staff/sellers"),
    )


APPLICATIONS_PAGE = Page("/staff/sellers", _page, ApplicationsState.load, TITLE, first_view=BARE_FIRST_VIEW)
