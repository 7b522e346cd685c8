"""Sign-in and security: phone, e-mail, password, second factor, and where one is signed in."""

from __future__ import annotations

from marketplace.accounts.factor_pages import TITLE as FACTOR
from marketplace.accounts.factor_pages import WHY as FACTOR_WHY
from marketplace.accounts.factor_pages import code_input
from marketplace.accounts.security_state import SecurityState
from marketplace.base.text import Text
from marketplace.ui.blocks import badge, fold, page_title, panel, panel_title, way_on, ways_on
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, field, problem_text
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Đăng nhập và bảo mật", "Sign-in and security")
NAME = Text("Họ và tên", "Full name")
SAVE = Text("Lưu", "Save")
REACHED = Text("Số điện thoại và e-mail", "Phone and e-mail")
REACHED_WHY = Text(
    "Đã xác minh thì bạn đăng nhập được bằng mã, và mọi đơn bạn từng đặt bằng số đó về chung tài khoản này.",
    "Once proven you can sign in with a code, and orders you placed with that number before join this account.",
)
PHONE = Text("Số điện thoại", "Phone number")
EMAIL = Text("E-mail", "E-mail")
NONE = Text("chưa có", "none yet")
PROVEN = Text("đã xác minh", "proven")
UNPROVEN = Text("chưa xác minh", "not proven")
PROVE = Text("Nhận mã xác minh", "Send me a code")
ANOTHER = Text("Thêm hoặc đổi số điện thoại, e-mail", "Add or change phone or e-mail")
ANOTHER_LABEL = Text("Số điện thoại hoặc e-mail mới", "New phone number or e-mail")
PASSWORD = Text("Mật khẩu", "Password")
PASSWORD_SET = Text("Bạn đang có mật khẩu.", "You have a password.")
PASSWORD_UNSET = Text(
    "Bạn chưa có mật khẩu; đăng nhập bằng mã là đủ.", "You have no password; signing in with codes is enough."
)
PASSWORD_NEW = Text("Đặt mật khẩu mới bằng mã", "Set a new password with a code")
FACTOR_ON = Text("Đang bật.", "It is on.")
FACTOR_SET_UP = Text("Bật lớp bảo vệ thứ hai", "Turn the second factor on")
RECOVERY_LEFT = Text("Còn {number} mã dự phòng chưa dùng.", "Recovery codes left: {number}.")
RENEW = Text("Tạo mã dự phòng mới", "Make new recovery codes")
TURN_OFF = Text("Tắt lớp bảo vệ thứ hai", "Turn the second factor off")
APP_CODE = Text("Mã của ứng dụng xác thực", "Code of the authenticator app")
SESSIONS = Text("Thiết bị đang đăng nhập", "Where you are signed in")
THIS = Text("thiết bị này", "this device")
UNKNOWN = Text("Thiết bị không rõ", "Unknown device")
SINCE = Text("Đăng nhập {created}, dùng lần cuối {seen}", "Signed in {created}, last used {seen}")
OWN_DATA = Text("Dữ liệu của bạn: tải về, xóa tài khoản", "Your data: download it, erase the account")
OWN_DATA_PATH = "/account/data"
END = Text("Đăng xuất", "Sign out")
END_OTHERS = Text("Đăng xuất mọi thiết bị khác", "Sign out everywhere else")


def _code_form(action: str, identity: str, button: Text, looks: str) -> Node:
    """A form that sends a code and is answered by a page of the server."""
    return h.form(
        code_input(identity, APP_CODE),
        h.button(button, type="submit", class_name=f"{looks} w-full"),
        action=action,
        method="post",
        class_name="space-y-3",
    )


def _reached(label: Text, value: Node, proven: Node, identity: str) -> Node:
    return h.div(
        h.div(
            h.p(label, class_name="text-sm text-quiet"),
            h.p(
                h.span(when(value != "", value, NONE), class_name="num font-semibold break-all"),
                when(value != "", when(proven, badge(PROVEN, "success"), badge(UNPROVEN, "warning"))),
                class_name="flex flex-wrap gap-2 items-center",
            ),
        ),
        when(
            (value != "") & ~proven,
            h.form(
                h.input(type="hidden", name="identifier", value=value),
                h.button(PROVE, type="submit", class_name=f"{OUTLINE} w-full"),
                problem_text("", "form"),
                action="/account/prove",
                method="post",
                custom_attrs={"data-fetch": ""},
                id=f"prove-{identity}",
            ),
        ),
        class_name="space-y-2",
    )


