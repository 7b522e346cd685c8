"""Who is acting: the one value every service decides rights by; and what people see of their own sign-ins."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.accounts.rules import (
    COMMUNE_BOUND,
    RIGHTS,
    MemberRole,
    Right,
    Role,
    SecondFactorNeeded,
    Task,
    allowed,
)
from marketplace.base.errors import NotAllowed, NotFound, NotSignedIn


class Access(StrEnum):
    """How a person stands to a page of the staff."""

    GRANTED = "granted"
    GUEST = "guest"
    WEAK = "weak"
    """Has the right, but signed in without a second factor."""
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Person:
    """The acting person, read from the session row of this very request or event.

    `visitor_digest` is the digest of the browser's session cookie, which a guest has too; `session_id` the signed-in
    session. `role_communes` says for which communes a commune-bound role counts, `member_roles` what the person is to
    each seller and does there; `touch_due` that the session's last use should be written down again.
    """

    account_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    seller_ids: frozenset[int] = field(default_factory=frozenset)
    visitor_digest: str | None = None
    session_id: int | None = None
    role_communes: frozenset[tuple[Role, str]] = field(default_factory=frozenset)
    member_roles: frozenset[tuple[int, MemberRole | Task]] = field(default_factory=frozenset)
    touch_due: bool = False
    withheld: frozenset[Role] = field(default_factory=frozenset)
    """Roles that do not count in this session, since it was opened without a second factor."""

    @property
    def signed_in(self) -> bool:
        """Whether this is somebody we know."""
        return self.account_id is not None

    def require_account(self) -> int:
        """The account's id; raises NotSignedIn for a guest."""
        if self.account_id is None:
            raise NotSignedIn
        return self.account_id

    def require_role(self, *roles: Role) -> int:
        """The account's id; raises NotSignedIn, or NotAllowed without any of `roles`."""
        account_id = self.require_account()
        if not self.roles.intersection(roles):
            raise SecondFactorNeeded if self.withheld.intersection(roles) else NotAllowed
        return account_id

    def require_right(self, right: Right) -> int:
        """The account's id; raises NotSignedIn, or NotAllowed unless a staff role of the person has the right.

        SecondFactorNeeded where only the second factor is missing.
        """
        account_id = self.require_account()
        if not allowed(right, self.roles):
            raise SecondFactorNeeded if allowed(right, self.withheld) else NotAllowed
        return account_id

    def access_to(self, right: Right) -> Access:
        """What a page of the staff shows this person; the services decide again."""
        if not self.signed_in:
            return Access.GUEST
        if allowed(right, self.roles):
            return Access.GRANTED
        return Access.WEAK if allowed(right, self.withheld) else Access.STRANGER

    def communes_for(self, right: Right) -> frozenset[str] | None:
        """Where the person's staff roles give the right: None is everywhere, empty nowhere."""
        granting = RIGHTS[right] & self.roles
        if granting - COMMUNE_BOUND:
            return None
        return frozenset(commune for role, commune in self.role_communes if role in granting)

    def require_right_in(self, right: Right, commune_code: str) -> int:
        """As `require_right`; raises NotFound when the right does not reach that commune."""
        account_id = self.require_right(right)
        communes = self.communes_for(right)
        if communes is not None and commune_code not in communes:
            raise NotFound
        return account_id

    def require_seller(self, seller_id: int, right: Right | None = None) -> int:
        """The account's id; raises NotSignedIn, NotFound for another seller as if it did not exist, or NotAllowed.

        NotAllowed is for a member of that seller without `right` there.
        """
        account_id = self.require_account()
        if seller_id not in self.seller_ids:
            raise NotFound
        if right is not None and not self.may(right, seller_id):
            raise NotAllowed
        return account_id

    def may(self, right: Right, seller_id: int) -> bool:
        """Whether the person has a right in a seller's shop."""
        return allowed(right, [role for seller, role in self.member_roles if seller == seller_id])

    def sellers_with(self, right: Right) -> frozenset[int]:
        """The sellers in whose shops the person has a right."""
        return frozenset(seller_id for seller_id in self.seller_ids if self.may(right, seller_id))


GUEST = Person()


@dataclass(frozen=True, slots=True)
class SessionView:
    """One of the person's own sign-ins."""

    id: int
    device: str
    created_text: str
    last_seen_text: str
    current: bool


@dataclass(frozen=True, slots=True)
class AddressView:
    """A place of the person's address book."""

    id: int = 0
    name: str = ""
    phone_text: str = ""
    commune: str = ""
    commune_text: str = ""
    street: str = ""
    usual: bool = False


@dataclass(frozen=True, slots=True)
class SecurityView:
    """What a person signs in with."""

    name: str = ""
    phone_text: str = ""
    phone_proven: bool = False
    email: str = ""
    email_proven: bool = False
    has_password: bool = False
    second_factor: bool = False
    must_have_it: bool = False
    """Whether a role of theirs needs the second factor."""
    recovery_left: int = 0


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that went through, or its second step: `token` is the session's, `handle` that of the step."""

    following: str
    token: str = ""
    handle: str = ""
    weak: bool = False
    """Whether a role of the person needs a second factor that is not set up yet."""


@dataclass(frozen=True, slots=True)
class Credential:
    """An account that may be meant by what was typed at sign-in, and its password's hash."""

    account_id: int
    password_hash: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How an account can be reached; for features that write to people."""

    account_id: int
    name: str
    phone: str | None
    email: str | None
