"""The page of a product for its own seller: apart from the public one, whose visitors need nothing of it."""

from __future__ import annotations

from marketplace.storefront.pages.product import PREVIEW, preview_content
from marketplace.storefront.state import PreviewState
from marketplace.ui.page import Page, live_page

PREVIEW_PAGE = Page(
    "/seller/products/[product]/preview",
    lambda: live_page(PreviewState, preview_content),
    PreviewState.load,
    PREVIEW,
)
