"""What public pages tell search engines of what they show, as schema.org's JSON-LD."""

from __future__ import annotations

from typing import Any

from marketplace.base import media
from marketplace.base.ratings import MOST_STARS
from marketplace.catalog.rules import Unit
from marketplace.catalog.views import ProductView, VariantView
from marketplace.settings import settings
from marketplace.storefront.views import ListingPage, ProductPage, SellerCard, StorePage
from marketplace.ui.shell import PRODUCT_NAME

Data = dict[str, Any]
CONTEXT = {"@context": "https://schema.org"}
UNIT_CODES = {
    Unit.KILOGRAM: "KGM",
    Unit.GRAM: "GRM",
    Unit.LITRE: "LTR",
    Unit.QUINTAL: "DTN",
    Unit.TON: "TNE",
    Unit.DOZEN_OF_TWELVE: "DZN",
}
"""Common codes of the United Nations (Recommendation 20) for units that have one; the rest are pieces."""
PIECE = "C62"


def address(path: str) -> str:
    """The whole address of a path on this site."""
    return settings().public + path


def breadcrumb(*steps: tuple[str, str]) -> Data:
    """The way to a page, each step with its name and path."""
    return CONTEXT | {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def website() -> Data:
    """The site, and how to search it."""
    return CONTEXT | {
        "@type": "WebSite",
        "name": PRODUCT_NAME,
        "url": address("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": address("/search?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }


def organization(description: str) -> Data:
    """Whoever runs the market."""
    return CONTEXT | {
        "@type": "Organization",
        "name": PRODUCT_NAME,
        "url": address("/"),
        "logo": address("/icons/app-512.png"),
        "description": description,
    }


def product_data(page: ProductPage) -> Data:
    """A product with an offer for each of its variants."""
    product = page.product
    offers = [_offer(product, variant, page.seller) for variant in product.variants or (product.chosen,)]
    data: Data = CONTEXT | {
        "@type": "Product",
        "name": product.name,
        "sku": product.chosen.sku,
        "url": address(product.href),
        "description": " ".join(product.description) or product.name,
        "category": product.category.name,
        "brand": {"@type": "Brand", "name": page.seller.name},
        "countryOfOrigin": {"@type": "Country", "name": "VN"},
        "offers": offers if product.several_variants else offers[0],
    }
    if product.pictures:
        data["image"] = [address(media.picture_url(picture.key, media.WIDTHS[-1])) for picture in product.pictures]
    if product.reviews:
        data["aggregateRating"] = _rating(product.rating, product.reviews)
        data["review"] = [
            {
                "@type": "Review",
                "author": {"@type": "Person", "name": review.author},
                "datePublished": review.written[:10],
                "reviewBody": " ".join(review.text),
                "reviewRating": {"@type": "Rating", "ratingValue": review.stars, "bestRating": MOST_STARS},
            }
            for review in page.reviews.latest
        ]
    return data


def _rating(average: float, count: int) -> Data:
    return {
        "@type": "AggregateRating",
        "ratingValue": average,
        "reviewCount": count,
        "bestRating": MOST_STARS,
        "worstRating": 1,
    }


def _offer(product: ProductView, variant: VariantView, seller: SellerCard) -> Data:
    by_weight = variant.weighed.price_per_kilogram if variant.weighed else 0
    unit = Unit.KILOGRAM if by_weight else Unit(variant.unit)
    offer: Data = {
        "@type": "Offer",
        "sku": variant.sku,
        "url": address(variant.href if product.several_variants else product.href),
        "priceCurrency": "VND",
        "price": str(variant.price),
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": str(by_weight or variant.price),
            "priceCurrency": "VND",
            "referenceQuantity": {
                "@type": "QuantitativeValue",
                "value": "1",
                "unitCode": UNIT_CODES.get(unit, PIECE),
                "unitText": variant.price_unit,
            },
        },
        "availability": f"https://schema.org/{_availability(product, variant)}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": seller.name, "url": address(seller.href)},
    }
    if variant.label:
        offer["name"] = variant.label
    if product.expected_on:
        offer["availabilityStarts"] = product.expected_on.isoformat()
    return offer


def _availability(product: ProductView, variant: VariantView) -> str:
    if not variant.in_stock:
        return "OutOfStock"
    return "PreOrder" if product.expected_on else "InStock"


def store_data(page: StorePage, path: str) -> Data:
    """A shop, and who is behind it."""
    locality, _, region = page.place.rpartition(", ")
    data: Data = CONTEXT | {
        "@type": "Store",
        "@id": address(path),
        "name": page.name,
        "legalName": page.legal_name,
        "url": address(path),
        "telephone": page.phone_href.removeprefix("tel:"),
        "currenciesAccepted": "VND",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": page.address,
            "addressLocality": locality,
            "addressRegion": region,
            "addressCountry": "VN",
        },
    }
    if page.tax_code:
        data["taxID"] = page.tax_code
    if page.portrait:
        data["logo"] = address(page.portrait)
        data["image"] = address(page.banner or page.portrait)
    if page.story:
        data["description"] = " ".join(page.story)
    if page.position:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": page.position[0],
            "longitude": page.position[1],
        }
    if page.hours:
        data["openingHoursSpecification"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{day}",
                "opens": opens,
                "closes": closes,
            }
            for day, opens, closes in page.hours
        ]
    if page.reviews:
        data["aggregateRating"] = _rating(page.rating, page.reviews)
    return data


def list_data(page: ListingPage) -> Data:
    """The goods of a list in their order."""
    return CONTEXT | {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": address(card.href), "name": card.name}
            for number, card in enumerate(page.cards, start=1)
        ],
    }
