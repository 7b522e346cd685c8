"""Who may do what: the one table of rights, of roles and of what people are to a seller."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from marketplace.base.errors import DomainError
from marketplace.base.text import Text


class Role(StrEnum):
    """What an account may do beyond shopping and selling."""

    PROVINCE_STAFF = "province_staff"
    COMMUNE_STAFF = "commune_staff"
    DIGITAL_TEAM = "digital_team"
    OPERATOR = "operator"


class MemberRole(StrEnum):
    """What a person is to a seller."""

    OWNER = "owner"
    STAFF = "staff"


class Task(StrEnum):
    """What an owner lets a helper do in their shop; each says what that opens in the table below."""

    GOODS = "goods"
    ORDERS = "orders"
    MONEY = "money"
    CONTRACTS = "contracts"


Holder = Role | MemberRole | Task
"""Whatever gives a right."""


class Right(StrEnum):
    """Something not everybody may do."""

    REVIEW_SELLERS = "review_sellers"
    SUSPEND_SELLERS = "suspend_sellers"
    MODERATE_GOODS = "moderate_goods"
    RECALL_LOTS = "recall_lots"
    MODERATE_REVIEWS = "moderate_reviews"
    READ_INDICATORS = "read_indicators"
    ENTER_FIGURES = "enter_figures"
    GRANT_ROLES = "grant_roles"
    MANAGE_GOODS = "manage_goods"
    HANDLE_ORDERS = "handle_orders"
    MANAGE_CONTRACTS = "manage_contracts"
    SEE_MONEY = "see_money"
    MANAGE_SHOP = "manage_shop"
    MANAGE_PEOPLE = "manage_people"
    ANSWER_REVIEWS = "answer_reviews"
    ORGANISE_RUNS = "organise_runs"


RIGHTS: Mapping[Right, frozenset[Holder]] = MappingProxyType(
    {
        Right.REVIEW_SELLERS: frozenset({Role.PROVINCE_STAFF, Role.COMMUNE_STAFF}),
        Right.SUSPEND_SELLERS: frozenset({Role.PROVINCE_STAFF}),
        Right.MODERATE_GOODS: frozenset({Role.PROVINCE_STAFF}),
        Right.RECALL_LOTS: frozenset({Role.PROVINCE_STAFF}),
        Right.MODERATE_REVIEWS: frozenset({Role.PROVINCE_STAFF}),
        Right.READ_INDICATORS: frozenset({Role.PROVINCE_STAFF, Role.COMMUNE_STAFF, Role.OPERATOR}),
        Right.ENTER_FIGURES: frozenset({Role.PROVINCE_STAFF}),
        Right.GRANT_ROLES: frozenset({Role.OPERATOR}),
        Right.MANAGE_GOODS: frozenset({MemberRole.OWNER, Task.GOODS}),
        Right.HANDLE_ORDERS: frozenset({MemberRole.OWNER, Task.ORDERS}),
        # Whoever accepts an order concludes its contract.
        Right.MANAGE_CONTRACTS: frozenset({MemberRole.OWNER, Task.CONTRACTS, Task.ORDERS}),
        Right.SEE_MONEY: frozenset({MemberRole.OWNER, Task.MONEY}),
        Right.MANAGE_SHOP: frozenset({MemberRole.OWNER}),
        Right.MANAGE_PEOPLE: frozenset({MemberRole.OWNER}),
        Right.ANSWER_REVIEWS: frozenset({MemberRole.OWNER, Task.GOODS}),
        Right.ORGANISE_RUNS: frozenset({Role.PROVINCE_STAFF}),
    }
)

COMMUNE_BOUND = frozenset({Role.COMMUNE_STAFF, Role.DIGITAL_TEAM})
"""Roles that count only in the communes they were given for."""


SECOND_FACTOR_ROLES = frozenset({Role.PROVINCE_STAFF, Role.COMMUNE_STAFF, Role.OPERATOR})
"""Roles that count only in a session that was opened with a second factor (ASVS 6.3.3)."""


def allowed(right: Right, roles: Collection[Holder]) -> bool:
    """Whether one of `roles` has the right."""
    return not RIGHTS[right].isdisjoint(roles)


class RoleNeedsCommune(DomainError):
    """A commune's role was given without a commune, or another role with one."""

    code = "role_needs_commune"
    message = Text(
        "Vai trò cấp xã cần một xã; vai trò khác thì không.",
        "A role for a commune needs a commune; other roles take none.",
    )


def check_role_place(role: Role, commune_code: str | None) -> None:
    """Raise RoleNeedsCommune unless exactly the commune-bound roles come with a commune."""
    if (role in COMMUNE_BOUND) != (commune_code is not None):
        raise RoleNeedsCommune(field="commune")
