"""The queue of shops that want to open: facts side by side, approve, or refuse with a reason."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.statistics.state import ApplicationsState
from marketplace.ui.blocks import badge, empty_state, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem
from marketplace.ui.icons import icon
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
APPROVE = Text("Duyệt", "Approve")
APPROVE_NAMED = Text("Duyệt {name}", "Approve {name}")
REFUSE = Text("Từ chối", "Refuse")
REFUSE_WITH = Text("Từ chối, kèm lý do", "Refuse, with a reason")
REASON = Text("Lý do, người nộp đơn sẽ đọc", "Reason, for the applicant to read")
REASON_FOR = Text("Lý do từ chối {name}, người nộp đơn sẽ đọc", "Reason for refusing {name}, for the applicant to read")
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
            h.dl(
                _fact(LEGAL_NAME, one.legal_name),
                _fact(TAX_CODE, one.tax_code, one.same_tax_code_text),
                _fact(ADDRESS, h.span(one.street, ", ", one.commune)),
                _fact(PHONE, one.phone_text, one.same_phone_text),
                _fact(APPLIED, one.applied_text),
                class_name="grid gap-x-6 gap-y-3 grid-cols-2 lg:grid-cols-3 text-sm",
            ),
            h.div(
                h.button(
                    icon("check", "size-5"),
                    h.span(APPROVE, aria_hidden="true"),
                    h.span(say(APPROVE_NAMED, name=one.store_name), class_name="sr-only"),
                    type="button",
                    on_click=ApplicationsState.approve(one.seller_id),
                    class_name=PRIMARY,
                ),
                h.details(
                    h.summary(REFUSE_WITH, class_name=f"{OUTLINE} cursor-pointer"),
                    _refusal(one),
                    class_name="grow open:basis-full space-y-3",
                ),
                class_name="flex flex-wrap items-start gap-3",
            ),
            class_name="space-y-4",
        ),
        key=one.seller_id,
    )


def _fact(label: Text, value: Node, warning: Node = None) -> Node:
    return h.div(
        h.dt(label, class_name="text-quiet"),
        h.dd(
            h.span(value, class_name="num font-semibold break-words"),
            when(warning, h.p(badge(LOOK_TWICE, "warning"), " ", warning, class_name="mt-1"))
            if warning is not None
            else None,
        ),
    )


def _refusal(one: Node) -> Node:
    return h.form(
        h.input(type="hidden", name="seller_id", value=one.seller_id.to_string()),
        h.label(
            h.span(REASON, class_name="font-semibold text-sm", aria_hidden="true"),
            h.span(say(REASON_FOR, name=one.store_name), class_name="sr-only"),
            h.textarea(name="reason", max_length=500, class_name="textarea w-full text-base min-h-24"),
            class_name="block space-y-1",
        ),
        when(
            ApplicationsState.asked == one.seller_id,
            h.p(
                ApplicationsState.problems.get("reason", ""), role="alert", class_name="text-error text-sm empty:hidden"
            ),
        ),
        h.button(REFUSE, type="submit", class_name=OUTLINE),
        on_submit=ApplicationsState.refuse,
        class_name="space-y-2 pt-3",
    )


def _page() -> rx.Component:
    return live_page(
        ApplicationsState,
        lambda page: only_for_staff(ApplicationsState, applications_content(page), "/staff/sellers"),
    )


APPLICATIONS_PAGE = Page("/staff/sellers", _page, ApplicationsState.load, TITLE, first_view=BARE_FIRST_VIEW)
