"""Live state of the page about oneself."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from marketplace.accounts.rules import SECOND_FACTOR_ROLES, Role
from marketplace.base.text import Text
from marketplace.ui.live import Live, answering

ROLE_LABELS: dict[Role, Text] = {
    Role.PROVINCE_STAFF: Text("Cán bộ tỉnh", "Province staff"),
    Role.COMMUNE_STAFF: Text("Cán bộ xã, phường", "Commune staff"),
    Role.DIGITAL_TEAM: Text("Tổ công nghệ số cộng đồng", "Community digital team"),
    Role.OPERATOR: Text("Người vận hành", "Operator"),
}


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Who is signed in, and where they may go."""

    name: str = ""
    role_text: str = ""
    sells: bool = False
    staff: bool = False


class AccountState(Live, rx.State):
    """The account page."""

    page: AccountPage = AccountPage()

    @answering
    async def load(self) -> None:
        """Open the page."""
        person = await self._enter()
        locale = self._locale()
        self.page = AccountPage(
            name=person.name,
            role_text=" · ".join(ROLE_LABELS[role].say(locale) for role in sorted(person.roles | person.withheld)),
            sells=bool(person.seller_ids),
            staff=bool((person.roles | person.withheld) & SECOND_FACTOR_ROLES),
        )
        self.path = self._here()
