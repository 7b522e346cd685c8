"""Use cases of the catalogue: listing and finding goods, selling them."""

from marketplace.base.media import picture_url
from marketplace.catalog.service.cards import cards_by_slug
from marketplace.catalog.service.categories import branches, category_by_slug, category_slugs, named_paths, tree
from marketplace.catalog.service.certificates import (
    add_certificate,
    attach_document,
    certificates_of_shop,
    my_certificates,
    remove_certificate,
)
from marketplace.catalog.service.counting import count_rating, count_sale, reviewed, set_ratings
from marketplace.catalog.service.instead import instead
from marketplace.catalog.service.listing import list_products, warm
from marketplace.catalog.service.named import listed_product, named_products, own_named_product, weighed_skus
from marketplace.catalog.service.newest import newest_goods
from marketplace.catalog.service.own_goods import count_low_stock, my_product, my_products, typed_tiers
from marketplace.catalog.service.products import (
    preview_product,
    product_by_slug,
    sku_for_sale,
    sku_ids_of,
    skus_for_sale,
)
from marketplace.catalog.service.query import ListQuery, Sort, without
from marketplace.catalog.service.reference import sync_reference_data
from marketplace.catalog.service.sections import (
    add_section,
    choose_product,
    leave_out_product,
    move_product,
    move_section,
    my_sections,
    remove_section,
    rename_section,
    sections_of,
)
from marketplace.catalog.service.selling import (
    add_picture,
    arrange_pictures,
    create_product,
    describe_product,
    on_seller_status,
    put_back_picture,
    remove_picture,
    set_price,
    set_status,
    set_stock,
    update_product,
)
from marketplace.catalog.service.site import SiteEntry, SitePart, product_is_gone, site_parts, site_products, site_shops
from marketplace.catalog.service.suggesting import suggest
from marketplace.catalog.service.told import attribute_fields, calendar_of
from marketplace.catalog.service.variants import (
    add_variant,
    change_variant,
    move_variant,
    switch_variant,
    turn_prices,
)

__all__ = [
    "ListQuery",
    "SiteEntry",
    "SitePart",
    "Sort",
    "add_certificate",
    "add_picture",
    "add_section",
    "add_variant",
    "arrange_pictures",
    "attach_document",
    "attribute_fields",
    "branches",
    "calendar_of",
    "cards_by_slug",
    "category_by_slug",
    "category_slugs",
    "certificates_of_shop",
    "change_variant",
    "choose_product",
    "count_low_stock",
    "count_rating",
    "count_sale",
    "create_product",
    "describe_product",
    "instead",
    "leave_out_product",
    "list_products",
    "listed_product",
    "move_product",
    "move_section",
    "move_variant",
    "my_certificates",
    "my_product",
    "my_products",
    "my_sections",
    "named_paths",
    "named_products",
    "newest_goods",
    "on_seller_status",
    "own_named_product",
    "picture_url",
    "preview_product",
    "product_by_slug",
    "product_is_gone",
    "put_back_picture",
    "remove_certificate",
    "remove_picture",
    "remove_section",
    "rename_section",
    "reviewed",
    "sections_of",
    "set_price",
    "set_ratings",
    "set_status",
    "set_stock",
    "site_parts",
    "site_products",
    "site_shops",
    "sku_for_sale",
    "sku_ids_of",
    "skus_for_sale",
    "suggest",
    "switch_variant",
    "sync_reference_data",
    "tree",
    "turn_prices",
    "typed_tiers",
    "update_product",
    "warm",
    "weighed_skus",
    "without",
]
