"""What stands where there is no page, or none that can be shown."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import empty_state
from marketplace.ui.forms import PRIMARY
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, h

GONE = Text("Không có trang này", "There is no such page")
GONE_HINT = Text(
    "Có thể sản phẩm đã ngừng bán hoặc địa chỉ gõ chưa đúng.",
    "The product may no longer be sold, or the address is not right.",
)
TROUBLE_HINT = Text(
    "Những gì bạn đã đặt và đã gõ ở trang trước không mất. Chờ một chút rồi tải lại trang này.",
    "What you ordered, and what you typed on the page before, is not lost. Wait a moment, then load this page again.",
)
TO_HOME = Text("Về trang chủ", "To the home page")
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")


def no_such_page(_: Node) -> Node:
    """There is no such page, and what to do now."""
    return shop_frame(
        empty_state("search", GONE, GONE_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY), alone=True)
    )


def trouble_content(page: Node) -> Node:
    """Why a page cannot be shown, and what to do now."""
    return shop_frame(
        empty_state("warning", page.reason, TROUBLE_HINT, h.a(TO_HOME, href="/", class_name=PRIMARY), alone=True)
    )
