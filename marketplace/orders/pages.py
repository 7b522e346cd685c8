"""The buyer's pages: an order to follow, and the list of one's own."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.orders.checkout_pages import TITLE as CHECKOUT_TITLE
from marketplace.orders.checkout_pages import checkout_content
from marketplace.orders.checkout_state import CheckoutState
from marketplace.orders.leaving_pages import PAGES as LEAVING_PAGES
from marketplace.orders.order_state import MyOrdersState, OrderState
from marketplace.orders.packing_pages import line_lot, recall_banners
from marketplace.orders.review_pages import REVIEW_PAGE
from marketplace.orders.rules import OrderStatus
from marketplace.ui.blocks import (
    badge,
    empty_state,
    fact,
    folded_panel,
    page_title,
    panel,
    panel_title,
    sum_row,
    timeline_step,
)
from marketplace.ui.forms import OUTLINE, PRIMARY, copy_button, form_problem
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import Page, live_page

ORDER = Text("Đơn hàng", "Order")
ORDERS = Text("Đơn hàng của tôi", "My orders")
GOODS = Text("Hàng đã đặt", "Goods")
GOODS_SUM = Text("Tiền hàng", "Goods")
DELIVERY = Text("Phí giao", "Delivery")
TOTAL = Text("Tổng cộng", "Total")
TO_BE_WEIGHED = Text(
    "Hàng trả theo cân sẽ được cân khi đóng gói: trả theo số cân được, không bao giờ quá số tối đa này.",
    "Goods paid by weight are weighed when packed: the price follows the weight and never exceeds this.",
)
PROGRESS = Text("Tiến trình", "Progress")
CONTRACT = Text("Hợp đồng điện tử", "Electronic contract")
PDF = Text("Tải bản PDF", "Download PDF")
VERIFY = Text("Xác minh", "Verify")
CANCEL = Text("Huỷ đơn này", "Cancel this order")
CANCEL_QUESTION = Text(
    "Bạn muốn huỷ đơn? Người bán chưa nhận đơn nên bạn không phải trả gì, hợp đồng không giao kết.",
    "Cancel this order? The seller has not accepted it yet: you owe nothing and no contract comes about.",
)
CANCEL_YES = Text("Vâng, huỷ đơn", "Yes, cancel it")
NO_ORDER = Text("Không mở được đơn này", "This order cannot be opened")
NO_ORDER_HINT = Text(
    "Đường dẫn riêng có thể bị thiếu. Hãy mở lại đúng đường dẫn bạn đã nhận khi đặt hàng, hoặc đăng nhập.",
    "The private link may be incomplete. Open the very link you got when ordering, or sign in.",
)
SIGN_IN = Text("Đăng nhập", "Sign in")
NONE_YET = Text("Chưa có đơn hàng nào", "No orders yet")
NONE_HINT = Text("Đơn bạn đặt khi đã đăng nhập sẽ nằm ở đây.", "Orders you place while signed in are kept here.")
GUEST_HINT = Text(
    "Đặt hàng không cần tài khoản: hãy mở đường dẫn riêng của đơn. Có tài khoản thì đăng nhập để xem mọi đơn.",
    "Ordering needs no account: open the order's private link. With an account, sign in to see all orders.",
)
HAS_RECALLED = Text("Có hàng bị thu hồi: hãy mở xem cần làm gì", "Goods were recalled: open it to see what to do")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")
KEEP_LINK = Text(
    "Đường dẫn của trang này là chìa khoá riêng của bạn: ai có nó xem được đơn. Hãy giữ lại.",
    "The address of this page is your private key: who has it can see the order. Keep it.",
)
COPY_LINK = Text("Chép đường dẫn", "Copy the link")
RECEIVER = Text("Nơi nhận", "Delivered to")


def status_badge(order: Node) -> Node:
    """Where an order stands: red when something went wrong, plain while nobody has answered."""
    return when(
        order.troubled,
        badge(order.status_text, "error"),
        when(order.status == OrderStatus.PLACED.value, badge(order.status_text), badge(order.status_text, "success")),
    )


def why_closed(page: Node) -> Node:
    """Why an order ended without being performed."""
    return when(
        page.reason_text,
        h.p(page.reason_text, role="status", class_name="rounded-box bg-error/10 text-error font-semibold p-4"),
    )


def order_facts(page: Node) -> Node:
    """Goods, sums and receiver of an order; the buyer's and the seller's pages share it."""
    return panel(
        panel_title(GOODS, "box"),
        h.ul(
            each(
                page.lines,
                lambda line: h.li(
                    h.img(
                        src=line.picture,
                        alt="",
                        width="48",
                        height="48",
                        class_name="size-12 rounded-field object-cover bg-base-200 shrink-0",
                    ),
                    h.div(
                        h.a(line.name, href=line.href, class_name="link link-hover inline-flex items-center min-h-11"),
                        h.p(line.measured_text, class_name="num text-quiet"),
                        h.p(line.about_text, class_name="num text-quiet empty:hidden"),
                        line_lot(line),
                        when(
                            line.review_href,
                            h.a(
                                icon("star", "size-4"),
                                line.review_text,
                                href=line.review_href,
                                class_name="link text-primary inline-flex items-center gap-1 min-h-11",
                            ),
                        ),
                        class_name="flex-1 min-w-0",
                    ),
                    h.span(line.total_text, class_name="num whitespace-nowrap"),
                    class_name="flex items-center gap-3 py-2 text-sm",
                ),
            ),
            class_name="divide-y divide-base-300",
        ),
        h.dl(
            sum_row(GOODS_SUM, page.goods_total_text),
            sum_row(DELIVERY, page.delivery_fee_text),
            sum_row(TOTAL, page.total_text, strong=True),
            class_name="space-y-1 border-t border-base-300 pt-2",
        ),
        when(page.estimated, h.p(TO_BE_WEIGHED, class_name="text-sm text-quiet")),
        h.ul(
            fact("money", page.payment_method_text, " · ", page.payment_text),
            fact("truck", page.delivery_text),
            when(page.arrival_text, fact("clock", page.arrival_text)),
            class_name="space-y-1.5 text-sm",
        ),
        h.div(
            h.h3(RECEIVER, class_name="text-sm font-semibold"),
            h.p(page.buyer_name),
            h.p(page.address, class_name="text-sm text-quiet"),
            when(page.note, h.p("“", page.note, "”", class_name="text-sm italic")),
        ),
        class_name="space-y-3",
    )  # fmt: skip


def order_contract(page: Node) -> Node:
    """The contract of an order, with its document."""
    return panel(
        panel_title(CONTRACT, "contract"),
        h.p(
            page.contract_text,
            class_name=when(page.closed, "font-semibold text-quiet", "font-semibold text-primary"),
        ),
        h.p(page.contract, class_name="num text-sm text-quiet break-all"),
        h.div(
            h.a(PDF, href=page.pdf_href, target="_blank", class_name=OUTLINE),
            h.a(VERIFY, href=page.contract_href, class_name=OUTLINE),
            class_name="grid grid-cols-2 gap-3",
        ),
        class_name="space-y-2",
    )


def order_progress(page: Node) -> Node:
    """What happened so far, and what comes next."""
    return panel(
        panel_title(PROGRESS, "clock"),
        h.ol(
            each(page.steps, lambda step: timeline_step(step.label, step.at, step.done, step.trouble)),
            class_name="space-y-3 border-l-2 border-base-300 pl-5 ml-2",
        ),
        class_name="space-y-3",
    )


def order_content(page: Node) -> Node:
    """An order as its buyer follows it."""
    return shop_frame(
        when(
            page.number,
            h.div(
                page_title(
                    h.span(page.number, class_name="num"),
                    status_badge(page),
                    under=h.a(
                        page.store_name,
                        href=page.store_href,
                        class_name="link link-hover inline-flex items-center min-h-11",
                    ),
                ),
                when(
                    page.deadline_text,
                    h.p(
                        icon("clock"),
                        h.span(page.deadline_text),
                        class_name="flex gap-2 text-urgent font-semibold",
                    ),
                ),
                recall_banners(page),
                why_closed(page),
                form_problem(OrderState.problem),
                h.div(
                    h.div(order_progress(page), order_contract(page), class_name="space-y-4"),
                    h.div(
                        order_facts(page),
                        when(
                            page.by_link,
                            panel(
                                h.p(icon("lock"), h.span(KEEP_LINK), class_name="flex gap-2 text-sm"),
                                copy_button(COPY_LINK, "", class_name=f"{OUTLINE} w-full"),
                                class_name="space-y-3",
                            ),
                        ),
                        when(
                            page.can_cancel,
                            folded_panel(
                                CANCEL,
                                h.p(CANCEL_QUESTION),
                                h.button(
                                    CANCEL_YES,
                                    type="button",
                                    on_click=OrderState.cancel,
                                    class_name=f"{OUTLINE} w-full text-error",
                                ),
                            ),
                        ),
                        class_name="space-y-4",
                    ),
                    class_name="grid gap-4 md:grid-cols-2",
                ),
                class_name="space-y-4",
            ),
            empty_state(
                "orders",
                NO_ORDER,
                NO_ORDER_HINT,
                h.a(SIGN_IN, href="/account/sign-in", class_name=OUTLINE),
                alone=True,
            ),
        ),
        active="orders",
        basket_count=OrderState.basket_count,
    )


def _card(order: Node) -> Node:
    return h.li(
        h.a(
            h.div(
                h.span(order.number, class_name="num font-semibold whitespace-nowrap"),
                status_badge(order),
                class_name="flex justify-between gap-3",
            ),
            when(order.recalled, h.p(HAS_RECALLED, class_name="text-sm text-error font-semibold")),
            h.p(order.store_name, " · ", order.placed_at, class_name="text-sm text-quiet"),
            h.p(order.summary, class_name="text-sm line-clamp-2"),
            h.p(order.total_text, class_name="num font-semibold"),
            href=order.href,
            class_name="block rounded-box bg-base-100 border border-base-300 p-4 space-y-1 hover:border-primary",
        )
    )


def my_orders_content(page: Node) -> Node:
    """The buyer's own orders."""
    return shop_frame(
        page_title(ORDERS),
        when(
            filled(page),
            h.ul(each(page, _card), class_name="space-y-3 max-w-2xl"),
            when(
                MyOrdersState.signed_in,
                empty_state("orders", NONE_YET, NONE_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY)),
                empty_state("orders", NONE_YET, GUEST_HINT, h.a(SIGN_IN, href="/account/sign-in", class_name=PRIMARY)),
            ),
        ),
        active="orders",
        basket_count=MyOrdersState.basket_count,
    )


PAGES = (
    Page("/checkout", lambda: live_page(CheckoutState, checkout_content), CheckoutState.load, CHECKOUT_TITLE),
    Page("/orders/[number]", lambda: live_page(OrderState, order_content), OrderState.load, ORDER),
    REVIEW_PAGE,
    *LEAVING_PAGES,
    Page("/account/orders", lambda: live_page(MyOrdersState, my_orders_content), MyOrdersState.load, ORDERS),
)
