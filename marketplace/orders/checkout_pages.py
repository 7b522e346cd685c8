"""The checkout page: details, then every contract to read and accept, then the orders."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.orders.checkout_state import CheckoutState
from marketplace.places.choosing import commune_input
from marketplace.ui.blocks import empty_state, fact, page_title, panel, panel_title, progress_steps, sum_row
from marketplace.ui.forms import (
    OUTLINE,
    PRIMARY,
    QUIET,
    amount_beside,
    copy_button,
    field,
    form_problem,
    marks,
    problem_text,
    thumb_bar,
)
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, joined, say, when
from marketplace.ui.page import ArriveAtTop, FirstProblem

TITLE = Text("Đặt hàng", "Check out")
STEPS = (Text("Nơi nhận", "Where to"), Text("Xem và xác nhận", "Review and confirm"))
WHO = Text("Người nhận", "Receiver")
WHERE = Text("Nơi nhận hàng", "Where to deliver")
NAME = Text("Họ và tên", "Full name")
PHONE = Text("Số điện thoại di động", "Mobile phone")
PHONE_HINT = Text("Người bán gọi số này khi giao.", "The seller calls this number on delivery.")
EMAIL = Text("E-mail", "E-mail")
STREET = Text("Số nhà, đường, ấp", "House number, street, hamlet")
SAVED_PLACES = Text("Sổ địa chỉ của bạn", "Your address book")
KEEP = Text("Lưu nơi này vào sổ địa chỉ", "Keep this place in my address book")
HOW_TO_PAY = Text("Cách trả tiền", "Payment")
CASH = Text(
    "Trả tiền mặt khi nhận hàng, được kiểm hàng trước khi trả.",
    "Cash on delivery; you may check the goods before paying.",
)
MEND = Text("Hãy xem lại những mục có ghi chú đỏ.", "Please look at the entries marked in red.")
YOUR_GOODS = Text("Hàng bạn đặt", "Your goods")
FEE_NEXT = Text("Phí giao của từng gian hàng hiện ở bước sau.", "Each shop's delivery fee shows in the next step.")
CHANGE = Text("Sửa giỏ hàng", "Change the basket")
TO_REVIEW = Text("Xem hợp đồng", "Review the contract")
CORRECT = Text("Quay lại sửa", "Go back and correct")
ORDER = Text("Tôi đồng ý và đặt hàng", "I agree and order")
AGREE = Text(
    "Tôi đã đọc và đồng ý với hợp đồng của từng đơn hàng trên đây. Bấm đặt hàng là lời đề nghị giao kết; "
    "hợp đồng được giao kết khi người bán nhận đơn.",
    "I have read and agree to the contract of each order above. Ordering is an offer; "
    "the contract is concluded when the seller accepts.",
)
BY_WEIGHT = Text(
    "Có món trả theo cân: người bán cân khi đóng gói, bạn trả theo số cân được, không bao giờ quá số tối đa ghi ở đây.",
    "Some goods are paid by weight: the seller weighs them when packing, you pay by that weight and never more than stated here.",
)
RECEIVER = Text("Giao đến", "Deliver to")
GOODS = Text("Tiền hàng", "Goods")
DELIVERY = Text("Phí giao", "Delivery")
TOTAL_OF_ORDER = Text("Tổng đơn này", "Total of this order")
TO_PAY = Text("Phải trả khi nhận", "To pay on delivery")
WAYS = Text("Cách giao", "Delivery")
NOTE = Text("Lời nhắn cho người bán", "A word to the seller")
CONTRACT = Text("Hợp đồng với {store}", "Contract with {store}")
CONTRACT_TEXT = Text("Nội dung hợp đồng", "The contract")
ALL_ORDERS = Text("Tất cả các đơn", "All orders")
DONE = Text("Đã đặt hàng", "Ordered")
DONE_HINT = Text(
    "Người bán đã được báo. Hãy giữ đường dẫn riêng của từng đơn để theo dõi, không cần tài khoản.",
    "The sellers have been told. Keep each order's private link to follow it; no account is needed.",
)
FOLLOW = Text("Theo dõi đơn", "Follow the order")
PDF = Text("Hợp đồng PDF", "Contract PDF")
COPY = Text("Chép đường dẫn", "Copy the link")
PURCHASE = Text("Mã mua hàng {number}", "Purchase {number}")
NEXT = Text("Tiếp theo", "What comes next")
THEN = (
    (
        "clock",
        Text(
            "Người bán trả lời trong thời hạn ghi ở mỗi đơn. Quá hạn mà chưa trả lời thì đơn tự huỷ, bạn không mất gì.",
            "Each seller answers by the time shown. An order nobody answers lapses by itself and costs you nothing.",
        ),
    ),
    (
        "contract",
        Text(
            "Khi người bán nhận đơn, hợp đồng được giao kết; bản PDF tải được bất cứ lúc nào.",
            "When the seller accepts, the contract is concluded; its PDF can be downloaded at any time.",
        ),
    ),
    (
        "truck",
        Text(
            "Người bán gọi bạn trước khi giao. Kiểm hàng rồi mới trả tiền.",
            "The seller calls before delivery. Check the goods, then pay.",
        ),
    ),
)
GO_ON = Text("Mua thêm", "Go on shopping")
EMPTY = Text("Chưa có gì để đặt", "Nothing to order yet")
EMPTY_HINT = Text("Giỏ hàng đang trống.", "Your basket is empty.")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")
DRAWN: Node = CheckoutState.drawn
SHOWN_BESIDE = ("buyer.name", "buyer.phone", "buyer.email", "address.commune", "address.street")
"""Problems that the details show beside their field."""


def _problem(name: str) -> Node:
    return CheckoutState.problems.get(name, "")


def _lines(order: Node) -> Node:
    return h.ul(
        each(
            order.lines,
            lambda line: h.li(
                h.span(
                    h.span(line.quantity_text, " ", line.unit_text, class_name="num whitespace-nowrap"),
                    " ",
                    line.name,
                    h.span(line.expected_text, class_name="block text-urgent empty:hidden"),
                    h.span(line.about_text, class_name="num block text-quiet empty:hidden"),
                ),
                h.span(line.total_text, class_name="num whitespace-nowrap"),
                class_name="flex justify-between gap-4 py-1.5 text-sm",
            ),
        ),
        class_name="divide-y divide-base-300",
    )


def _your_goods(page: Node) -> Node:
    return panel(
        panel_title(YOUR_GOODS, "basket"),
        each(
            page.orders,
            lambda order: h.div(
                h.h3(order.store_name, class_name="text-sm font-semibold text-quiet"),
                _lines(order),
            ),
        ),
        h.dl(sum_row(GOODS, page.goods_total_text, strong=True), class_name="border-t border-base-300 pt-2"),
        h.p(FEE_NEXT, class_name="text-sm text-quiet"),
        when(page.estimated, h.p(BY_WEIGHT, class_name="text-sm text-quiet")),
        h.a(CHANGE, href="/basket", class_name="link text-primary text-sm inline-flex items-center min-h-11"),
        class_name="space-y-3 h-fit md:sticky md:top-20",
    )


def _details_problem() -> Node:
    beside = _problem(SHOWN_BESIDE[0]) != ""
    for name in SHOWN_BESIDE[1:]:
        beside = beside | (_problem(name) != "")
    return when(beside, form_problem(say(MEND)), form_problem(CheckoutState.problem))


def _saved_place(place: Node) -> Node:
    return h.li(
        h.button(
            h.span(place.name, " · ", h.span(place.phone_text, class_name="num"), class_name="font-semibold block"),
            h.span(place.street, ", ", place.commune_text, class_name="text-sm text-quiet block"),
            type="button",
            on_click=CheckoutState.pick_address(place.id),
            aria_pressed=when(
                (place.street == CheckoutState.street) & (place.commune == CheckoutState.commune), "true", "false"
            ),
            class_name="w-full text-left px-3 py-2 min-h-12 cursor-pointer hover:bg-base-200 aria-pressed:bg-primary/10",
        )
    )


def _address_book() -> Node:
    return when(
        filled(CheckoutState.addresses),
        panel(
            panel_title(SAVED_PLACES, "home"),
            h.ul(
                each(CheckoutState.addresses, _saved_place),
                class_name="rounded-field border border-base-300 divide-y divide-base-300 max-h-72 overflow-y-auto",
            ),
            class_name="space-y-3",
        ),
    )


def _keep() -> Node:
    return when(
        CheckoutState.signed_in,
        h.label(
            h.input(
                type="checkbox",
                name="keep",
                default_checked=CheckoutState.keep,
                class_name="checkbox checkbox-primary",
            ),
            h.span(KEEP, class_name="text-sm flex-1"),
            class_name="flex gap-3 items-center min-h-11 cursor-pointer",
        ),
    )


def _details(page: Node) -> Node:
    return h.div(
        h.form(
            _address_book(),
            panel(
                panel_title(WHO, "person"),
                field(
                    NAME,
                    "name",
                    problem=_problem("buyer.name"),
                    default_value=CheckoutState.name,
                    key=joined("name", DRAWN.to_string()),
                    auto_complete="name",
                    max_length=120,
                ),
                field(
                    PHONE,
                    "phone",
                    problem=_problem("buyer.phone"),
                    hint=PHONE_HINT,
                    default_value=CheckoutState.phone,
                    key=joined("phone", DRAWN.to_string()),
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
                panel_title(WHERE, "pin"),
                commune_input(CheckoutState, _problem("address.commune")),
                field(
                    STREET,
                    "street",
                    problem=_problem("address.street"),
                    default_value=CheckoutState.street,
                    key=joined("street", DRAWN.to_string()),
                    auto_complete="street-address",
                    max_length=200,
                ),
                _keep(),
                class_name="space-y-3",
            ),
            panel(
                panel_title(HOW_TO_PAY, "money"),
                h.p(CASH, class_name="text-sm"),
                class_name="space-y-2",
            ),
            _details_problem(),
            FirstProblem.create(problems=CheckoutState.problems),
            thumb_bar(
                amount_beside(GOODS, page.goods_total_text),
                h.button(TO_REVIEW, type="submit", class_name=f"{PRIMARY} flex-1 text-base"),
            ),
            on_submit=CheckoutState.review,
            no_validate=True,
            class_name="space-y-4",
        ),
        _your_goods(page),
        class_name="grid gap-4 md:grid-cols-[3fr_2fr] items-start",
    )


def _ways(order: Node) -> Node:
    return h.fieldset(
        h.legend(WAYS, class_name="font-semibold text-sm pb-1"),
        h.div(
            each(
                order.ways,
                lambda way: h.label(
                    h.input(
                        type="radio",
                        name=way.store,
                        checked=way.chosen,
                        on_change=lambda _: CheckoutState.pick_way(way.store, way.code),
                        class_name="radio radio-primary",
                    ),
                    h.span(
                        h.span(way.label, class_name="block"),
                        h.span(way.detail, class_name="block text-quiet"),
                        class_name="flex-1",
                    ),
                    h.span(way.fee_text, class_name="num whitespace-nowrap"),
                    class_name="flex items-center gap-3 min-h-12 px-3 py-2 cursor-pointer text-sm has-checked:bg-primary/5",
                ),
            ),
            class_name="rounded-field border border-base-300 divide-y divide-base-300 overflow-hidden",
        ),
        problem_text(CheckoutState.problems.get("delivery." + order.store_slug, ""), "delivery"),
    )


def _contract(order: Node) -> Node:
    return h.details(
        h.summary(
            icon("contract", "size-5 text-primary"),
            h.span(say(CONTRACT, store=order.store_name), class_name="flex-1"),
            icon("down", "size-4 transition-transform group-open:rotate-180"),
            class_name="list-none font-semibold min-h-11 flex gap-2 items-center cursor-pointer",
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
            aria_label=CONTRACT_TEXT,
            class_name="space-y-3 text-sm max-h-80 overflow-y-auto rounded-field bg-base-200 p-3",
        ),
        open=True,
        class_name="group",
    )


def _quoted(order: Node) -> Node:
    return panel(
        panel_title(order.store_name, "store"),
        _lines(order),
        _ways(order),
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
        _contract(order),
        h.dl(
            sum_row(GOODS, order.goods_total_text),
            sum_row(DELIVERY, order.delivery_fee_text),
            sum_row(TOTAL_OF_ORDER, order.total_text, strong=True),
            class_name="space-y-1 border-t border-base-300 pt-3",
        ),
        h.p(icon("clock", "size-4"), order.acceptance_text, class_name="text-sm text-quiet flex gap-1.5 items-center"),
        h.p(order.closed_text, class_name="text-sm text-urgent empty:hidden"),
        class_name="space-y-3",
    )


def _review(page: Node) -> Node:
    return h.form(
        h.div(
            panel(
                panel_title(RECEIVER, "pin"),
                h.p(CheckoutState.name, " · ", h.span(CheckoutState.phone, class_name="num whitespace-nowrap")),
                h.p(CheckoutState.street, ", ", CheckoutState.commune_name, class_name="text-sm text-quiet"),
                h.button(
                    icon("back"), CORRECT, type="button", on_click=CheckoutState.correct, class_name=f"{QUIET} -ml-3"
                ),
                class_name="space-y-1",
            ),
            each(page.orders, _quoted),
            class_name="space-y-4 min-w-0",
        ),
        panel(
            panel_title(ALL_ORDERS),
            h.dl(
                each(page.orders, lambda order: sum_row(order.store_name, order.total_text)),
                sum_row(TO_PAY, page.total_text, strong=True, class_name="border-t border-base-300 pt-2"),
                class_name="space-y-2",
            ),
            when(page.estimated, h.p(BY_WEIGHT, class_name="text-sm")),
            h.label(
                h.input(
                    type="checkbox",
                    name="agree",
                    class_name="checkbox checkbox-primary mt-0.5",
                    **marks("agree", _problem("agree")),
                ),
                h.span(AGREE, class_name="text-sm flex-1"),
                class_name="flex gap-3 min-h-11 cursor-pointer",
            ),
            problem_text(_problem("agree"), "agree"),
            when(_problem("agree") == "", form_problem(CheckoutState.problem)),
            FirstProblem.create(problems=CheckoutState.problems),
            thumb_bar(
                amount_beside(TO_PAY, page.total_text),
                h.button(ORDER, type="submit", class_name=f"{PRIMARY} flex-1"),
            ),
            class_name="space-y-3 h-fit md:sticky md:top-20",
        ),
        on_submit=CheckoutState.order,
        class_name="grid gap-4 md:grid-cols-[3fr_2fr] items-start",
    )


def _placed(order: Node) -> Node:
    return panel(
        h.div(
            h.div(
                h.h2(order.store, class_name="font-semibold"),
                h.p(order.number, class_name="num text-quiet text-sm"),
            ),
            h.p(order.total_text, class_name="num font-semibold text-lg whitespace-nowrap"),
            class_name="flex justify-between gap-3",
        ),
        h.p(
            when(order.accepted, icon("check", "size-5 text-success"), icon("clock", "size-5 text-urgent")),
            h.span(order.answer_text),
            class_name="flex gap-2 items-start text-sm",
        ),
        h.div(
            h.a(FOLLOW, href=order.href, class_name=f"{PRIMARY} col-span-2"),
            copy_button(COPY, order.href, class_name=OUTLINE),
            h.a(icon("contract"), PDF, href=order.pdf_href, class_name=OUTLINE, target="_blank"),
            class_name="grid grid-cols-2 gap-3",
        ),
        class_name="space-y-3",
    )


def _done(page: Node) -> Node:
    return h.div(
        panel(
            h.div(
                icon("check", "size-10"), class_name="mx-auto w-fit rounded-full bg-primary text-primary-content p-3"
            ),
            h.h1(DONE, class_name="text-2xl font-semibold outline-none", tab_index=-1),
            h.p(say(PURCHASE, number=page.purchase), class_name="num font-semibold"),
            h.p(DONE_HINT, class_name="text-quiet"),
            class_name="text-center space-y-2",
            role="status",
        ),
        each(page.placed, _placed),
        panel(
            panel_title(NEXT),
            h.ul(*(fact(symbol, text) for symbol, text in THEN), class_name="space-y-3 text-sm"),
            class_name="space-y-3",
        ),
        h.a(GO_ON, href="/", class_name=f"{QUIET} w-full"),
        class_name="space-y-4 max-w-xl mx-auto",
    )


def _step(number: int) -> Node:
    return h.div(page_title(TITLE), h.div(progress_steps(STEPS, number), class_name="max-w-md"), class_name="space-y-3")


def checkout_content(page: Node) -> Node:
    """The checkout in its present step."""
    empty = empty_state("basket", EMPTY, EMPTY_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY), alone=True)
    return shop_frame(
        rx.match(
            page.step,
            ("review", rx.fragment(ArriveAtTop.create(key="review"), _step(2), _review(page))),
            ("done", rx.fragment(ArriveAtTop.create(key="done"), _done(page))),
            ("empty", empty),
            rx.fragment(_step(1), _details(page)),
        ),
        acts=(page.step == "details") | (page.step == "review"),
        basket_count=CheckoutState.basket_count,
    )
