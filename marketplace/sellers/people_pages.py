"""The people of a shop, on the owner's phone; and the page an invitation leads to."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.sellers.people_state import JoinState, PeopleState
from marketplace.ui.blocks import badge, empty_state, page_title, panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, copy_button, form_problem
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, h, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, live_page
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Người cùng bán", "People of the shop")
UNDER = Text("Mỗi người chỉ làm được những việc bạn giao.", "Everybody can do only what you give them to do.")
BACK = Text("Hôm nay", "Today")
EVERYTHING = Text("Làm được mọi việc.", "Can do everything.")
SAVE = Text("Lưu việc được giao", "Save the tasks")
LET_GO = Text("Cho thôi", "Let go")
INVITE = Text("Mời thêm người", "Invite somebody")
INVITE_HINT = Text(
    "Chọn việc, tạo đường dẫn rồi gửi cho người đó qua Zalo hay tin nhắn. Dùng được một lần, trong 7 ngày.",
    "Choose the tasks, make a link and send it to them. It is good once, for 7 days.",
)
MAKE_LINK = Text("Tạo đường dẫn mời", "Make an invitation link")
LINK = Text("Đường dẫn mời, chỉ hiện lần này:", "The invitation link, shown only now:")
COPY = Text("Chép đường dẫn", "Copy the link")
JOIN_TITLE = Text("Lời mời cùng bán", "An invitation to help")
JOIN_TO = Text("Bạn được mời giúp gian hàng {store}, với những việc:", "You are invited to help {store}, to do this:")
JOIN = Text("Tham gia", "Join")
JOIN_AFTER = Text(
    "Tham gia xong, hãy đăng nhập lại để dùng quyền mới.", "Once you joined, sign in again to use your new rights."
)
GONE = Text("Lời mời không còn dùng được", "This invitation is no longer good")
GONE_HINT = Text("Hãy xin chủ gian hàng một đường dẫn mới.", "Ask the shop's owner for a new link.")
HOME = Text("Về trang chủ", "To the home page")


def _box(box: Node) -> Node:
    return h.label(
        h.input(
            type="checkbox",
            name=box.name,
            id=box.identity,
            default_checked=box.ticked,
            class_name="checkbox checkbox-primary",
        ),
        h.span(box.label, class_name="flex-1"),
        class_name="flex gap-3 items-center min-h-11 cursor-pointer text-sm",
    )


def _helper(one: Node) -> Node:
    return h.li(
        h.p(
            h.span(one.name, class_name="font-semibold"),
            badge(one.role),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        when(
            one.owner,
            h.p(EVERYTHING, class_name="text-sm text-quiet"),
            h.form(
                h.input(type="hidden", name="account_id", value=one.account_id),
                each(one.boxes, _box),
                h.div(
                    h.button(SAVE, type="submit", class_name=f"{OUTLINE} flex-1"),
                    h.button(LET_GO, type="button", on_click=PeopleState.let_go(one.account_id), class_name=QUIET),
                    class_name="flex gap-2 pt-1",
                ),
                on_submit=PeopleState.give,
                key=one.key,
                custom_attrs={"data-once": PeopleState.answered},
            ),
        ),
        class_name="py-3 space-y-1",
    )


def people_content(page: Node) -> Node:
    """Who sells here."""
    return seller_frame(
        title_below(BACK, "/seller", TITLE, under=UNDER),
        h.p(
            PeopleState.notice,
            role="status",
            class_name="alert alert-success alert-soft text-base-content empty:hidden",
        ),
        form_problem(PeopleState.problem),
        panel(h.ul(each(page.people, _helper), class_name="divide-y divide-base-300")),
        panel(
            panel_title(INVITE, "plus"),
            h.p(INVITE_HINT, class_name="text-quiet text-sm"),
            h.form(
                each(page.boxes, _box),
                h.button(MAKE_LINK, type="submit", class_name=f"{PRIMARY} w-full"),
                on_submit=PeopleState.invite,
                custom_attrs={"data-once": PeopleState.answered},
                class_name="space-y-1",
            ),
            when(
                PeopleState.link,
                h.div(
                    h.p(LINK, class_name="text-sm"),
                    h.p(PeopleState.link, class_name="break-all rounded-field bg-base-200 p-3 text-sm select-all"),
                    copy_button(COPY, PeopleState.link, class_name=f"{OUTLINE} w-full"),
                    role="status",
                    class_name="space-y-2",
                ),
            ),
            class_name="space-y-3",
        ),
        active="more",
        narrow=True,
    )


def join_content(page: Node) -> Node:
    """The invitation, for whom it was sent to."""
    return shop_frame(
        when(
            page.store_name,
            h.div(
                page_title(JOIN_TITLE),
                panel(
                    h.p(say(JOIN_TO, store=page.store_name)),
                    h.ul(each(page.tasks, lambda task: h.li(task)), class_name="list-disc pl-5"),  # noqa: PLW0108
                    h.p(JOIN_AFTER, class_name="text-sm text-quiet"),
                    form_problem(JoinState.problem),
                    h.button(JOIN, type="button", on_click=JoinState.join, class_name=f"{PRIMARY} w-full text-base"),
                    class_name="space-y-3",
                ),
                class_name="max-w-md mx-auto space-y-4",
            ),
            empty_state("person", GONE, GONE_HINT, h.a(HOME, href="/", class_name=PRIMARY), alone=True),
        ),
        active="me",
        basket_count=JoinState.basket_count,
    )


PEOPLE_PAGES = (
    Page(
        "/seller/people",
        lambda: live_page(PeopleState, people_content),
        PeopleState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
    Page("/seller/join", lambda: live_page(JoinState, join_content), JoinState.load, JOIN_TITLE),
)
