"""The frame of the staff's pages: navigation at the side on a desktop, along the top on a phone."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.blocks import empty_state
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import DARK, LANGUAGE, LIGHT, OTHER_LANGUAGE, SKIP, shop_frame
from marketplace.ui.markup import Node, h, when
from marketplace.ui.page import inner_link

PLACE = Text("Chợ Quê · Tỉnh", "Chợ Quê · Province")
NAVIGATION = Text("Trang của cán bộ", "Staff pages")
INDICATORS = Text("Chỉ tiêu", "Indicators")
APPLICATIONS = Text("Duyệt gian hàng", "Applications")
LOTS = Text("Thu hồi lô", "Recalls")
FIGURES = Text("Số liệu ngoài", "Outside figures")
RUNS = Text("Chuyến gom", "Pickup runs")
REVIEWS = Text("Đánh giá bị báo", "Reported reviews")
PUBLIC = Text("Trang công khai", "Public page")
MARKET = Text("Về chợ", "To the market")
ACCOUNT = Text("Tài khoản", "Account")
FOR_STAFF = Text("Trang này dành cho cán bộ", "This page is for staff")
SIGN_IN_HINT = Text("Hãy đăng nhập bằng tài khoản cán bộ của bạn.", "Sign in with your staff account.")
NO_RIGHT_HINT = Text(
    "Tài khoản của bạn chưa được giao việc này. Hãy hỏi người vận hành của tỉnh.",
    "Your account has not been given this task. Ask the province's operator.",
)
SIGN_IN = Text("Đăng nhập", "Sign in")

GRANTED = "granted"
GUEST = "guest"
WEAK = "weak"
"""Signed in without the second factor that the right needs."""
WEAK_TITLE = Text("Cần lớp bảo vệ thứ hai", "A second factor is needed")
WEAK_HINT = Text(
    "Trang của cán bộ chỉ mở khi tài khoản đã bật lớp bảo vệ thứ hai. Mất chừng hai phút, với điện thoại của bạn.",
    "The staff's pages open once your account has a second factor. It takes two minutes, with your phone.",
)
WEAK_ACTION = Text("Bật ngay", "Set it up now")

_LINK = "flex items-center gap-2 rounded-field px-2.5 md:px-3 min-h-11 text-sm whitespace-nowrap"
_HERE = f"{_LINK} bg-primary/10 text-primary font-semibold"
_AWAY = f"{_LINK} hover:bg-base-200"


def _item(symbol: str, label: Text, path: str, here: bool, count: Node = None) -> Node:
    return h.li(
        inner_link(
            icon(symbol, "size-4 hidden md:block"),
            h.span(label),
            when(count, h.span(count, class_name="num badge badge-sm badge-accent")) if count is not None else None,
            to=path,
            class_name=_HERE if here else _AWAY,
            custom_attrs={"aria-current": "page"} if here else {},
        )
    )


def _plain(label: Text, path: str | Text, shown: str = "inline-flex") -> Node:
    return h.a(label, href=path, class_name=f"link link-hover items-center min-h-11 {shown}")


def _elsewhere() -> tuple[Node, ...]:
    return (
        _plain(PUBLIC, "/statistics"),
        _plain(MARKET, "/"),
        _plain(ACCOUNT, "/account"),
        _plain(LANGUAGE, OTHER_LANGUAGE),
        _plain(DARK, "/preferences?theme=dark", "inline-flex dark:hidden"),
        _plain(LIGHT, "/preferences?theme=light", "hidden dark:inline-flex"),
    )


def staff_frame(*content: Node, active: str, waiting: Node = None, notice: Node = None) -> Node:
    """A page of the staff; `waiting` is how many applications wait, `notice` a short word over the page."""
    return h.div(
        h.a(
            SKIP,
            href="#main",
            class_name="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-base-100 focus:p-3",
        ),
        h.header(
            h.a(PLACE, href="/", class_name="text-primary font-semibold text-lg px-3 min-h-11 flex items-center"),
            h.nav(
                h.ul(
                    _item("chart", INDICATORS, "/staff", active == "indicators"),
                    _item("store", APPLICATIONS, "/staff/sellers", active == "applications", waiting),
                    _item("warning", LOTS, "/staff/lots", active == "lots"),
                    _item("star", REVIEWS, "/staff/reviews", active == "reviews"),
                    _item("truck", RUNS, "/seller/runs", active == "runs"),
                    _item("grid", FIGURES, "/staff/figures", active == "figures"),
                    class_name="flex md:flex-col gap-1 overflow-x-auto md:overflow-visible",
                ),
                aria_label=NAVIGATION,
            ),
            h.div(*_elsewhere(), class_name="hidden md:flex flex-col px-3 text-sm mt-auto"),
            class_name="bg-base-100 border-base-300 border-b md:border-b-0 md:border-r p-2 md:p-4 flex flex-col gap-1 "
            "md:gap-3 md:sticky md:top-0 md:h-dvh",
        ),
        h.main(*content, id="main", class_name="p-4 md:p-6 space-y-5 min-w-0 max-w-7xl"),
        h.footer(
            *_elsewhere(),
            class_name="md:hidden flex flex-wrap gap-x-4 p-4 text-sm bg-base-100 border-t border-base-300",
        ),
        notice,
        class_name="bg-base-200 min-h-dvh md:grid md:grid-cols-[15rem_1fr]",
    )


def only_for_staff(state: Any, content: Node, path: str) -> Node:
    """The content for those who have the right, else what to do about it."""
    return when(
        state.access == GRANTED,
        content,
        shop_frame(
            h.h1(NAVIGATION, class_name="sr-only"),
            when(
                state.access == GUEST,
                empty_state(
                    "shield",
                    FOR_STAFF,
                    SIGN_IN_HINT,
                    h.a(SIGN_IN, href=f"/account/sign-in?next={path}", class_name=PRIMARY),
                ),
                when(
                    state.access == WEAK,
                    empty_state(
                        "lock",
                        WEAK_TITLE,
                        WEAK_HINT,
                        h.a(WEAK_ACTION, href=f"/account/second-factor/set-up?next={path}", class_name=PRIMARY),
                    ),
                    empty_state("shield", FOR_STAFF, NO_RIGHT_HINT, h.a(MARKET, href="/", class_name=OUTLINE)),
                ),
            ),
            basket_count=state.basket_count,
        ),
    )
