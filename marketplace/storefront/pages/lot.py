"""The passport of a lot: what somebody wants to know who holds its label in the hand."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.state import LotPassportState
from marketplace.ui.blocks import badge, page_title, panel, panel_title
from marketplace.ui.forms import OUTLINE
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import Page, live_page

UNDER = Text("Hồ sơ lô hàng", "Lot passport")
LOT = Text("Lô {number}", "Lot {number}")
RECALLED = Text("Lô này đã bị thu hồi", "This lot was recalled")
RECALLED_AT = Text("Thu hồi lúc {at}", "Recalled at {at}")
WHY = Text("Lý do", "Reason")
WHAT_TO_DO = Text("Bạn cần làm gì", "What to do")
PAST = Text("Quá ngày dùng tốt nhất", "Past its best-before day")
WHO = Text("Ai làm ra", "Who made it")
WHERE = Text("Trồng ở đâu", "Where it grew")
DAYS = Text("Các mốc ngày", "Its days")
CARE = Text("Phân bón và thuốc", "Inputs and sprays")
TESTS = Text("Kiểm nghiệm", "Tests")
SEE = Text("Xem phiếu", "See the document")
CALL = Text("Gọi người bán", "Call the seller")
TO_GOODS = Text("Xem sản phẩm", "See the product")
SAID_FIRST = Text("ghi lúc đầu: ", "at first: ")
BY_SELLER = Text(
    "Thông tin do người bán ghi và chịu trách nhiệm. Sau khi bán, mọi thay đổi được giữ bên cạnh bản cũ.",
    "Entered by the seller, who answers for it. Once sold, every change is kept beside what was said before.",
)


def _facts(facts: Node) -> Node:
    return h.dl(
        each(
            facts,
            lambda fact: h.div(
                h.dt(fact.label, class_name="text-quiet"),
                h.dd(
                    h.span(fact.text, class_name="num whitespace-pre-line"),
                    when(
                        fact.why,
                        h.span(SAID_FIRST, h.s(fact.before), " · ", fact.why, class_name="block text-xs text-quiet"),
                    ),
                    class_name="text-right min-w-0",
                ),
                class_name="flex justify-between gap-4 py-2",
            ),
        ),
        class_name="divide-y divide-base-300 text-sm",
    )


def _recalled(page: Node) -> Node:
    return h.section(
        h.h2(icon("warning", "size-7"), RECALLED, class_name="text-xl font-semibold flex gap-2 items-center"),
        h.p(say(RECALLED_AT, at=page.recalled_text), class_name="num text-sm"),
        h.h3(WHAT_TO_DO, class_name="font-semibold"),
        h.p(page.recall_advice, class_name="whitespace-pre-line text-lg"),
        h.h3(WHY, class_name="font-semibold"),
        h.p(page.recall_reason),
        h.a(
            icon("phone"),
            CALL,
            " · ",
            page.seller_phone,
            href=page.seller_phone_href,
            class_name="btn min-h-11 h-auto py-2 bg-base-100 text-error num",
        ),
        role="alert",
        class_name="rounded-box bg-error text-error-content p-4 space-y-2",
    )


def _what(page: Node) -> Node:
    return h.div(
        h.img(
            src=page.picture,
            alt="",
            width="96",
            height="96",
            class_name="size-24 rounded-box object-cover bg-base-300 shrink-0",
        ),
        h.div(
            page_title(page.product_name, under=UNDER),
            h.p(
                h.span(say(LOT, number=page.number), class_name="num font-semibold"),
                " ",
                when(page.recalled, badge(page.state_text, "error"), when(page.expired, badge(PAST, "warning"))),
            ),
            when(
                page.product_href,
                h.a(TO_GOODS, href=page.product_href, class_name="link text-primary inline-flex items-center min-h-11"),
            ),
            class_name="min-w-0 space-y-1",
        ),
        class_name="flex gap-4 items-start",
    )


def _who(page: Node) -> Node:
    return panel(
        panel_title(WHO, "store"),
        h.p(
            when(
                page.store_href,
                h.a(
                    page.store_name,
                    href=page.store_href,
                    class_name="link font-semibold inline-flex items-center min-h-11",
                ),
                h.span(page.store_name, class_name="font-semibold"),
            )
        ),
        h.p(page.seller_name, class_name="text-sm"),
        h.p(page.seller_address, class_name="text-sm text-quiet"),
        h.a(
            icon("phone"),
            CALL,
            " · ",
            page.seller_phone,
            href=page.seller_phone_href,
            class_name=f"{OUTLINE} w-full num",
        ),
        class_name="space-y-2",
    )


def _test(test: Node) -> Node:
    return h.li(
        h.div(
            h.p(h.span(test.subject, class_name="font-semibold"), ": ", test.result),
            h.p(test.laboratory, " · ", h.span(test.tested_text, class_name="num"), class_name="text-quiet"),
            class_name="flex-1 min-w-0",
        ),
        when(test.passed, badge(test.verdict, "success"), badge(test.verdict, "error")),
        when(
            test.document_href,
            h.a(SEE, href=test.document_href, class_name="link text-primary inline-flex items-center min-h-11"),
        ),
        class_name="flex flex-wrap gap-x-3 items-center py-2 text-sm",
    )


def lot_content(page: Node) -> Node:
    """What, who, where, when, whether it was sprayed and since when it was safe, and what tests found."""
    return shop_frame(
        h.article(
            when(page.recalled, _recalled(page)),
            _what(page),
            _who(page),
            when(filled(page.where), panel(panel_title(WHERE, "pin"), _facts(page.where))),
            panel(panel_title(DAYS, "clock"), _facts(page.days)),
            when(
                page.safe_text,
                panel(
                    panel_title(CARE, "shield"),
                    h.p(
                        page.safe_text,
                        class_name=when(
                            page.sprayed, "rounded-field bg-success/10 text-success font-semibold p-3", "text-sm"
                        ),
                    ),
                    _facts(page.care),
                    class_name="space-y-2",
                ),
            ),
            when(
                filled(page.tests),
                panel(
                    panel_title(TESTS, "check"),
                    h.ul(each(page.tests, _test), class_name="divide-y divide-base-300"),
                ),
            ),
            h.p(BY_SELLER, class_name="text-sm text-quiet"),
            class_name="space-y-4 max-w-2xl mx-auto",
        ),
    )


LOT_PAGE = Page(
    "/lot/[code]", lambda: live_page(LotPassportState, lot_content), LotPassportState.load, own_first_view=True
)
