"""How often one may order, the same through a page and through the API."""

from __future__ import annotations

from marketplace.accounts.views import Person
from marketplace.base import ratelimit


async def limit_checkouts(caller: str, person: Person) -> None:
    """Count a checkout of this address and account; raises TooManyTries."""
    await ratelimit.checking("checkout", caller)
    if person.account_id is not None:
        await ratelimit.checking("checkout_account", f"account {person.account_id}")
