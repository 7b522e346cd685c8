"""Read models of the public pages."""

from marketplace.storefront.service.delivering import communes_like, to_commune
from marketplace.storefront.service.home import home
from marketplace.storefront.service.listing import listing
from marketplace.storefront.service.product import preview, product
from marketplace.storefront.service.store import store

__all__ = ["communes_like", "home", "listing", "preview", "product", "store", "to_commune"]
