"""The checkout page: details, then every contract to read and accept, then the orders."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.orders.checkout_state import CheckoutState
from marketplace.ui.blocks import empty_state, page_title, panel, sum_row
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, field, form_problem, problem_text
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import ArriveAtTop

TITLE = Text("Đặt hàng", "Check out")
STEP_DETAILS = Text("Bước 1 trên 2 · Nơi nhận", "Step 1 of 2 · Where to")
STEP_REVIEW = Text("Bước 2 trên 2 · Xem hợp đồng và xác nhận", "Step 2 of 2 · Review the contract and confirm")
WHO = Text("Người nhận", "Receiver")
WHERE = Text("Nơi nhận hàng", "Where to deliver")
NAME = Text("Họ và tên", "Full name")
PHONE = Text("Số điện thoại di động", "Mobile phone")
PHONE_HINT = Text("Người bán gọi số này khi giao.", "The seller calls this number on delivery.")
EMAIL = Text("E-mail", "E-mail")
COMMUNE = Text("Xã, phường", "Commune or ward")
COMMUNE_HINT = Text("Gõ vài chữ, tên cũ cũng được: “hung loi”.", "Type a few letters, former names too: “hung loi”.")
SUGGESTIONS = Text("Xã, phường gợi ý", "Suggested communes")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
HOW_TO_PAY = Text("Cách trả tiền", "Payment")
CASH = Text(
    "Trả tiền mặt khi nhận hàng, được kiểm hàng trước khi trả.",
    "Cash on delivery; you may check the goods before paying.",
)
TO_REVIEW = Text("Xem hợp đồng", "Review the contract")
CORRECT = Text("Quay lại sửa", "Go back and correct")
ORDER = Text("Tôi đồng ý và đặt hàng", "I agree and order")
AGREE = Text(
    "Tôi đã đọc và đồng ý với hợp đồng của từng đơn hàng trên đây. Bấm đặt hàng là lời đề nghị giao kết; "
    "hợp đồng được giao kết khi người bán nhận đơn.",
    "I have read and agree to the contract of each order above. Ordering is an offer; "
    "the contract is concluded when the seller accepts.",
)
GOODS = Text("Tiền hàng", "Goods")
DELIVERY = Text("Phí giao", "Delivery")
TOTAL = Text("Tổng cộng", "Total")
TO_PAY = Text("Phải trả khi nhận", "To pay on delivery")
WAYS = Text("Cách giao", "Delivery")
NOTE = Text("Lời nhắn cho người bán", "A word to the seller")
CONTRACT = Text("Hợp đồng với {store}", "Contract with {store}")
DONE = Text("Đã đặt hàng", "Ordered")
DONE_HINT = Text(
    "Người bán đã được báo. Giữ đường dẫn riêng dưới đây để theo dõi, không cần tài khoản.",
    "The sellers have been told. Keep the private links below to follow your orders; no account is needed.",
)
FOLLOW = Text("Theo dõi đơn", "Follow the order")
PDF = Text("Hợp đồng (PDF)", "Contract (PDF)")
PURCHASE = Text("Mã mua hàng {number}", "Purchase {number}")
EMPTY = Text("Chưa có gì để đặt", "Nothing to order yet")
EMPTY_HINT = Text("Giỏ hàng đang trống.", "Your basket is empty.")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")


def _problem(name: str) -> Node:
    return CheckoutState.problems.get(name, "")


def _commune() -> Node:
    return h.div(
        field(
            COMMUNE,
            "commune",
            problem=_problem("address.commune"),
            hint=COMMUNE_HINT,
            control=rx.debounce_input(
                h.input(
                    id="commune",
                    name="commune",
                    value=CheckoutState.commune_name,
                    on_change=CheckoutState.find_commune,
                    auto_complete="off",
                    role="combobox",
                    aria_expanded=when(filled(CheckoutState.communes), "true", "false"),
                    aria_controls="communes",
                    aria_describedby="problem-commune hint-commune",
                    class_name="input w-full h-11 text-base",
                ),
                debounce_timeout=180,
            ),
        ),
        when(
            filled(CheckoutState.communes),
            h.ul(
                each(
                    CheckoutState.communes,
                    lambda place: h.li(
                        h.button(
                            h.span(place.name, class_name="font-semibold block"),
                            h.span(place.hint, class_name="text-sm text-quiet block"),
                            type="button",
                            on_click=CheckoutState.pick_commune(place.code),
                            class_name="w-full text-left px-4 py-2.5 min-h-11 hover:bg-base-200 cursor-pointer",
                        ),
                    ),
                ),
                id="communes",
                aria_label=SUGGESTIONS,
                class_name="rounded-field border border-base-300 bg-base-100 "
                "divide-y divide-base-300 mt-1 overflow-hidden shadow",
            ),
        ),
    )


def _details() -> Node:
    return h.form(
        panel(
            h.h2(WHO, class_name="font-semibold"),
            field(
                NAME,
                "name",
                problem=_problem("buyer.name"),
                default_value=CheckoutState.name,
                auto_complete="name",
                max_length=120,
            ),
            field(
                PHONE,
                "phone",
                problem=_problem("buyer.phone"),
                hint=PHONE_HINT,
                default_value=CheckoutState.phone,
                type="tel",
                input_mode="tel",
                auto_complete="tel",
            ),
            field(
                EMAIL,
                "email",
                problem=_problem("buyer.email"),
                optional=True,
                default_value=CheckoutState.email,
                type="text",
                input_mode="email",
                auto_complete="email",
            ),
            class_name="space-y-3",
        ),
        panel(
            h.h2(WHERE, class_name="font-semibold"),
            _commune(),
            field(
                STREET,
                "street",
                problem=_problem("address.street"),
                default_value=CheckoutState.street,
                auto_complete="street-address",
                max_length=200,
            ),
            class_name="space-y-3",
        ),
        panel(
            h.h2(HOW_TO_PAY, class_name="font-semibold"),
            h.p(icon("money"), h.span(CASH), class_name="flex gap-2 items-start text-sm"),
            class_name="space-y-2",
        ),
        form_problem(CheckoutState.problem),
        h.button(TO_REVIEW, type="submit", class_name=f"{PRIMARY} w-full text-base"),
        on_submit=CheckoutState.review,
        no_validate=True,
        class_name="space-y-4 max-w-xl mx-auto",
    )


def _quoted(order: Node) -> Node:
    return panel(
        h.h2(icon("store"), order.store_name, class_name="font-semibold flex gap-2 items-center"),
        h.ul(
            each(
                order.lines,
                lambda line: h.li(
                    h.span(h.span(line.quantity_text, class_name="num"), " ", line.unit_text, " ", line.name),
                    h.span(line.total_text, class_name="num whitespace-nowrap"),
                    class_name="flex justify-between gap-4 py-1.5 text-sm",
                ),
            ),
            class_name="divide-y divide-base-300",
        ),
        h.fieldset(
            h.legend(WAYS, class_name="font-semibold text-sm"),
            each(
                order.ways,
                lambda way: h.label(
                    h.input(
                        type="radio",
                        name=order.store_slug,
                        checked=way.chosen,
                        on_change=lambda _: CheckoutState.pick_way(order.store_slug, way.code),
                        class_name="radio radio-primary",
                    ),
                    h.span(way.label, class_name="flex-1"),
                    h.span(way.fee_text, class_name="num"),
                    class_name="flex items-center gap-3 min-h-11 cursor-pointer",
                ),
            ),
            problem_text(CheckoutState.problems.get("delivery", ""), "delivery"),
        ),
        h.label(
            h.span(NOTE, class_name="text-sm font-semibold"),
            h.input(
                default_value=order.note,
                on_blur=lambda note: CheckoutState.write_note(order.store_slug, note),
                max_length=500,
                class_name="input w-full h-11 text-base",
            ),
            class_name="block space-y-1",
        ),
        h.dl(
            sum_row(GOODS, order.goods_total_text),
            sum_row(DELIVERY, order.delivery_fee_text),
            sum_row(TOTAL, order.total_text, strong=True),
            class_name="space-y-1",
        ),
        h.p(icon("clock", "size-4"), order.acceptance_text, class_name="text-sm text-quiet flex gap-1.5 items-center"),
        h.details(
            h.summary(
                icon("contract"),
                h.span(say(CONTRACT, store=order.store_name)),
                class_name="font-semibold min-h-11 flex gap-2 items-center cursor-pointer",
            ),
            h.div(
                each(
                    order.clauses,
                    lambda clause: h.section(
                        h.h3(clause.title, class_name="font-semibold"),
                        each(clause.paragraphs, lambda text: h.p(text)),  # noqa: PLW0108 - foreach counts its parameters
                        class_name="space-y-1",
                    ),
                ),
                tab_index=0,
                role="region",
                aria_label=Text("Nội dung hợp đồng", "The contract"),
                class_name="space-y-3 text-sm max-h-96 overflow-y-auto rounded-field bg-base-200 p-3",
            ),
            open=True,
        ),
        class_name="space-y-3",
    )


def _review(page: Node) -> Node:
    return h.form(
        each(page.orders, _quoted),
        panel(
            h.dl(sum_row(TO_PAY, page.total_text, strong=True)),
            h.label(
                h.input(
                    type="checkbox",
                    name="agree",
                    class_name="checkbox checkbox-primary mt-0.5",
                    aria_describedby="problem-agree",
                ),
                h.span(AGREE, class_name="text-sm flex-1"),
                class_name="flex gap-3 min-h-11 cursor-pointer",
            ),
            problem_text(_problem("agree"), "agree"),
            form_problem(CheckoutState.problem),
            h.button(ORDER, type="submit", class_name=f"{PRIMARY} w-full text-base"),
            h.button(
                icon("back"), CORRECT, type="button", on_click=CheckoutState.correct, class_name=f"{QUIET} w-full"
            ),
            class_name="space-y-3",
        ),
        on_submit=CheckoutState.order,
        class_name="space-y-4 max-w-2xl mx-auto",
    )


def _done(page: Node) -> Node:
    return h.div(
        panel(
            h.div(
                icon("check", "size-10"), class_name="mx-auto w-fit rounded-full bg-primary text-primary-content p-3"
            ),
            h.h2(DONE, class_name="text-xl font-semibold", tab_index=-1),
            h.p(say(PURCHASE, number=page.purchase), class_name="num font-semibold"),
            h.p(DONE_HINT, class_name="text-quiet"),
            class_name="text-center space-y-2",
            role="status",
        ),
        each(
            page.placed,
            lambda order: panel(
                h.div(
                    h.p(order.number, class_name="num font-semibold text-lg"),
                    h.p(order.total_text, class_name="num font-semibold"),
                    class_name="flex justify-between gap-3",
                ),
                h.p(order.store, class_name="text-quiet text-sm"),
                h.div(
                    h.a(FOLLOW, href=order.href, class_name=f"{PRIMARY} flex-1"),
                    h.a(icon("contract"), PDF, href=order.pdf_href, class_name=f"{OUTLINE} flex-1", target="_blank"),
                    class_name="flex flex-wrap gap-3",
                ),
                class_name="space-y-3",
            ),
        ),
        class_name="space-y-4 max-w-xl mx-auto",
    )


def checkout_content(page: Node) -> Node:
    """The checkout in its present step."""
    return shop_frame(
        page_title(
            TITLE,
            under=rx.match(page.step, ("details", say(STEP_DETAILS)), ("review", say(STEP_REVIEW)), ""),
        ),
        rx.match(
            page.step,
            ("review", rx.fragment(ArriveAtTop.create(key="review"), _review(page))),
            ("done", rx.fragment(ArriveAtTop.create(key="done"), _done(page))),
            ("empty", empty_state("basket", EMPTY, EMPTY_HINT, h.a(LOOK_AROUND, href="/search", class_name=OUTLINE))),
            _details(),
        ),
        basket_count=CheckoutState.basket_count,
    )
