"""What a seller asks for, parsed from an untrusted payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from marketplace.base.media import StoredPicture
from marketplace.catalog.rules import CertificateKind, Content, PieceWeight, ProductStatus, Sale, Tier, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """What is said of a product beside its description; attributes by key, as typed."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    season: int = 0
    shelf_life_days: int | None = None
    storage: str = ""
    reach_hours: int | None = None
    expected_on: date | None = None
    origin_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDescription:
    """A product as its seller describes it, whatever its variants."""

    name: str
    category: str
    description: str = ""
    facts: ProductFacts = field(default_factory=ProductFacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft(ProductDescription):
    """A product with its one variant; price in đồng, step, minimum and stock in thousandths of the unit."""

    unit: Unit
    price: int
    stock: int
    step: int = 1000
    minimum: int = 1000
    unit_grams: int = 1000
    content: Content | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDraft:
    """A certificate as its seller enters it, of one product or of the whole shop."""

    kind: CertificateKind
    number: str
    issuer: str
    expires_on: date
    issued_on: date | None = None
    stars: int | None = None
    of_shop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDraft:
    """A variant as its seller offers it; prices in đồng, step, minimum and stock in thousandths of the unit.

    With `piece` it is paid by weight: all prices are for the kilogram.
    """

    label: str = ""
    unit: Unit
    price: int
    stock: int
    step: int = 1000
    minimum: int = 1000
    unit_grams: int = 1000
    content: Content | None = None
    piece: PieceWeight | None = None
    sale: Sale | None = None
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeVariant(VariantDraft):
    """A variant with all that is known of it; without a code it is a new one.

    Stock is set only where it differs from `stock_shown`. `promised` is what orders hold: read, never written.
    """

    code: str = ""
    active: bool = True
    stock_shown: int | None = None
    promised: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeProduct(ProductDescription):
    """A product with all its variants, as a file of goods brings and takes it; without an id it is a new one.

    Without `pictures` those it has stay. `slug` and `sold` are read, never written.
    """

    id: int | None = None
    slug: str = ""
    sold: int = 0
    status: ProductStatus = ProductStatus.ACTIVE
    variants: tuple[WholeVariant, ...] = ()
    pictures: tuple[StoredPicture, ...] | None = None
