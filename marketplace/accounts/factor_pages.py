"""Pages of the second factor that come complete from the server and have no live half: they hold secrets."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.base.text import Text
from marketplace.ui.blocks import page_title, panel
from marketplace.ui.forms import OUTLINE, PRIMARY, problem_text
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import FirstView, Node, each, h, when

TITLE = Text("Lớp bảo vệ thứ hai", "Second factor")
WHY = Text(
    "Khi đăng nhập, ngoài mật khẩu hoặc mã bạn còn nhập 6 số từ ứng dụng xác thực. Người khác biết mật khẩu cũng không vào được.",
    "When you sign in you also type 6 digits from an authenticator app. Whoever learns your password still cannot get in.",
)
REQUIRED = Text(
    "Tài khoản cán bộ cần lớp bảo vệ này: các trang của cán bộ mở ra khi bạn đã bật nó.",
    "A staff account needs it: the staff's pages open once it is on.",
)
STEP_APP = Text(
    "Mở ứng dụng xác thực trên điện thoại (Google Authenticator, Microsoft Authenticator, Aegis…) và thêm tài khoản.",
    "Open an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, Aegis…) and add an account.",
)
STEP_SCAN = Text("Quét mã này, hoặc gõ khóa ở dưới vào ứng dụng.", "Scan this, or type the key below into the app.")
STEP_TYPE = Text("Nhập 6 số ứng dụng đang hiện.", "Type the 6 digits the app shows.")
ON_THIS_PHONE = Text("Mở bằng ứng dụng trên máy này", "Open in an app on this device")
QR = Text("Mã QR cho ứng dụng xác thực", "QR code for the authenticator app")
KEY = Text("Khóa", "Key")
CODE = Text("Mã 6 số", "6-digit code")
TURN_ON = Text("Bật", "Turn it on")
CODES_TITLE = Text("Mã dự phòng của bạn", "Your recovery codes")
CODES_WHY = Text(
    "Mất điện thoại thì mỗi mã này thay được ứng dụng một lần. Chép ra giấy và cất kỹ: trang này không hiện lại.",
    "If you lose your phone, each of these stands in for the app once. Write them down and keep them safe: they are not shown again.",
)
WRITTEN_DOWN = Text("Tôi đã chép, tiếp tục", "I wrote them down, go on")
AGAIN = Text("Đăng nhập lại", "Sign in again")
BACK = Text("Về trang bảo mật", "Back to sign-in and security")


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """What the app on the phone is given, and what was wrong with the code typed."""

    qr: str
    key: str
    address: str
    action: str
    problem: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Recovery codes, shown once."""

    codes: tuple[str, ...]
    following: str


@dataclass(frozen=True, slots=True)
class StoppedPage:
    """Why it cannot be set up now, and where to go."""

    reason: str
    href: str
    again: bool


def code_input(identity: str, label: Text, **properties: Node) -> Node:
    """An input for a code: phones offer the one that just came, and show digits."""
    return h.div(
        h.label(label, html_for=identity, class_name="font-semibold text-sm"),
        h.input(
            id=identity,
            name="code",
            type="text",
            auto_complete="one-time-code",
            auto_capitalize="characters",
            custom_attrs={"spellcheck": "false"},
            max_length=20,
            required=True,
            aria_describedby=f"problem-{identity}",
            class_name="input w-full h-12 text-xl tracking-widest num",
            **{"input_mode": "numeric"} | properties,
        ),
        class_name="space-y-1",
    )


def _step(number: str, text: Text, *content: Node) -> Node:
    return h.li(
        h.span(
            number,
            aria_hidden="true",
            class_name="size-7 shrink-0 rounded-full bg-primary text-primary-content grid place-items-center font-semibold text-sm",
        ),
        h.div(h.p(text), *content, class_name="space-y-3 min-w-0 flex-1"),
        class_name="flex gap-3",
    )


def set_up_content(page: Node) -> Node:
    """Setting the second factor up."""
    return shop_frame(
        h.div(
            page_title(TITLE),
            h.p(WHY, class_name="text-quiet"),
            when(
                page.required,
                h.p(REQUIRED, role="status", class_name="alert alert-warning alert-soft text-base-content"),
            ),
            panel(
                h.form(
                    h.ol(
                        _step("1", STEP_APP),
                        _step(
                            "2",
                            STEP_SCAN,
                            h.img(
                                src=page.qr,
                                alt=QR,
                                width="245",
                                height="245",
                                class_name="bg-white rounded-field mx-auto w-60 h-60",
                            ),
                            h.p(
                                h.span(KEY, ": ", class_name="text-quiet"),
                                h.code(page.key, class_name="num font-semibold break-words select-all"),
                            ),
                            h.a(ON_THIS_PHONE, href=page.address, class_name=f"{OUTLINE} w-full md:hidden"),
                        ),
                        _step(
                            "3",
                            STEP_TYPE,
                            code_input("code", CODE),
                            problem_text(page.problem, "code"),
                            h.button(TURN_ON, type="submit", class_name=f"{PRIMARY} w-full text-base"),
                        ),
                        class_name="space-y-5",
                    ),
                    action=page.action,
                    method="post",
                )
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


def codes_content(page: Node) -> Node:
    """The recovery codes, this once."""
    return shop_frame(
        h.div(
            page_title(CODES_TITLE),
            h.p(CODES_WHY, class_name="text-quiet"),
            panel(
                h.ul(
                    each(page.codes, lambda code: h.li(h.code(code, class_name="num text-lg font-semibold"))),
                    class_name="grid grid-cols-2 gap-x-4 gap-y-2 text-center",
                )
            ),
            h.a(WRITTEN_DOWN, href=page.following, class_name=f"{PRIMARY} w-full text-base"),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


def stopped_content(page: Node) -> Node:
    """What has to be done first."""
    return shop_frame(
        h.div(
            page_title(TITLE),
            panel(
                h.p(page.reason, role="alert"),
                h.a(when(page.again, AGAIN, BACK), href=page.href, class_name=f"{PRIMARY} w-full text-base"),
                class_name="space-y-4",
            ),
            class_name="max-w-md mx-auto space-y-4",
        ),
        active="me",
    )


SET_UP_VIEW = FirstView(set_up_content)
CODES_VIEW = FirstView(codes_content)
STOPPED_VIEW = FirstView(stopped_content)
