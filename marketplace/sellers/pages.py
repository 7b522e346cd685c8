"""Opening a shop, on a phone in the field."""

from __future__ import annotations

from collections.abc import Iterable

import reflex as rx

from marketplace.base.text import Text
from marketplace.sellers.applying_pages import application_form, asked_for
from marketplace.sellers.people_pages import PEOPLE_PAGES
from marketplace.sellers.shop_pages import SHOP_PAGE
from marketplace.sellers.state import StartState
from marketplace.ui.blocks import empty_state, panel
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, h, say
from marketplace.ui.page import ArriveAtTop, Page, live_page

TITLE = Text("Mở gian hàng", "Open a shop")
GUEST = Text("Đăng nhập để mở gian hàng", "Sign in to open a shop")
GUEST_HINT = Text(
    "Gian hàng gắn với tài khoản của bạn; chỉ bạn quản lý được.",
    "Your shop belongs to your account; only you run it.",
)
SIGN_UP = Text("Tạo tài khoản", "Create an account")
SIGN_IN = Text("Đăng nhập", "Sign in")
WAITING = Text("“{name}” đang chờ duyệt", "“{name}” is waiting for approval")
NEXT = Text("Tiếp theo", "What comes next")
WAITING_STEPS = (
    Text(
        "Cán bộ đối chiếu tên, địa chỉ, số điện thoại {phone}; thường xong trong ngày làm việc.",
        "Staff check the name, the address and the phone {phone}, usually within a working day.",
    ),
    Text(
        "Trang này tự đổi khi có kết quả. Bạn có thể đóng lại, mở ra xem lúc nào cũng được.",
        "This page changes by itself when they decide. You may close it and come back any time.",
    ),
    Text(
        "Trong lúc chờ, đăng hàng trước: hàng tự lên chợ ngay khi được duyệt.",
        "Meanwhile add your goods: they go on sale the moment you are approved.",
    ),
)
ADD_GOODS = Text("Đăng sản phẩm", "Add goods")
REFUSED_STEPS = (
    Text(
        "Sửa chỗ cán bộ nêu; những gì đã điền vẫn còn nguyên.",
        "Mend what staff named; everything you filled in is still there.",
    ),
    Text("Gửi lại: cán bộ xem lại như đơn mới.", "Send it again: staff look at it anew."),
    Text(
        "Hàng đã đăng không mất, tự lên chợ khi được duyệt.",
        "Goods you added are kept and go on sale once you are approved.",
    ),
)
SUSPENDED_STEPS = (
    Text(
        "Khách tạm thời không thấy hàng; đơn đã nhận vẫn cần giao.",
        "Shoppers do not see your goods for now; orders you accepted are still to be delivered.",
    ),
    Text(
        "Liên hệ cán bộ xã, phường hoặc tỉnh để khắc phục; mở lại được thì trang này tự báo.",
        "Speak with the staff of your commune or the province to put it right; this page tells you when it is open again.",
    ),
)
TO_ORDERS = Text("Đến đơn hàng", "To my orders")
REFUSED = Text("“{name}” chưa được duyệt", "“{name}” was not approved")
NEEDS_MORE = Text("“{name}” cần bổ sung", "“{name}” needs a little more")
MORE_STEPS = (
    Text(
        "Bổ sung những điểm cán bộ nêu; những gì đã điền vẫn còn nguyên.",
        "Add what staff named; everything you filled in is still there.",
    ),
    Text("Gửi lại: cán bộ xem tiếp ngay.", "Send it again: staff go on with it."),
)
MEND = Text("Sửa và gửi lại", "Mend and send again")
OPEN = Text("“{name}” đã mở", "“{name}” is open")
OPEN_HINT = Text("Hàng của bạn đã lên chợ. Chúc buôn may bán đắt!", "Your goods are on the market. Good luck!")
TO_SHOP = Text("Đến trang người bán", "To the seller centre")
SUSPENDED = Text("“{name}” đang tạm ngưng", "“{name}” is suspended")


def _outcome(title: Text, page: Node, *told: Node, steps: Iterable[Text] = (), actions: Iterable[Node] = ()) -> Node:
    following = [
        h.li(say(step, phone=h.span(page.start.phone, class_name="num whitespace-nowrap")), class_name="pl-1")
        for step in steps
    ]
    return rx.fragment(
        ArriveAtTop.create(),
        panel(
            h.h1(say(title, name=page.store_name), class_name="text-xl font-semibold outline-none", tab_index=-1),
            *told,
            h.div(
                h.h2(NEXT, class_name="font-semibold"),
                h.ol(*following, class_name="list-decimal pl-5 space-y-2"),
                class_name="space-y-2",
            )
            if following
            else None,
            h.div(*actions, class_name="flex flex-col gap-3"),
            class_name="space-y-4",
            role="status",
        ),
    )


def start_content(page: Node) -> Node:
    """The form, or where the application stands."""
    goods = h.a(ADD_GOODS, href="/seller/products/new", class_name=PRIMARY)
    more_goods = h.a(ADD_GOODS, href="/seller/products/new", class_name=OUTLINE)
    mend = h.button(MEND, type="button", on_click=StartState.try_again, class_name=PRIMARY)
    orders = h.a(TO_ORDERS, href="/seller/orders", class_name=OUTLINE)
    to_shop = h.a(TO_SHOP, href="/seller", class_name=PRIMARY)
    return shop_frame(
        h.div(
            rx.match(
                page.step,
                (
                    "guest",
                    empty_state(
                        "store",
                        GUEST,
                        GUEST_HINT,
                        h.a(SIGN_UP, href="/account/sign-up?next=/seller/start", class_name=PRIMARY),
                        h.a(SIGN_IN, href="/account/sign-in?next=/seller/start", class_name=OUTLINE),
                        alone=True,
                    ),
                ),
                ("waiting", _outcome(WAITING, page, steps=WAITING_STEPS, actions=[goods])),
                ("refused", _outcome(REFUSED, page, asked_for(page), steps=REFUSED_STEPS, actions=[mend])),
                ("needs_more", _outcome(NEEDS_MORE, page, asked_for(page), steps=MORE_STEPS, actions=[mend])),
                ("open", _outcome(OPEN, page, h.p(OPEN_HINT), actions=[to_shop, more_goods])),
                ("suspended", _outcome(SUSPENDED, page, asked_for(page), steps=SUSPENDED_STEPS, actions=[orders])),
                application_form(page),
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        basket_count=StartState.basket_count,
    )


PAGES = (
    Page("/seller/start", lambda: live_page(StartState, start_content), StartState.load, TITLE),
    SHOP_PAGE,
    *PEOPLE_PAGES,
)
