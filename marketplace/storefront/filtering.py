"""The filters of a listing as links: each with how many goods it would leave, all others held. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from marketplace.base.money import show_money
from marketplace.base.text import Locale, Text
from marketplace.catalog.rules import CERTIFICATE_LABELS, CertificateKind
from marketplace.catalog.service import ListQuery, Sort, without
from marketplace.catalog.service.query import BANDS, UNCHOSEN
from marketplace.catalog.views import CategoryLink, Counts
from marketplace.sellers.rules import KIND_LABELS, SellerKind
from marketplace.storefront.views import Choice, Filters, Group, KeptField

MOST_COMMUNES = 12
BEST_MATCH = Text("Phù hợp nhất", "Best match")
FILTER = Text("Lọc", "Filter")
CHOSEN = Text("Lọc · {count}", "Filter · {count}")
CATEGORY = Text("Danh mục", "Category")
PRICE = Text("Giá", "Price")
UNDER = Text("Dưới {price}", "Under {price}")
OVER = Text("Trên {price}", "Over {price}")
STARS = Text("{stars}★ trở lên", "{stars}★ and up")
ORIGIN = Text("Nơi sản xuất", "Origin")
KIND = Text("Người bán", "Seller")
AVAILABILITY = Text("Tình trạng", "Availability")
IN_STOCK = Text("Còn hàng", "In stock")
PREORDER = Text("Đặt trước mùa tới", "Pre-order")
CERTIFICATE = Text("Chứng nhận", "Certificate")
COUNT = Text("{count} sản phẩm", "{count} products")
ONE = Text("{count} sản phẩm", "{count} product")
DELIVERED = Text("Giao đến {place}", "Delivered to {place}")
SORT_LABELS: dict[Sort, Text] = {
    Sort.POPULAR: Text("Bán chạy", "Popular"),
    Sort.NEW: Text("Mới đăng", "New"),
    Sort.BEST_RATED: Text("Đánh giá cao", "Best rated"),
    Sort.PRICE_ASCENDING: Text("Giá thấp trước", "Price, low first"),
    Sort.PRICE_DESCENDING: Text("Giá cao trước", "Price, high first"),
}
FILTERS = ("min_price", "max_price", "ocop", "commune", "kind", "in_stock", "deliver_to", "certificate", "preorder")
"""The filters of an address beside its words and its category."""
WITHOUT: dict[str, Any] = {name: UNCHOSEN[name] for name in FILTERS}


def parameters(query: ListQuery, *, after: str = "") -> dict[str, str]:
    """A query as the parameters of its address, without its category."""
    found = {"q": query.q.strip()} if query.q.strip() else {}
    for name in FILTERS:
        if value := getattr(query, name):
            found[name] = "1" if value is True else str(value)
    if query.sort is not Sort.POPULAR:
        found["sort"] = query.sort.value
    if after:
        found["after"] = after
    return found


def address(query: ListQuery, *, after: str = "") -> str:
    """Where a listing is."""
    base = f"/c/{query.category}" if query.category else "/search"
    asked = parameters(query, after=after)
    return f"{base}?{urlencode(asked)}" if asked else base


def sorts(query: ListQuery, locale: Locale) -> tuple[Choice, ...]:
    """The orders of a listing."""
    labels = SORT_LABELS | {Sort.POPULAR: BEST_MATCH} if query.q.strip() else SORT_LABELS
    return tuple(
        Choice(label.say(locale), address(replace(query, sort=sort)), sort is query.sort)
        for sort, label in labels.items()
    )


def filters(
    query: ListQuery,
    counts: Counts,
    categories: Sequence[CategoryLink],
    communes: Mapping[str, str],
    locale: Locale,
) -> Filters:
    """Everything by which a listing can be narrowed; `communes` are names by code."""
    groups = (
        Group(
            CATEGORY.say(locale),
            tuple(
                _choice(
                    link.name,
                    replace(query, category=link.slug),
                    counts.categories.get(link.id, 0),
                    link.slug == query.category,
                )
                for link in categories
            ),
        ),
        Group(PRICE.say(locale), _bands(query, counts, locale)),
        Group(
            "OCOP",
            tuple(
                _switch(
                    "5★" if stars == 5 else STARS.say(locale, stars=stars),
                    query,
                    {"ocop": stars},
                    counts.stars.get(stars, 0),
                    query.ocop == stars,
                )
                for stars in (3, 4, 5)
            ),
        ),
        Group(
            CERTIFICATE.say(locale),
            tuple(
                _switch(
                    certificate_text(kind, locale),
                    query,
                    {"certificate": kind.value},
                    counts.certificates.get(kind, 0),
                    query.certificate == kind,
                )
                for kind in CertificateKind
                if kind is not CertificateKind.OCOP
            ),
        ),
        Group(
            AVAILABILITY.say(locale),
            (
                _switch(IN_STOCK.say(locale), query, {"in_stock": True}, counts.in_stock, query.in_stock),
                _switch(PREORDER.say(locale), query, {"preorder": True}, counts.preorder, query.preorder),
            ),
        ),
        Group(
            KIND.say(locale),
            tuple(
                _switch(label.say(locale), query, {"kind": kind.value}, counts.kinds.get(kind, 0), query.kind == kind)
                for kind, label in KIND_LABELS.items()
            ),
        ),
        Group(ORIGIN.say(locale), _communes(query, counts, communes)),
    )
    useful = tuple(replace(group, choices=tuple(_useful(group.choices))) for group in groups)
    return Filters(
        groups=tuple(group for group in useful if group.choices),
        active=(active := _active(query, communes, locale)),
        title=(CHOSEN.say(locale, count=len(active)) if active else FILTER.say(locale)),
        clear_href=address(replace(query, **WITHOUT)),
    )


def kept_fields(query: ListQuery, *without: str) -> tuple[KeptField, ...]:
    """What a form that changes some parameters must send along unchanged."""
    return tuple(KeptField(name, value) for name, value in parameters(query).items() if name not in without)


def _useful(choices: Iterable[Choice]) -> Iterable[Choice]:
    # A choice that would leave nothing is no choice, except the one that was made.
    return (choice for choice in choices if choice.count or choice.chosen)


def _choice(label: str, query: ListQuery, count: int, chosen: bool) -> Choice:
    return Choice(label, address(query), chosen, count, f"{count:,}".replace(",", "."))


def _switch(label: str, query: ListQuery, values: Mapping[str, Any], count: int, chosen: bool) -> Choice:
    """A filter that goes again when chosen again."""
    changed = {name: WITHOUT[name] for name in values} if chosen else dict(values)
    return _choice(label, replace(query, **changed), count, chosen)


def _active(query: ListQuery, communes: Mapping[str, str], locale: Locale) -> tuple[Choice, ...]:
    """The filters in force, each as a link to the listing without it."""
    return tuple(
        Choice(label, address(without(query, [choice])), chosen=True)
        for choice, label in chosen(query, communes, locale).items()
    )


def _bands(query: ListQuery, counts: Counts, locale: Locale) -> tuple[Choice, ...]:
    return tuple(
        _switch(
            band_text(band, locale),
            query,
            {"min_price": band[0], "max_price": band[1]},
            count,
            (query.min_price, query.max_price) == band,
        )
        for band, count in zip(BANDS, counts.bands, strict=False)
    )


def band_text(band: tuple[int | None, int | None], locale: Locale) -> str:
    """A range of prices in words."""
    lowest, highest = band
    if highest is None:
        return OVER.say(locale, price=show_money(lowest or 0))
    if not lowest:
        return UNDER.say(locale, price=show_money(highest))
    return f"{show_money(lowest)} – {show_money(highest)}"


def _communes(query: ListQuery, counts: Counts, names: Mapping[str, str]) -> tuple[Choice, ...]:
    largest = sorted(counts.communes.items(), key=lambda item: (-item[1], item[0]))
    shown = dict(largest[:MOST_COMMUNES])
    if query.commune:
        shown.setdefault(query.commune, counts.communes.get(query.commune, 0))
    return tuple(
        _switch(names.get(code, code), query, {"commune": code}, count, code == query.commune)
        for code, count in shown.items()
        if code in names
    )


def chosen(query: ListQuery, communes: Mapping[str, str], locale: Locale) -> dict[str, str]:
    """The filters in force in words, by what the catalogue calls them (`query.CHOICES`)."""
    found = {}
    if query.min_price or query.max_price:
        found["price"] = band_text((query.min_price, query.max_price), locale)
    if query.ocop:
        found["stars"] = f"OCOP {STARS.say(locale, stars=query.ocop)}"
    if query.certificate:
        found["certificates"] = certificate_text(query.certificate, locale)
    if query.in_stock:
        found["in_stock"] = IN_STOCK.say(locale)
    if query.preorder:
        found["preorder"] = PREORDER.say(locale)
    if query.kind:
        found["kind"] = KIND_LABELS[SellerKind(query.kind)].say(locale)
    if query.commune:
        found["commune"] = communes.get(query.commune, query.commune)
    if query.deliver_to:
        found["reachable"] = DELIVERED.say(locale, place=communes.get(query.deliver_to, query.deliver_to))
    return found


def count_text(count: int, locale: Locale) -> str:
    """`1.234 sản phẩm`."""
    return (ONE if count == 1 else COUNT).say(locale, count=f"{count:,}".replace(",", "," if locale == "en" else "."))


def certificate_text(kind: str, locale: Locale) -> str:
    """A kind of certificate in words, whatever its stars."""
    known = CertificateKind(kind)
    return "OCOP" if known is CertificateKind.OCOP else CERTIFICATE_LABELS[known].say(locale)
