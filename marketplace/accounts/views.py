"""Who is acting: the one value every service decides rights by."""

from __future__ import annotations

from dataclasses import dataclass, field

from marketplace.accounts.rules import Role
from marketplace.base.errors import NotAllowed, NotSignedIn


@dataclass(frozen=True, slots=True)
class Person:
    """The acting person, read from the session row of this very request or event.

    `visitor_digest` is the digest of the browser's session cookie, which a guest has too; `session_id` the signed-in session.
    """

    account_id: int | None = None
    name: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    seller_ids: frozenset[int] = field(default_factory=frozenset)
    visitor_digest: str | None = None
    session_id: int | None = None

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
            raise NotAllowed
        return account_id

    def require_seller(self, seller_id: int) -> int:
        """The account's id; raises NotSignedIn, or NotAllowed unless the person works for that seller."""
        account_id = self.require_account()
        if seller_id not in self.seller_ids:
            raise NotAllowed
        return account_id


GUEST = Person()