def _factor(own: Node) -> Node:
    return panel(
        panel_title(FACTOR, "shield"),
        when(
            own.second_factor,
            h.div(
                h.p(FACTOR_ON, " ", say(RECOVERY_LEFT, number=own.recovery_left)),
                fold(RENEW, _code_form("/account/second-factor/codes", "renew-code", RENEW, OUTLINE)),
                when(
                    own.must_have_it,
                    None,
                    fold(TURN_OFF, _code_form("/account/second-factor/off", "off-code", TURN_OFF, OUTLINE)),
                ),
                class_name="space-y-2",
            ),
            h.div(
                h.p(FACTOR_WHY, class_name="text-quiet"),
                h.a(FACTOR_SET_UP, href="/account/second-factor/set-up", class_name=f"{OUTLINE} w-full"),
                class_name="space-y-3",
            ),
        ),
        class_name="space-y-3",
    )


def _session(one: Node) -> Node:
    return h.li(
        h.div(
            h.p(
                h.span(when(one.device != "", one.device, UNKNOWN), class_name="font-semibold"),
                when(one.current, badge(THIS, "success")),
                class_name="flex flex-wrap gap-2 items-center",
            ),
            h.p(say(SINCE, created=one.created_text, seen=one.last_seen_text), class_name="num text-sm text-quiet"),
            class_name="min-w-0 flex-1",
        ),
        when(
            one.current,
            None,
            h.button(
                END,
                type="button",
                on_click=SecurityState.end_session(one.id),
                class_name=f"{QUIET} shrink-0",
            ),
        ),
        class_name="flex gap-3 items-center py-2",
    )


def security_content(page: Node) -> Node:
    """What I sign in with, and where I am signed in."""
    own = page.own
    return shop_frame(
        h.div(
            page_title(TITLE),
            h.p(
                SecurityState.notice,
                role="status",
                class_name="alert alert-success alert-soft text-base-content empty:hidden",
            ),
            panel(
                h.form(
                    field(
                        NAME,
                        "name",
                        problem=SecurityState.problems.get("name", ""),
                        auto_complete="name",
                        max_length=120,
                        required=True,
                        default_value=own.name,
                        key=own.name,
                    ),
                    h.button(SAVE, type="submit", class_name=f"{OUTLINE} w-full"),
                    on_submit=SecurityState.rename,
                    custom_attrs={"data-once": SecurityState.answered},
                    class_name="space-y-3",
                ),
            ),
            panel(
                panel_title(REACHED, "phone"),
                h.p(REACHED_WHY, class_name="text-quiet text-sm"),
                _reached(PHONE, own.phone_text, own.phone_proven, "phone"),
                _reached(EMAIL, own.email, own.email_proven, "email"),
                fold(
                    ANOTHER,
                    h.form(
                        field(ANOTHER_LABEL, "identifier", input_mode="email", max_length=254, required=True),
                        problem_text("", "form"),
                        h.button(PROVE, type="submit", class_name=f"{PRIMARY} w-full"),
                        action="/account/prove",
                        method="post",
                        custom_attrs={"data-fetch": ""},
                        class_name="space-y-3",
                    ),
                ),
                class_name="space-y-4",
            ),
            panel(
                panel_title(PASSWORD, "lock"),
                h.p(when(own.has_password, PASSWORD_SET, PASSWORD_UNSET), class_name="text-quiet"),
                h.a(PASSWORD_NEW, href="/account/reset", class_name=f"{OUTLINE} w-full"),
                class_name="space-y-3",
            ),
            _factor(own),
            panel(
                panel_title(SESSIONS, "globe"),
                h.ul(each(page.sessions, _session), class_name="divide-y divide-base-300"),
                when(
                    page.others,
                    h.button(
                        END_OTHERS,
                        type="button",
                        on_click=SecurityState.end_others,
                        class_name=f"{OUTLINE} w-full",
                    ),
                ),
                class_name="space-y-3",
            ),
            ways_on(way_on("box", OWN_DATA, OWN_DATA_PATH)),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
        basket_count=SecurityState.basket_count,
    )


PAGES = (Page("/account/security", lambda: live_page(SecurityState, security_content), SecurityState.load, TITLE),)
