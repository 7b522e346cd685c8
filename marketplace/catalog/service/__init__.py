"""Use cases of the catalogue: listing and finding goods, selling them."""

from marketplace.base.media import picture_url
from marketplace.catalog.service.categories import category_by_slug, tree
from marketplace.catalog.service.listing import list_products, newest_paths, warm
from marketplace.catalog.service.products import preview_product, product_by_slug, sku_for_sale, skus_for_sale
from marketplace.catalog.service.query import ListQuery, Sort
from marketplace.catalog.service.reference import sync_reference_data
from marketplace.catalog.service.selling import (
    add_picture,
    arrange_pictures,
    count_low_stock,
    count_sale,
    create_product,
    my_product,
    my_products,
    on_seller_status,
    put_back_picture,
    remove_picture,
    set_price,
    set_status,
    set_stock,
    update_product,
)

__all__ = [
    "ListQuery",
    "Sort",
    "add_picture",
    "arrange_pictures",
    "category_by_slug",
    "count_low_stock",
    "count_sale",
    "create_product",
    "list_products",
    "my_product",
    "my_products",
    "newest_paths",
    "on_seller_status",
    "picture_url",
    "preview_product",
    "product_by_slug",
    "put_back_picture",
    "remove_picture",
    "set_price",
    "set_status",
    "set_stock",
    "sku_for_sale",
    "skus_for_sale",
    "sync_reference_data",
    "tree",
    "update_product",
    "warm",
]
