"""Signing in and up, and the page about oneself."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx

from marketplace.accounts.address_pages import PAGES as ADDRESS_PAGES
from marketplace.accounts.address_pages import TITLE as ADDRESSES
from marketplace.accounts.factor_pages import code_input
from marketplace.accounts.security_pages import PAGES as SECURITY_PAGES
from marketplace.accounts.security_pages import TITLE as SECURITY
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
PASSWORD_OPTIONAL = Text(
    "Để trống thì bạn đăng nhập bằng mã gửi đến điện thoại hoặc e-mail. Nếu đặt: ít nhất 8 ký tự.",
    "Leave it empty to sign in with codes sent to your phone or e-mail. If you set one: at least 8 characters.",
)
PASSWORD_HINT = Text(
    "Ít nhất 8 ký tự; vài từ ghép lại là dễ nhớ nhất.",
    "At least 8 characters; a few words together are easiest to remember.",
)
NAME = Text("Họ và tên", "Full name")
WITH_CODE = Text("Đăng nhập bằng mã, không cần mật khẩu", "Sign in with a code, no password needed")
FORGOTTEN = Text("Quên mật khẩu?", "Forgot your password?")
SIGN_IN_PASSWORD = Text("Đăng nhập bằng mật khẩu", "Sign in with a password")
CONTINUE = Text("Tiếp tục", "Go on")
GET_CODE = Text("Nhận mã", "Send me a code")
CODE_WHY = Text(
    "Chúng tôi gửi một mã 6 số đến số điện thoại hoặc e-mail của bạn. Chưa có tài khoản thì mã này tạo tài khoản luôn.",
    "We send 6 digits to your phone or e-mail. If you have no account yet, they make you one.",
)
TYPE_CODE = Text("Nhập mã", "Type the code")
CODE_SENT = Text(
    "Mã 6 số đang trên đường đến số điện thoại hoặc e-mail bạn vừa nhập. Mã dùng được 10 phút, trên máy này.",
    "Six digits are on their way to the phone or e-mail you typed. They are good for 10 minutes, in this browser.",
)
CODE = Text("Mã 6 số", "6-digit code")
NO_CODE = Text("Không nhận được mã?", "No code came?")
ANOTHER_CODE = Text("Lấy mã khác", "Get another one")
RESET = Text("Đặt mật khẩu mới", "Set a new password")
RESET_WHY = Text(
    "Chúng tôi gửi mã đến số điện thoại hoặc e-mail của bạn. Đặt xong, mọi thiết bị khác bị đăng xuất.",
    "We send a code to your phone or e-mail. Once it is set, every other device is signed out.",
)
NEW_PASSWORD = Text("Mật khẩu mới", "New password")
FACTOR = Text("Lớp bảo vệ thứ hai", "Second factor")
FACTOR_WHY = Text(
    "Nhập 6 số mà ứng dụng xác thực trên điện thoại đang hiện, hoặc một mã dự phòng.",
    "Type the 6 digits your authenticator app shows, or a recovery code.",
)
APP_CODE = Text("Mã của ứng dụng, hoặc mã dự phòng", "Code of the app, or a recovery code")
LOST = Text(
    "Mất điện thoại và mã dự phòng? Hãy gặp người vận hành của tỉnh.",
    "Lost both phone and recovery codes? See the province's operator.",
)
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


def _link(text: Text, href: str) -> Node:
    return h.a(text, href=href, class_name="link text-primary inline-flex items-center min-h-11")


def _narrow(*content: Node) -> Node:
    return shop_frame(h.div(*content, class_name="max-w-md mx-auto space-y-4"), active="me")


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
            h.a(WITH_CODE, href="/account/sign-in-code", class_name=f"{OUTLINE} w-full"),
            h.p(_link(FORGOTTEN, "/account/reset")),
            h.p(NEW_HERE, " ", _link(SIGN_UP, "/account/sign-up")),
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
                        hint=PASSWORD_OPTIONAL,
                        optional=True,
                        auto_complete="new-password",
                    ),
                )
            ),
            h.p(KNOWN_HERE, " ", _link(SIGN_IN, "/account/sign-in")),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


def sign_in_code_content(_: Node) -> Node:
    """Where to ask for a code to sign in with."""
    return _narrow(
        page_title(SIGN_IN, under=CODE_WHY),
        panel(_form("/account/code", GET_CODE, _identifier())),
        h.p(_link(SIGN_IN_PASSWORD, "/account/sign-in")),
    )


def _code_field(label: Text, **properties: Node) -> Node:
    return h.div(code_input("code", label, **properties), problem_text("", "code"), class_name="space-y-1")


def code_content(_: Node) -> Node:
    """Where the code is typed."""
    return _narrow(
        page_title(TYPE_CODE, under=CODE_SENT),
        panel(_form("/account/code/check", CONTINUE, _code_field(CODE))),
        h.p(NO_CODE, " ", _link(ANOTHER_CODE, "/account/sign-in-code")),
    )


def reset_content(_: Node) -> Node:
    """Where to ask for a code to set a new password with."""
    return _narrow(
        page_title(RESET, under=RESET_WHY),
        panel(_form("/account/reset", GET_CODE, _identifier())),
        h.p(_link(SIGN_IN, "/account/sign-in")),
    )


def reset_code_content(_: Node) -> Node:
    """The code and the new password."""
    return _narrow(
        page_title(RESET, under=CODE_SENT),
        panel(
            _form(
                "/account/reset/code",
                RESET,
                _code_field(CODE),
                field(
                    NEW_PASSWORD,
                    "password",
                    type="password",
                    hint=PASSWORD_HINT,
                    auto_complete="new-password",
                    required=True,
                ),
            )
        ),
        h.p(NO_CODE, " ", _link(ANOTHER_CODE, "/account/reset")),
    )


def second_factor_content(_: Node) -> Node:
    """The second step of signing in."""
    return _narrow(
        page_title(FACTOR, under=FACTOR_WHY),
        panel(_form("/account/second-factor", SIGN_IN, _code_field(APP_CODE))),
        h.p(LOST, class_name="text-quiet text-sm"),
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
                when(signed_in, way_on("pin", ADDRESSES, "/account/addresses")),
                when(signed_in, way_on("lock", SECURITY, "/account/security")),
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


def _still(path: str, content: Callable[[Node], Node], title: Text) -> Page:
    return Page(path, lambda: still_page(content), title=title, first_view=FirstView(content))


PAGES = (
    _still("/account/sign-in", sign_in_content, SIGN_IN),
    _still("/account/sign-up", sign_up_content, SIGN_UP),
    _still("/account/sign-in-code", sign_in_code_content, SIGN_IN),
    _still("/account/code", code_content, TYPE_CODE),
    _still("/account/reset", reset_content, RESET),
    _still("/account/reset/code", reset_code_content, RESET),
    _still("/account/second-factor", second_factor_content, FACTOR),
    # Its content comes complete from the server and stays: nothing of it is ever in a state.
    Page("/account/second-factor/set-up", rx.fragment, title=FACTOR, own_first_view=True),
    Page("/account", lambda: live_page(AccountState, account_content), AccountState.load, ACCOUNT),
    *ADDRESS_PAGES,
    *SECURITY_PAGES,
)
