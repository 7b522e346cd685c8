"""Goods as their seller works on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.base.media import StoredPicture
from marketplace.catalog.views.product import MonthView, PictureView


@dataclass(frozen=True, slots=True)
class ChosenView:
    """A product in a section, as its seller arranges it."""

    id: int = 0
    section_id: int = 0
    name: str = ""
    picture: str = ""
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section as its seller arranges it."""

    id: int = 0
    title: str = ""
    kind: str = ""
    kind_text: str = ""
    chosen: tuple[ChosenView, ...] = ()
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class AttributeField:
    """An attribute as a form asks for it; `choices` as pairs of value and label."""

    name: str = ""
    label: str = ""
    unit: str = ""
    chosen_from: bool = False
    number: bool = False
    value: str = ""
    choices: tuple[ChoiceField, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A value an attribute may have."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """A product as its seller manages it."""

    id: int = 0
    name: str = ""
    href: str = ""
    edit_href: str = ""
    preview_href: str = ""
    description: str = ""
    category_slug: str = ""
    sku: str = ""
    status: str = ""
    status_text: str = ""
    listed: bool = False
    price: int = 0
    price_text: str = ""
    price_unit: str = ""
    weights_text: str = ""
    unit: str = ""
    unit_text: str = ""
    creation_key: str = ""
    price_typed: str = ""
    upload_href: str = ""
    step_text: str = "1"
    minimum_text: str = "1"
    on_hand_text: str = ""
    promised_text: str = ""
    low: bool = False
    sold_out: bool = False
    picture: str = ""
    pictures: tuple[PictureView, ...] = ()
    content_typed: str = ""
    content_measure: str = ""
    attributes: tuple[AttributeField, ...] = ()
    season: tuple[MonthView, ...] = ()
    shelf_life_typed: str = ""
    storage: str = ""
    reach_typed: str = ""
    expected_typed: str = ""
    origin_code: str = ""
    others: int = 0
    """How many variants there are beside the one shown here."""
    variants: tuple[OwnVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedTier:
    """A wholesale price as it stands in its inputs."""

    number: str = ""
    quantity: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class OwnVariant:
    """A variant as its seller manages it; `sale_since` and `sale_until` as an input of local times takes them."""

    sku: str = ""
    label: str = ""
    shown_label: str = ""
    unit: str = ""
    unit_text: str = ""
    price_text: str = ""
    price_typed: str = ""
    on_hand_text: str = ""
    step_text: str = "1"
    minimum_text: str = "1"
    content_typed: str = ""
    content_measure: str = ""
    lightest_typed: str = ""
    heaviest_typed: str = ""
    price_unit: str = ""
    weights_text: str = ""
    sale_price_typed: str = ""
    sale_since: str = ""
    sale_until: str = ""
    sale_text: str = ""
    struck_text: str = ""
    """What may be struck through beside the sale price; empty where nothing was asked long enough before."""
    tiers: tuple[TypedTier, ...] = ()
    """As many as a form asks for, the last ones empty."""
    active: bool = True
    sold_out: bool = False
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class GoodsCounts:
    """How many goods a shop has under each heading."""

    all: int = 0
    on_sale: int = 0
    low: int = 0
    sold_out: int = 0
    paused: int = 0


@dataclass(frozen=True, slots=True)
class OwnGoods:
    """Some of a shop's goods, newest first; `older_than` leads to the following ones, 0 when there are none."""

    goods: tuple[OwnProduct, ...] = ()
    older_than: int = 0
    counts: GoodsCounts = field(default_factory=GoodsCounts)


@dataclass(frozen=True, slots=True)
class RemovedPicture:
    """A picture that was taken away, with all it takes to put it back."""

    picture: StoredPicture
    position: int
