"""Sellers as their people, the staff and the public see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from marketplace.accounts.rules import show_phone
from marketplace.base.text import Text
from marketplace.sellers.rules import (
    KIND_LABELS,
    MEMBER_LABELS,
    STATUS_LABELS,
    ApplicationPaper,
    ApplicationStep,
    MemberRole,
    Opening,
    SellerKind,
    SellerStatus,
    ShopTheme,
    Task,
    public_tax_code,
)


@dataclass(frozen=True, slots=True)
class StoreView:
    """A shop with what it discloses about its seller. `tax_code` is for contracts; pages show `public_tax_code`."""

    id: int
    seller_id: int
    slug: str
    name: str
    kind: SellerKind
    story: str
    portrait: str | None
    legal_name: str
    tax_code: str | None
    street: str
    commune_code: str
    commune_name: str
    province_code: str
    province_name: str
    phone: str
    selling: bool
    acceptance_hours: int
    accepts_automatically: bool
    banner: str | None = None
    theme: ShopTheme = ShopTheme.LEAF
    opening: Opening = ()
    delivery_days: int = 0
    position: tuple[float, float] | None = None
    """Latitude and longitude, where the seller said them."""
    centroid: tuple[float, float] | None = None
    """Of its commune."""
    followers: int = 0
    rating_count: int = 0
    rating_sum: int = 0

    @property
    def href(self) -> str:
        """The shop's page."""
        return f"/s/{self.slug}"

    @property
    def kind_label(self) -> Text:
        """What kind of seller it is."""
        return KIND_LABELS[self.kind]

    @property
    def public_tax_code(self) -> str | None:
        """The tax code as everybody may see it."""
        return public_tax_code(self.tax_code)

    @property
    def address(self) -> str:
        """Street, commune and province on one line."""
        return ", ".join(part for part in (self.street, self.commune_name, self.province_name) if part)

    @property
    def phone_text(self) -> str:
        """`0912 345 678`."""
        return show_phone(self.phone)


@dataclass(frozen=True, slots=True)
class SellerView:
    """A seller as its own people see it."""

    id: int
    kind: SellerKind
    status: SellerStatus
    legal_name: str
    tax_code: str | None
    street: str
    commune_code: str
    phone: str
    acceptance_hours: int
    accepts_automatically: bool
    decision_reason: str | None
    store_id: int
    store_slug: str
    store_name: str
    role: MemberRole
    asked: tuple[str, ...] = ()
    """The entries and papers staff asked to mend."""

    @property
    def selling(self) -> bool:
        """Whether the shop is open to buyers."""
        return self.status is SellerStatus.APPROVED

    @property
    def kind_label(self) -> Text:
        """What kind of seller it is."""
        return KIND_LABELS[self.kind]

    @property
    def status_label(self) -> Text:
        """Where it stands with the staff."""
        return STATUS_LABELS[self.status]


@dataclass(frozen=True, slots=True)
class ApplicationStart:
    """What the form of an application starts with: a draft, what was sent before, or the little an account
    says.
    """

    kind: str = SellerKind.FARM.value
    shop_name: str = ""
    legal_name: str = ""
    commune_code: str = ""
    commune_text: str = ""
    street: str = ""
    phone: str = ""
    tax_code: str = ""
    bank: str = ""
    bank_name: str = ""
    bank_account: str = ""
    bank_holder: str = ""
    step: str = ApplicationStep.WHO.value
    version: int = 0
    papers: tuple[tuple[ApplicationPaper, str], ...] = ()
    """What was photographed, each with its key."""


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application as the staff see it. The counts say how many other sellers use the same code or number."""

    seller_id: int
    kind: SellerKind
    status: SellerStatus
    store_name: str
    store_slug: str
    legal_name: str
    tax_code: str | None
    street: str
    commune_code: str
    commune_name: str
    phone_text: str
    applied_text: str
    decision_reason: str | None
    same_tax_code: int
    same_phone: int
    same_bank_account: int = 0
    papers: int = 0
    """How many were sent."""

    @property
    def kind_label(self) -> Text:
        """What kind of seller it is."""
        return KIND_LABELS[self.kind]

    @property
    def status_label(self) -> Text:
        """Where it stands."""
        return STATUS_LABELS[self.status]


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What an invitation is to."""

    store_name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move of an application: who, when, why."""

    state: Text
    at_text: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """All that who reviews an application sees of it, its papers and the whole number of its account included."""

    facts: ApplicationView
    bank_name: str
    bank_account: str
    bank_holder: str
    papers: tuple[tuple[ApplicationPaper, str], ...]
    missing: tuple[ApplicationPaper, ...]
    moves: tuple[MoveView, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person working for the seller."""

    account_id: int
    name: str
    role: MemberRole
    myself: bool
    tasks: tuple[Task, ...] = ()

    @property
    def role_label(self) -> Text:
        """What the person is to the seller."""
        return MEMBER_LABELS[self.role]


@dataclass(frozen=True, slots=True)
class StoreHome:
    """Where a shop sends its goods from."""

    seller_id: int
    slug: str
    commune_code: str


@dataclass(frozen=True, slots=True)
class DayField:
    """A weekday in the form of a shop: its hours as typed, and whether the shop delivers then."""

    number: str = ""
    label: str = ""
    opens: str = ""
    closes: str = ""
    delivers: bool = False
    opens_label: str = ""
    closes_label: str = ""
    delivers_label: str = ""
    """What screen readers say of each, the day included."""


@dataclass(frozen=True, slots=True)
class ThemeField:
    """A palette to choose; `shown` is the class that wears it."""

    value: str = ""
    label: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class OwnShop:
    """A shop's page as its owner arranges it."""

    seller_id: int = 0
    name: str = ""
    href: str = ""
    commune: str = ""
    story: str = ""
    theme: str = ShopTheme.LEAF.value
    themes: tuple[ThemeField, ...] = ()
    position: str = ""
    days: tuple[DayField, ...] = ()
    logo: str = ""
    banner: str = ""
    selling: bool = False


@dataclass(frozen=True, slots=True)
class FollowedShop:
    """A shop an account follows; what was listed after `seen_until` is new to it."""

    store_id: int
    seller_id: int
    slug: str
    seen_until: datetime


def paper_url(key: str) -> str:
    """Where a photo of a paper is shown to who may see it."""
    return f"/seller/papers/{key}"
