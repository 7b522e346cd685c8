"""What stands where there is no page."""

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
LOOK_AROUND = Text("Xem hàng đang bán", "See what is on sale")


def no_such_page(_: Node) -> Node:
    """There is no such page, and what to do now."""
    return shop_frame(
        empty_state("search", GONE, GONE_HINT, h.a(LOOK_AROUND, href="/search", class_name=PRIMARY), alone=True)
    )
