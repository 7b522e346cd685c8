"""Read models of the public pages."""

from marketplace.storefront.service.delivering import communes_like, to_commune
from marketplace.storefront.service.following import following
from marketplace.storefront.service.home import home
from marketplace.storefront.service.listing import listing
from marketplace.storefront.service.product import preview, product
from marketplace.storefront.service.reviews import reviews_page
from marketplace.storefront.service.store import own_store, store

__all__ = [
    "communes_like",
    "following",
    "home",
    "listing",
    "own_store",
    "preview",
    "product",
    "reviews_page",
    "store",
    "to_commune",
]
