"""A shop's page for its own people, before shoppers may see it."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.storefront.pages.store import FOLLOW, store_shown
from marketplace.storefront.state import OwnStoreState
from marketplace.ui.forms import OUTLINE, PRIMARY
from marketplace.ui.icons import icon
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import Node, h
from marketplace.ui.page import Page, inner_link, live_page

PREVIEW = Text("Xem trước gian hàng của bạn", "Preview of your shop")
PREVIEW_HINT = Text(
    "Khách thấy trang này khi gian hàng đã được duyệt.", "Shoppers see this page once the shop is approved."
)
BACK = Text("Sửa trang gian hàng", "Edit the page")


def own_store_content(page: Node) -> Node:
    """What shoppers see or would see, with the way back to the form."""
    return shop_frame(
        h.aside(
            icon("eye", "size-6 text-urgent"),
            h.div(
                h.p(PREVIEW, class_name="font-semibold"),
                h.p(PREVIEW_HINT, class_name="text-sm text-quiet"),
                class_name="flex-1 min-w-56",
            ),
            inner_link(BACK, to="/seller/shop", class_name=OUTLINE),
            aria_label=PREVIEW,
            class_name="flex flex-wrap items-center gap-3 rounded-box border border-warning bg-base-100 p-4",
        ),
        store_shown(page, h.button(icon("heart"), FOLLOW, type="button", disabled=True, class_name=PRIMARY)),
        basket_count=OwnStoreState.basket_count,
    )


OWN_STORE_PAGE = Page(
    "/seller/shop/preview", lambda: live_page(OwnStoreState, own_store_content), OwnStoreState.load, PREVIEW
)
