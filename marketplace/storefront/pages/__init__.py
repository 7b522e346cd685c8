"""The public pages. Each content function makes both the first view and the live page."""

from __future__ import annotations

from marketplace.storefront.pages.home import home_content
from marketplace.storefront.pages.listing import listing_content
from marketplace.storefront.pages.lot import lot_content
from marketplace.storefront.pages.product import PREVIEW, preview_content, product_content
from marketplace.storefront.pages.store import store_content
from marketplace.storefront.state import (
    HomeState,
    ListingState,
    LotPassportState,
    PreviewState,
    ProductState,
    StoreState,
)
from marketplace.ui.markup import FirstView
from marketplace.ui.page import Page, live_page

HOME_VIEW = FirstView(home_content)
LISTING_VIEW = FirstView(listing_content)
LOT_VIEW = FirstView(lot_content)
PRODUCT_VIEW = FirstView(product_content)
STORE_VIEW = FirstView(store_content)

PAGES = (
    Page("/", lambda: live_page(HomeState, home_content), HomeState.load, own_first_view=True),
    Page("/search", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    Page("/c/[category]", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    Page("/p/[product]", lambda: live_page(ProductState, product_content), ProductState.load, own_first_view=True),
    Page(
        "/seller/products/[product]/preview",
        lambda: live_page(PreviewState, preview_content),
        PreviewState.load,
        PREVIEW,
    ),
    Page(
        "/lot/[code]",
        lambda: live_page(LotPassportState, lot_content),
        LotPassportState.load,
        own_first_view=True,
    ),
    Page("/s/[store]", lambda: live_page(StoreState, store_content), StoreState.load, own_first_view=True),
)
