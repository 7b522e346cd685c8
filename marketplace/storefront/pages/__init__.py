"""The public pages. Each content function makes both the first view and the live page.

What Reflex compiles of a page lies in a file named after the module its `Page` stands in, so each that a visitor may see
alone has one of its own: whoever opens a product fetches nothing of shops (docs/decisions/0009-weight.md).
"""

from __future__ import annotations

from marketplace.storefront.pages.following import FOLLOWING_PAGE
from marketplace.storefront.pages.home import home_content
from marketplace.storefront.pages.listing import listing_content
from marketplace.storefront.pages.lot import LOT_PAGE, lot_content
from marketplace.storefront.pages.own_store import OWN_STORE_PAGE
from marketplace.storefront.pages.preview import PREVIEW_PAGE
from marketplace.storefront.pages.product import PRODUCT_PAGE, product_content
from marketplace.storefront.pages.reviews import REVIEWS_PAGE, reviews_content
from marketplace.storefront.pages.store import STORE_PAGE, store_content
from marketplace.storefront.state import HomeState, ListingState
from marketplace.ui.markup import FirstView
from marketplace.ui.page import Page, live_page

HOME_VIEW = FirstView(home_content)
LISTING_VIEW = FirstView(listing_content)
LOT_VIEW = FirstView(lot_content)
PRODUCT_VIEW = FirstView(product_content)
STORE_VIEW = FirstView(store_content)
REVIEWS_VIEW = FirstView(reviews_content)

PAGES = (
    Page("/", lambda: live_page(HomeState, home_content), HomeState.load, own_first_view=True),
    Page("/search", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    Page("/c/[category]", lambda: live_page(ListingState, listing_content), ListingState.load, own_first_view=True),
    PRODUCT_PAGE,
    PREVIEW_PAGE,
    REVIEWS_PAGE,
    LOT_PAGE,
    STORE_PAGE,
    OWN_STORE_PAGE,
    FOLLOWING_PAGE,
)
