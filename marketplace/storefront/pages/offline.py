"""What stands where a page was never seen and there is no connection; kept by the service worker."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.layout import logo
from marketplace.ui.markup import Node, h

OFFLINE = Text("Bạn đang ngoại tuyến", "You are offline")
SEEN = Text("Trang bạn đã xem", "Pages you have seen")
HINTS = (
    ("vi", "Trang này chưa được lưu trên máy. Giỏ hàng và đơn hàng của bạn vẫn còn; có mạng lại là mở được."),
    ("en", "This page is not kept on your device. Your basket and orders are safe; they open once you are connected."),
)


def offline_content(_: Node) -> Node:
    """Said in both languages: whoever reads it may have changed theirs since it was kept."""
    return h.main(
        logo(),
        h.h1(OFFLINE, class_name="text-xl font-semibold"),
        *(h.p(hint, lang=language) for language, hint in HINTS),
        h.section(
            h.h2(SEEN, class_name="font-semibold"),
            # Filled by offline.js.
            h.ul(data_seen=""),
            hidden=True,
        ),
        id="main",
        class_name="max-w-xl mx-auto p-4 space-y-4",
    )
