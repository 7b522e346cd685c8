"""The review of one application: what was said beside its papers, then ask for more, approve, or refuse."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.statistics.seller_pages import fact, facts
from marketplace.statistics.seller_state import POINT, ReviewState
from marketplace.ui.blocks import badge, empty_state, panel, panel_title, timeline
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, joined, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Xem hồ sơ gian hàng", "Review of an application")
BACK = Text("Tất cả đơn đang chờ", "All applications")
GONE = Text("Không có hồ sơ này", "No such application")
GONE_HINT = Text("Có thể hồ sơ thuộc xã khác.", "It may be of another commune.")
PAPERS = Text("Giấy tờ", "Papers")
NO_PAPERS = Text("Chưa có giấy tờ nào được gửi.", "No papers were sent.")
MISSING = Text("Chưa gửi:", "Not sent:")
ENLARGE = Text("Phóng to", "Enlarge")
BANK = Text("Ngân hàng", "Bank")
ACCOUNT = Text("Số tài khoản", "Account number")
HOLDER = Text("Chủ tài khoản", "Account holder")
HISTORY = Text("Đã diễn ra", "What happened")
DECIDE = Text("Quyết định", "Decision")
APPROVE = Text("Duyệt, cho mở bán", "Approve")
ASK_MORE = Text("Yêu cầu bổ sung", "Ask for more")
ASK = Text("Gửi lại cho người nộp", "Hand back to the applicant")
POINTS = Text("Cần bổ sung những gì", "What is to be mended")
MESSAGE = Text("Lời nhắn, người nộp đơn sẽ đọc", "Message, for the applicant to read")
REFUSE = Text("Từ chối", "Refuse")
REFUSE_WITH = Text("Từ chối, kèm lý do", "Refuse, with a reason")
REASON = Text("Lý do, người nộp đơn sẽ đọc", "Reason, for the applicant to read")
DECIDED = Text("Hồ sơ không chờ duyệt lúc này.", "It does not wait for a decision now.")


def review_content(page: Node) -> Node:
    """What was said on one side, the papers on the other."""
    return staff_frame(
        h.a(BACK, href="/staff/sellers", class_name="link link-hover inline-flex items-center min-h-11"),
        form_problem(ReviewState.problems.get("form", "")),
        when(page.there, _file(page), empty_state("store", GONE, GONE_HINT)),
        active="applications",
        waiting=ReviewState.waiting,
        notice=notice_bar(ReviewState),
    )


def _file(page: Node) -> Node:
    return h.div(
        h.div(
            h.h1(page.card.store_name, class_name="text-2xl font-semibold wrap-anywhere"),
            badge(page.card.kind_text),
            badge(page.status_text, "warning"),
            class_name="flex flex-wrap items-center gap-3",
        ),
        h.div(
            panel(
                facts(
                    page.card,
                    fact(BANK, page.bank_text, page.card.same_bank_account_text),
                    when(page.bank_account != "", fact(ACCOUNT, page.bank_account)),
                    when(page.bank_account != "", fact(HOLDER, page.bank_holder)),
                ),
            ),
            # On a phone the papers come before the decision, on a desk they stand beside all of it.
            _papers(page),
            h.div(
                _decision(page),
                panel(panel_title(HISTORY, "clock"), timeline(page.moves, lambda moves: each(moves, _move))),
                class_name="space-y-4 min-w-0",
            ),
            class_name="grid gap-4 xl:grid-cols-2 xl:grid-rows-[auto_1fr] items-start",
        ),
        class_name="space-y-4",
    )


def _papers(page: Node) -> Node:
    return panel(
        panel_title(PAPERS, "contract"),
        when(
            filled(page.papers),
            h.ul(each(page.papers, _paper), class_name="grid gap-4 sm:grid-cols-2", custom_attrs={"data-gallery": ""}),
            h.p(NO_PAPERS, class_name="text-quiet"),
        ),
        when(
            filled(page.missing),
            h.div(
                h.p(MISSING, class_name="text-sm text-quiet"),
                h.ul(
                    each(page.missing, lambda label: h.li(label, class_name="pl-1")),
                    class_name="list-disc pl-5 text-sm",
                ),
            ),
        ),
        class_name="space-y-4 min-w-0 xl:col-start-2 xl:row-start-1 xl:row-span-2",
    )


def _paper(paper: Node) -> Node:
    return h.li(
        h.a(
            h.picture(
                h.img(
                    src=paper.src,
                    alt=paper.label,
                    width="640",
                    height="400",
                    class_name="w-full aspect-8/5 object-contain rounded-field bg-base-200",
                )
            ),
            href=paper.src,
            target="_blank",
            aria_label=joined(ENLARGE, " · ", paper.label),
            custom_attrs={"data-zoom": ""},
            class_name="block cursor-zoom-in",
        ),
        h.p(paper.label, class_name="text-sm font-semibold"),
        key=paper.src,
        class_name="space-y-1",
    )


def _move(move: Node) -> Node:
    return h.li(
        h.p(move.state, class_name="font-semibold"),
        h.p(move.at_text, when(move.by != "", h.span(" · ", move.by)), class_name="num text-sm text-quiet"),
        h.p(move.reason, class_name="text-sm wrap-anywhere empty:hidden"),
    )


def _decision(page: Node) -> Node:
    return panel(
        panel_title(DECIDE, "check"),
        when(
            page.may_refuse,
            h.div(
                when(
                    page.waits,
                    h.div(
                        h.button(
                            icon("check", "size-5"),
                            APPROVE,
                            type="button",
                            on_click=ReviewState.approve,
                            class_name=PRIMARY,
                        ),
                        h.details(
                            h.summary(ASK_MORE, class_name=f"{OUTLINE} cursor-pointer"),
                            _asking(page),
                            class_name="grow open:basis-full",
                        ),
                        class_name="flex flex-wrap items-start gap-3",
                    ),
                ),
                h.details(h.summary(REFUSE_WITH, class_name=f"{OUTLINE} cursor-pointer"), _refusal()),
                class_name="space-y-3",
            ),
            h.p(DECIDED, class_name="text-quiet"),
        ),
        class_name="space-y-3",
    )


def _asking(page: Node) -> Node:
    return h.form(
        h.fieldset(
            h.legend(POINTS, class_name="font-semibold text-sm"),
            h.div(
                each(
                    page.points,
                    lambda point: h.label(
                        h.input(
                            type="checkbox",
                            name=POINT + point.name,
                            default_checked=point.missing,
                            class_name="checkbox checkbox-primary",
                        ),
                        h.span(point.label, class_name="text-sm"),
                        class_name="flex items-center gap-3 min-h-11 cursor-pointer",
                    ),
                ),
                class_name="grid sm:grid-cols-2 gap-x-4",
            ),
        ),
        _words(MESSAGE, "message"),
        h.button(ASK, type="submit", class_name=PRIMARY),
        on_submit=ReviewState.ask,
        class_name="space-y-3 pt-3",
    )


def _refusal() -> Node:
    return h.form(
        _words(REASON, "refusal"),
        h.button(REFUSE, type="submit", class_name=OUTLINE),
        on_submit=ReviewState.refuse,
        class_name="space-y-3 pt-3",
    )


def _words(label: Text, identity: str) -> Node:
    return h.div(
        h.label(label, html_for=identity, class_name="font-semibold text-sm"),
        h.textarea(id=identity, name="reason", max_length=500, class_name="textarea w-full text-base min-h-24"),
        h.p(ReviewState.problems.get("reason", ""), role="alert", class_name="text-error text-sm empty:hidden"),
        class_name="space-y-1",
    )


def _page() -> rx.Component:
    return live_page(
        ReviewState,
        lambda page: only_for_staff(ReviewState, review_content(page), "/staff/sellers"),
    )


REVIEW_PAGE = Page("/staff/sellers/[seller]", _page, ReviewState.load, TITLE, first_view=BARE_FIRST_VIEW)
