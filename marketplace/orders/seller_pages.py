"""The seller's today, orders, and one order in full."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.orders.order_list_pages import ORDERS_PAGE
from marketplace.orders.packing_pages import packing_form
from marketplace.orders.pages import order_contract, order_facts, order_progress, status_badge, why_closed
from marketplace.orders.rules import FulfilmentStatus
from marketplace.orders.seller_state import SellerOrderState, TodayState
from marketplace.ui.blocks import badge, empty_state, folded_panel, page_title, panel, way_on, ways_on
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, form_problem, text_area
from marketplace.ui.icons import icon
from marketplace.ui.layout import notice_bar
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame

TODAY = Text("Hôm nay", "Today")
ORDERS = Text("Đơn hàng", "Orders")
ORDER = Text("Đơn hàng", "Order")
OPEN = Text("Đang mở", "Open")
REASON_GIVEN = Text("Lý do của cán bộ: ", "The staff's reason: ")
WHAT_NEXT = Text("Xem bước tiếp theo", "See what comes next")
TO_ACCEPT = Text("Đơn chờ bạn nhận", "Orders waiting for you")
NOTHING_WAITING = Text(
    "Không có đơn nào chờ. Có đơn mới, trang này tự báo.", "Nothing is waiting. New orders appear here by themselves."
)
ACCEPT = Text("Nhận đơn và ký", "Accept and conclude")
REFUSE = Text("Từ chối", "Refuse")
REASON = Text("Lý do (người mua sẽ đọc)", "Reason (the buyer reads it)")
SEND_REFUSAL = Text("Gửi từ chối", "Send the refusal")
TO_SHIP = Text("Cần giao", "To ship")
UNDERWAY = Text("Đang giao", "On the way")
TO_COLLECT = Text("Cần thu tiền", "Cash to collect")
LOW_STOCK = Text("Sắp hết hàng", "Low stock")
PEOPLE = Text("Người cùng bán", "People of the shop")
PEOPLE_HINT = Text("Mời người giúp, giao việc từng người", "Invite helpers, give each their tasks")
EARNED = Text("Bán được 30 ngày qua", "Sold in the last 30 days")
ADD_GOODS = Text("Đăng sản phẩm", "Add goods")
MY_STORE = Text("Trang gian hàng", "My shop's page")
MY_DELIVERY = Text("Giao hàng", "Delivery")
MY_DELIVERY_HINT = Text(
    "Nơi giao, phí, giờ chốt đơn, điểm lấy hàng, ngày nghỉ",
    "Where to, fees, cut-off, pickup points, closed days",
)
MY_STORE_HINT = Text("Câu chuyện, ảnh, giờ mở cửa, các phần hàng", "Story, pictures, hours, sections")
REPORTS = Text("Báo cáo bán hàng", "Sales report")
REVIEWS = Text("Đánh giá của khách", "What shoppers say")
SEE_STORE = Text("Xem gian hàng như khách", "See my shop as shoppers do")
GIVE_UP = Text("Không giao được đơn này", "This order cannot be delivered")
GIVE_UP_HINT = Text(
    "Hợp đồng đã giao kết sẽ chấm dứt và hàng về lại kho. Nên gọi cho người mua trước.",
    "The concluded contract ends and the stock goes back. Better call the buyer first.",
)
SEND_GIVING_UP = Text("Chấm dứt hợp đồng", "End the contract")
FAILED = Text("Giao chưa được", "Not delivered")
GOODS_BACK = Text("Hàng đã về lại?", "Are the goods back?")
GOODS_BACK_HINT = Text(
    "Đơn sẽ đóng, hợp đồng chấm dứt, người mua không phải trả gì.",
    "The order closes, the contract ends, the buyer owes nothing.",
)
TO_STOCK = Text("Còn bán được, nhập lại kho", "Still good: back into stock")
WRITE_OFF = Text("Đã hỏng, không nhập kho", "Spoiled: write it off")
CALL = Text("Gọi người mua", "Call the buyer")
COLLECT = Text("Đã thu tiền mặt", "Cash collected")
NET = Text("Bạn nhận {net} sau phí sàn {fee}", "You keep {net} after the platform's {fee}")
NO_ORDER = Text("Không có đơn này", "There is no such order")
NO_ORDER_HINT = Text("Đơn không thuộc gian hàng của bạn.", "It is not an order of your shop.")


def _waiting(order: Node) -> Node:
    return h.li(
        h.div(
            inner_link(
                order.number,
                to=order.href,
                class_name="num font-semibold link link-hover inline-flex items-center min-h-11 -my-2.5",
            ),
            h.span(order.total_text, class_name="num font-semibold"),
            class_name="flex justify-between gap-3",
        ),
        h.p(order.summary, class_name="text-sm"),
        h.p(order.place, " · ", order.payment_text, class_name="text-sm text-quiet"),
        h.p(
            icon("clock", "size-4"),
            order.deadline_text,
            class_name=when(
                order.urgent,
                "flex gap-1 items-center text-error font-semibold text-sm",
                "flex gap-1 items-center text-sm",
            ),
        ),
        h.div(
            h.button(
                ACCEPT,
                type="button",
                on_click=TodayState.accept(order.number),
                class_name=f"{PRIMARY} flex-1",
                disabled=~order.can_accept,
            ),
            inner_link(REFUSE, to=order.href, class_name=QUIET),
            class_name="flex gap-2",
        ),
        class_name="rounded-field bg-base-100 p-3 space-y-2",
    )


def _figure(label: Text, figure: Node, href: str) -> Node:
    return inner_link(
        h.span(label, class_name="text-sm text-quiet block"),
        h.span(figure, class_name="num text-2xl font-semibold block"),
        to=href,
        class_name="rounded-box bg-base-100 border border-base-300 p-3 hover:border-primary",
    )


def today_content(page: Node) -> Node:
    """What to do now, then how it goes."""
    return seller_frame(
        h.header(
            h.div(
                h.p(page.store_name, class_name="text-sm text-quiet"),
                h.h1(TODAY, class_name="text-xl font-semibold"),
            ),
            when(page.selling, badge(OPEN, "success"), badge(page.standing, "warning")),
            class_name="flex items-center justify-between gap-3",
        ),
        when(
            page.selling,
            None,
            h.p(
                when(page.reason, h.span(REASON_GIVEN, page.reason, " ")),
                inner_link(
                    WHAT_NEXT, to="/seller/start", class_name="link text-primary inline-flex items-center min-h-11"
                ),
                class_name="text-sm",
            ),
        ),
        form_problem(TodayState.problem),
        h.div(
            h.section(
                h.h2(TO_ACCEPT, class_name="font-semibold"),
                when(
                    filled(page.waiting),
                    h.ul(each(page.waiting, _waiting), class_name="space-y-3"),
                    h.p(NOTHING_WAITING, class_name="text-sm"),
                ),
                class_name="rounded-box bg-secondary/15 border border-secondary/40 p-4 space-y-3",
            ),
            h.div(
                h.div(
                    _figure(TO_SHIP, page.to_ship, "/seller/orders?tab=confirmed"),
                    _figure(UNDERWAY, page.underway, "/seller/orders?tab=confirmed"),
                    _figure(TO_COLLECT, page.to_collect, "/seller/orders?tab=confirmed"),
                    when(page.failed > 0, _figure(FAILED, page.failed, "/seller/orders?tab=confirmed")),
                    _figure(LOW_STOCK, page.low_stock, "/seller/products?show=low"),
                    class_name="grid grid-cols-2 gap-3",
                ),
                when(
                    page.earned_text,
                    panel(
                        h.p(EARNED, class_name="text-sm text-quiet"),
                        h.p(page.earned_text, class_name="num text-2xl font-semibold text-primary"),
                    ),
                ),
                inner_link(icon("camera"), ADD_GOODS, to="/seller/products/new", class_name=f"{OUTLINE} w-full"),
                ways_on(
                    way_on("store", MY_STORE, "/seller/shop", MY_STORE_HINT),
                    way_on("truck", MY_DELIVERY, "/seller/delivery", MY_DELIVERY_HINT),
                    way_on("star", REVIEWS, "/seller/reviews"),
                    way_on("chart", REPORTS, "/seller/reports"),
                    way_on("person", PEOPLE, "/seller/people", PEOPLE_HINT),
                    way_on("eye", SEE_STORE, page.store_href),
                ),
                class_name="space-y-4",
            ),
            class_name="grid gap-4 lg:grid-cols-[3fr_2fr] items-start",
        ),
        active="today",
        notice=notice_bar(TodayState),
    )


def _answer(page: Node) -> Node:
    return panel(
        h.p(icon("clock"), page.deadline_text, class_name="flex gap-2 text-urgent font-semibold"),
        h.div(
            h.button(ACCEPT, type="button", on_click=SellerOrderState.accept, class_name=f"{PRIMARY} flex-1"),
            h.button(REFUSE, type="button", on_click=SellerOrderState.ask_reason, class_name=QUIET),
            class_name="flex gap-2",
        ),
        when(
            SellerOrderState.refusing,
            h.form(
                text_area(REASON, "reason", max_length=300),
                h.button(SEND_REFUSAL, type="submit", class_name=f"{OUTLINE} w-full text-error"),
                on_submit=SellerOrderState.refuse,
                class_name="space-y-2",
            ),
        ),
        class_name="space-y-3",
    )


def _giving_up() -> Node:
    return folded_panel(
        GIVE_UP,
        h.form(
            h.p(GIVE_UP_HINT, class_name="text-sm"),
            text_area(REASON, "reason", max_length=300),
            h.button(SEND_GIVING_UP, type="submit", class_name=f"{OUTLINE} w-full text-error"),
            on_submit=SellerOrderState.refuse,
            class_name="space-y-2",
        ),
    )


def _taking_back() -> Node:
    return panel(
        h.h2(GOODS_BACK, class_name="font-semibold"),
        h.p(GOODS_BACK_HINT, class_name="text-sm text-quiet"),
        h.div(
            h.button(
                TO_STOCK,
                type="button",
                on_click=SellerOrderState.take_back(True),
                class_name=f"{OUTLINE} flex-1",
            ),
            h.button(
                WRITE_OFF,
                type="button",
                on_click=SellerOrderState.take_back(False),
                class_name=f"{OUTLINE} flex-1 text-error",
            ),
            class_name="flex flex-wrap gap-3",
        ),
        class_name="space-y-2",
    )


def order_content(page: Node) -> Node:
    """An order with the one next thing to do on top."""
    return seller_frame(
        when(
            page.number,
            h.div(
                page_title(h.span(page.number, class_name="num"), status_badge(page), under=page.placed_at),
                why_closed(page),
                form_problem(SellerOrderState.problem),
                h.div(
                    h.div(
                        when(page.can_accept, _answer(page)),
                        when(
                            filled(page.packing) | filled(page.to_weigh),
                            packing_form(page),
                            when(
                                page.next_step,
                                h.button(
                                    icon("truck"),
                                    page.next_step_text,
                                    type="button",
                                    on_click=SellerOrderState.advance(page.next_step),
                                    class_name=f"{PRIMARY} w-full text-base",
                                ),
                            ),
                        ),
                        when(
                            page.can_collect,
                            h.button(
                                icon("money"),
                                COLLECT,
                                type="button",
                                on_click=SellerOrderState.collect,
                                class_name=f"{PRIMARY} w-full text-base",
                            ),
                        ),
                        when(
                            page.fail_text,
                            h.button(
                                page.fail_text,
                                type="button",
                                on_click=SellerOrderState.advance(FulfilmentStatus.FAILED.value),
                                class_name=f"{QUIET} w-full",
                            ),
                        ),
                        when(page.can_take_back, _taking_back()),
                        when(
                            page.buyer_phone,
                            h.a(
                                icon("phone"),
                                CALL,
                                " · ",
                                page.buyer_phone,
                                href=page.buyer_phone_href,
                                class_name=f"{OUTLINE} w-full num",
                            ),
                        ),
                        order_facts(page),
                        when(
                            ~page.closed & (page.net_text != ""),
                            h.p(
                                say(NET, net=page.net_text, fee=page.commission_text),
                                class_name="text-sm text-quiet num",
                            ),
                        ),
                        class_name="space-y-4",
                    ),
                    h.div(
                        order_progress(page),
                        order_contract(page),
                        when(page.can_give_up, _giving_up()),
                        class_name="space-y-4",
                    ),
                    class_name="grid gap-4 lg:grid-cols-[3fr_2fr] items-start",
                ),
                class_name="space-y-4",
            ),
            empty_state("orders", NO_ORDER, NO_ORDER_HINT, alone=True),
        ),
        active="orders",
        notice=notice_bar(SellerOrderState),
    )


PAGES = (
    Page("/seller", lambda: live_page(TodayState, today_content), TodayState.load, TODAY, first_view=BARE_FIRST_VIEW),
    ORDERS_PAGE,
    Page(
        "/seller/orders/[number]",
        lambda: live_page(SellerOrderState, order_content),
        SellerOrderState.load,
        ORDER,
        first_view=BARE_FIRST_VIEW,
    ),
)
