"""Signing in and up, and the page about oneself."""

from __future__ import annotations

from marketplace.accounts.state import AccountState
from marketplace.base.text import Text
from marketplace.ui.blocks import page_title, panel, way_on, ways_on
from marketplace.ui.forms import OUTLINE, PRIMARY, field, problem_text
from marketplace.ui.layout import DARK, LANGUAGE, LIGHT, OTHER_LANGUAGE, shop_frame
from marketplace.ui.markup import FirstView, Node, h, when
from marketplace.ui.page import Page, live_page, still_page

SIGN_IN = Text("Đăng nhập", "Sign in")
SIGN_UP = Text("Tạo tài khoản", "Create an account")
SIGN_OUT = Text("Đăng xuất", "Sign out")
IDENTIFIER = Text("Số điện thoại hoặc e-mail", "Phone number or e-mail")
PASSWORD = Text("Mật khẩu", "Password")
PASSWORD_HINT = Text(
    "Ít nhất 8 ký tự; vài từ ghép lại là dễ nhớ nhất.",
    "At least 8 characters; a few words together are easiest to remember.",
)
NAME = Text("Họ và tên", "Full name")
NEW_HERE = Text("Chưa có tài khoản?", "New here?")
KNOWN_HERE = Text("Đã có tài khoản?", "Have an account?")
WHY = Text(
    "Mua hàng không cần tài khoản. Tài khoản giúp bạn xem lại mọi đơn và mở gian hàng.",
    "Buying needs no account. An account keeps your orders together and lets you open a shop.",
)
ACCOUNT = Text("Tài khoản", "Account")
GUEST = Text("Khách", "Guest")
MY_ORDERS = Text("Đơn hàng của tôi", "My orders")
MY_SHOPS = Text("Gian hàng theo dõi", "Shops I follow")
MY_SHOP = Text("Gian hàng của tôi", "My shop")
OPEN_SHOP = Text("Mở gian hàng", "Open a shop")
STAFF = Text("Trang của cán bộ", "Staff pages")
VERIFY = Text("Xác minh hợp đồng", "Verify a contract")
BASKET = Text("Giỏ hàng", "Basket")
HELP = Text("Trợ giúp", "Help")


def _form(action: str, button: Text, *fields: Node) -> Node:
    return h.form(
        *fields,
        problem_text("", "form"),
        h.button(button, type="submit", class_name=f"{PRIMARY} w-full text-base"),
        action=action,
        method="post",
        custom_attrs={"data-fetch": ""},
        class_name="space-y-4",
    )


def _identifier() -> Node:
    return field(IDENTIFIER, "identifier", auto_complete="username", input_mode="email", max_length=254, required=True)


def sign_in_content(_: Node) -> Node:
    """The sign-in form; a plain form to its core."""
    return shop_frame(
        h.div(
            page_title(SIGN_IN),
            panel(
                _form(
                    "/account/sign-in",
                    SIGN_IN,
                    _identifier(),
                    field(PASSWORD, "password", type="password", auto_complete="current-password", required=True),
                )
            ),
            h.p(
                NEW_HERE,
                " ",
                h.a(SIGN_UP, href="/account/sign-up", class_name="link text-primary inline-flex items-center min-h-11"),
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


def sign_up_content(_: Node) -> Node:
    """The sign-up form."""
    return shop_frame(
        h.div(
            page_title(SIGN_UP, under=WHY),
            panel(
                _form(
                    "/account/sign-up",
                    SIGN_UP,
                    field(NAME, "name", auto_complete="name", max_length=120, required=True),
                    _identifier(),
                    field(
                        PASSWORD,
                        "password",
                        type="password",
                        hint=PASSWORD_HINT,
                        auto_complete="new-password",
                        required=True,
                    ),
                )
            ),
            h.p(
                KNOWN_HERE,
                " ",
                h.a(SIGN_IN, href="/account/sign-in", class_name="link text-primary inline-flex items-center min-h-11"),
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


def account_content(page: Node) -> Node:
    """Who I am and where I can go."""
    signed_in = AccountState.signed_in
    return shop_frame(
        h.div(
            page_title(when(page.name, page.name, GUEST), under=page.role_text),
            when(
                signed_in,
                None,
                panel(
                    h.p(WHY, class_name="text-quiet"),
                    h.div(
                        h.a(SIGN_IN, href="/account/sign-in", class_name=f"{PRIMARY} flex-1"),
                        h.a(SIGN_UP, href="/account/sign-up", class_name=f"{OUTLINE} flex-1"),
                        class_name="flex gap-3",
                    ),
                    class_name="space-y-3",
                ),
            ),
            ways_on(
                way_on("orders", MY_ORDERS, "/account/orders"),
                way_on("heart", MY_SHOPS, "/account/shops"),
                way_on("basket", BASKET, "/basket"),
                when(page.sells, way_on("store", MY_SHOP, "/seller"), way_on("store", OPEN_SHOP, "/seller/start")),
                when(page.staff, way_on("chart", STAFF, "/staff")),
            ),
            ways_on(
                way_on("shield", VERIFY, "/verify"),
                way_on("question", HELP, "/help"),
                way_on("globe", LANGUAGE, OTHER_LANGUAGE),
                way_on("moon", DARK, "/preferences?theme=dark", class_name="dark:hidden"),
                way_on("sun", LIGHT, "/preferences?theme=light", class_name="hidden dark:block"),
            ),
            when(
                signed_in,
                h.form(
                    h.button(SIGN_OUT, type="submit", class_name=f"{OUTLINE} w-full"),
                    action="/account/sign-out",
                    method="post",
                    custom_attrs={"data-fetch": ""},
                ),
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
        basket_count=AccountState.basket_count,
    )


PAGES = (
    Page(
        "/account/sign-in",
        lambda: still_page(sign_in_content),
        title=SIGN_IN,
        first_view=FirstView(sign_in_content),
    ),
    Page(
        "/account/sign-up",
        lambda: still_page(sign_up_content),
        title=SIGN_UP,
        first_view=FirstView(sign_up_content),
    ),
    Page("/account", lambda: live_page(AccountState, account_content), AccountState.load, ACCOUNT),
)
