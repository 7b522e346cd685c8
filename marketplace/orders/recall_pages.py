"""Calling a lot back and reaching its buyers: what the seller's and the staff's pages share, and the staff's page."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.orders.lots_state import StaffLotState
from marketplace.ui.blocks import badge, empty_state, folded_panel, heading, page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, field, form_problem, problem_text, text_area
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.staff import only_for_staff, staff_frame

TITLE = Text("Thu hồi lô hàng", "Recalling lots")
UNDER = Text(
    "Gõ mã trên nhãn hoặc dán địa chỉ trong mã QR.", "Type the code on the label, or paste the address in its QR code."
)
CODE = Text("Mã hồ sơ lô", "Passport code")
FIND = Text("Tìm lô", "Find the lot")
NOTHING = Text("Chưa chọn lô nào", "No lot chosen yet")
NOTHING_HINT = Text(
    "Mỗi nhãn có một mã 10 ký tự dẫn tới hồ sơ của lô.", "Each label has a code of ten signs that leads to its lot."
)
RECALL = Text("Thu hồi lô này", "Recall this lot")
RECALL_HINT = Text(
    "Không hoàn tác được. Lô đóng ngay, không đóng gói thêm được; mọi người mua có hàng của lô được báo trên trang đơn "
    "hàng, bằng tin nhắn, e-mail, và liệt kê ở đây để gọi.",
    "This cannot be undone. The lot is closed at once; every buyer with goods of it is told on the order's page, by "
    "text message and e-mail, and listed here to be called.",
)
REASON = Text("Lý do", "Reason")
REASON_HINT = Text("Ví dụ: kiểm nghiệm vượt mức dư lượng cho phép.", "For example: residues above the limit.")
ADVICE = Text("Người mua cần làm gì", "What buyers should do")
ADVICE_HINT = Text(
    "Ví dụ: không ăn, giữ lại bao bì; chúng tôi đến nhận lại và hoàn tiền.",
    "For example: do not eat it, keep the packing; we collect it and pay back.",
)
SEND = Text("Thu hồi và báo mọi người mua", "Recall, and tell every buyer")
IS_RECALLED = Text("Lô đã thu hồi lúc {at}", "Recalled at {at}")
HOLDERS = Text(
    "{count} đơn có hàng của lô. Thu hồi rồi mới thấy tên và số điện thoại người mua.",
    "{count} orders hold goods of it. Names and phones of their buyers are shown once it is recalled.",
)
BUYERS = Text("Người mua có hàng của lô", "Buyers with goods of this lot")
NO_BUYERS = Text("Chưa ai mua hàng của lô này.", "Nobody has bought of this lot yet.")
EXPORT = Text("Tải danh sách (CSV)", "Download the list (CSV)")
CALLED = Text("Đã báo qua điện thoại", "Told by phone")
TOLD = Text("Đã báo lúc {at}", "Told at {at}")
KNOWS = Text("Đã biết · {channel} · {at}", "Knows · {channel} · {at}")
SEE = Text("Xem hồ sơ công khai", "See the public passport")


def recall_form(state: Any) -> Node:
    """Calling a lot back: closed at first, since it is not to be done by accident."""
    return folded_panel(
        RECALL,
        h.form(
            h.p(RECALL_HINT, class_name="text-sm"),
            field(REASON, "reason", problem=state.problems.get("reason", ""), hint=REASON_HINT, max_length=300),
            text_area(ADVICE, "advice", problem=state.problems.get("advice", ""), hint=ADVICE_HINT, max_length=600),
            problem_text(state.problems.get("form", ""), "recall-form"),
            h.button(SEND, type="submit", class_name=f"{OUTLINE} w-full text-error"),
            on_submit=state.recall,
            no_validate=True,
            custom_attrs={"data-once": state.answered},
            class_name="space-y-3",
        ),
    )


def recall_told(reason: Node, advice: Node, at: Node) -> Node:
    """That a lot was recalled, and what its buyers read."""
    return h.section(
        h.h2(icon("warning", "size-6"), say(IS_RECALLED, at=at), class_name="font-semibold text-error flex gap-2 num"),
        h.p(reason),
        h.p(advice, class_name="whitespace-pre-line text-sm"),
        role="status",
        class_name="rounded-box border-2 border-error bg-error/10 p-4 space-y-1.5",
    )


def _buyer(state: Any, buyer: Node) -> Node:
    return h.li(
        h.div(
            h.p(h.span(buyer.name, class_name="font-semibold"), " · ", buyer.place),
            h.p(buyer.goods, " · ", h.span(buyer.weight_text, class_name="num"), class_name="text-sm"),
            h.p(
                h.span(buyer.number, class_name="num"), " · ", buyer.placed_at, " · ", buyer.status_text,
                class_name="num text-sm text-quiet",
            ),
            when(
                buyer.acknowledged_text,
                h.p(
                    say(KNOWS, channel=buyer.channel_text, at=buyer.acknowledged_text),
                    class_name="num text-sm text-success font-semibold",
                ),
                when(
                    buyer.told_text,
                    h.p(say(TOLD, at=buyer.told_text), class_name="num text-sm text-urgent font-semibold"),
                ),
            ),
            class_name="flex-1 min-w-56",
        ),
        h.div(
            h.a(icon("phone"), buyer.phone, href=buyer.phone_href, class_name=f"{OUTLINE} num"),
            when(
                buyer.told_text,
                when(
                    buyer.acknowledged_text,
                    None,
                    h.button(CALLED, type="button", on_click=state.called(buyer.number), class_name=QUIET),
                ),
            ),
            class_name="flex flex-wrap gap-2",
        ),
        class_name="flex flex-wrap gap-3 items-center p-3",
    )  # fmt: skip


def buyers_list(state: Any, page: Node) -> Node:
    """Everybody who has goods of a lot, each with the way to call."""
    return h.section(
        heading(
            BUYERS,
            when(filled(page.buyers), h.a(EXPORT, href=page.buyers_href, download="", class_name=f"{QUIET} px-2")),
        ),
        when(
            filled(page.buyers),
            h.ul(
                each(page.buyers, lambda buyer: _buyer(state, buyer)),
                class_name="rounded-box bg-base-100 border border-base-300 divide-y divide-base-300",
            ),
            h.p(NO_BUYERS, class_name="text-sm text-quiet"),
        ),
        class_name="space-y-2",
    )


def staff_content(page: Node) -> Node:
    """Look a lot up by its code, recall it, see who has goods of it."""
    return only_for_staff(
        StaffLotState,
        staff_frame(
            page_title(TITLE, under=UNDER),
            h.form(
                field(
                    CODE,
                    "code",
                    max_length=300,
                    auto_complete="off",
                    auto_capitalize="characters",
                    default_value=page.asked,
                ),
                h.button(FIND, type="submit", class_name=PRIMARY),
                on_submit=StaffLotState.find,
                no_validate=True,
                key=page.asked,
                class_name="flex flex-wrap gap-3 items-end max-w-xl [&>div]:flex-1",
            ),
            form_problem(StaffLotState.problem),
            when(
                page.asked,
                h.div(
                    panel(
                        h.div(
                            h.h2(page.lot.product_name, class_name="font-semibold text-lg"),
                            when(page.lot.recalled, badge(page.lot.state_text, "error"), badge(page.lot.state_text)),
                            class_name="flex flex-wrap gap-2 items-center",
                        ),
                        h.p(page.lot.number, " · ", page.lot.store_name, class_name="num"),
                        h.p(page.lot.seller_name, " · ", page.lot.seller_address, class_name="text-sm text-quiet"),
                        h.a(SEE, href=page.lot.href, class_name="link text-primary inline-flex items-center min-h-11"),
                        class_name="space-y-1",
                    ),
                    when(
                        page.lot.recalled,
                        recall_told(page.lot.recall_reason, page.lot.recall_advice, page.lot.recalled_text),
                        h.div(
                            h.p(say(HOLDERS, count=page.holders), class_name="num"),
                            recall_form(StaffLotState),
                            class_name="space-y-3",
                        ),
                    ),
                    when(page.lot.recalled, buyers_list(StaffLotState, page)),
                    class_name="space-y-4 max-w-3xl",
                ),
                empty_state("box", NOTHING, NOTHING_HINT),
            ),
            active="lots",
            notice=notice_bar(StaffLotState),
        ),
        "/staff/lots",
    )


PAGES = (
    Page(
        "/staff/lots",
        lambda: live_page(StaffLotState, staff_content),
        StaffLotState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
)
