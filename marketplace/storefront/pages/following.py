"""The shops somebody follows, with what is new in each."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.parts import portrait, product_card
from marketplace.storefront.state import FollowingState
from marketplace.ui.blocks import badge, empty_state, page_title
from marketplace.ui.forms import PRIMARY, QUIET
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, each, filled, h, when
from marketplace.ui.page import Page, live_page

TITLE = Text("Gian hàng theo dõi", "Shops I follow")
NONE = Text("Bạn chưa theo dõi gian hàng nào", "You follow no shops yet")
NONE_HINT = Text(
    "Bấm Theo dõi trên một gian hàng; hàng mới của họ hiện ở đây.",
    "Tap Follow on a shop's page; its new goods appear here.",
)
GUEST = Text("Đăng nhập để theo dõi gian hàng", "Sign in to follow shops")
LOOK = Text("Xem hàng đang bán", "See what is on sale")
SIGN_IN = Text("Đăng nhập", "Sign in")
STOP = Text("Thôi theo dõi", "Stop following")


def _shop(shop: Node) -> Node:
    return h.li(
        h.div(
            portrait(shop.portrait, "size-12", "size-6"),
            h.div(
                h.h2(
                    h.a(shop.name, href=shop.href, class_name="link link-hover inline-flex items-center min-h-11"),
                    class_name="font-semibold",
                ),
                h.p(shop.place, class_name="text-sm text-quiet -mt-2"),
                class_name="flex-1 min-w-0",
            ),
            when(shop.news_text, badge(shop.news_text, "success")),
            h.button(
                STOP,
                h.span(" · ", shop.name, class_name="sr-only"),
                type="button",
                on_click=FollowingState.unfollow(shop.slug),
                class_name=f"{QUIET} text-sm font-normal px-2",
            ),
            class_name="flex flex-wrap items-center gap-x-3",
        ),
        when(
            filled(shop.cards),
            h.ul(
                each(shop.cards, lambda card: product_card(card, "w-[10.5rem] md:w-auto shrink-0 snap-start")),
                class_name="scroll-row -mx-4 px-4 pb-1 md:grid md:grid-cols-4 md:mx-0 md:px-0",
            ),
        ),
        key=shop.slug,
        class_name="rounded-box bg-base-100 border border-base-300 p-4 space-y-3 overflow-hidden",
    )


def following_content(page: Node) -> Node:
    """Shops with news first."""
    return shop_frame(
        page_title(TITLE),
        when(
            filled(page.shops),
            h.ul(each(page.shops, _shop), class_name="space-y-4"),
            when(
                page.signed_in,
                empty_state("heart", NONE, NONE_HINT, h.a(LOOK, href="/search", class_name=PRIMARY)),
                empty_state(
                    "heart",
                    GUEST,
                    NONE_HINT,
                    h.a(SIGN_IN, href="/account/sign-in?next=/account/shops", class_name=PRIMARY),
                ),
            ),
        ),
        active="me",
        basket_count=FollowingState.basket_count,
    )


FOLLOWING_PAGE = Page(
    "/account/shops", lambda: live_page(FollowingState, following_content), FollowingState.load, TITLE
)
