"""Picking a commune from suggestions while its name is typed: what every page that asks for one shares."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from marketplace.base import db, ratelimit
from marketplace.base.inputs import Payload, parse
from marketplace.base.text import Text
from marketplace.places import service
from marketplace.places.views import CommuneChoice
from marketplace.ui.forms import OUTLINE, suggesting_input
from marketplace.ui.live import Live, answering
from marketplace.ui.markup import Node, h, when

COMMUNE = Text("Xã, phường", "Commune or ward")
COMMUNE_HINT = Text(
    "Gõ vài chữ rồi chọn; tên cũ, không dấu cũng được: “hung loi”.",
    "Type a few letters and pick; former names and no accents are fine: “hung loi”.",
)
NO_COMMUNE = Text(
    "Không thấy xã, phường nào như vậy. Thử ít chữ hơn, hoặc tên cũ.",
    "No commune fits. Try fewer letters, or a former name.",
)
SUGGESTIONS = Text("Xã, phường gợi ý", "Suggested communes")
SHOW = Text("Xem", "Show")
LIST = "place-suggestions"
SHORTEST_QUERY = 2
LONGEST_QUERY = 80


class CommuneTyped(Payload):
    """The beginning of a commune's name."""

    commune: Annotated[str, StringConstraints(max_length=LONGEST_QUERY)]


class CommunePicked(Payload):
    """A commune chosen from the suggestions."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=5)]


class ChoosesCommune(Live, mixin=True):
    """Mixin of a page's state that asks for a commune; `commune` is the picked one's code."""

    commune: str = ""
    commune_name: str = ""
    communes: tuple[CommuneChoice, ...] = ()
    commune_unknown: bool = False
    """Nothing fits what was typed."""

    @answering
    async def find_commune(self, typed: str) -> None:
        """Suggest communes while the person types; typing again takes an earlier choice back."""
        query = parse(CommuneTyped, {"commune": typed}).commune
        if query == self.commune_name:
            return
        self.commune, self.commune_name, self.commune_unknown = "", query, False
        if len(query.strip()) < SHORTEST_QUERY:
            self.communes = ()
            return
        await ratelimit.checking("search", self._caller())
        self.communes = await db.reading(service.choices, query, self._locale())
        self.commune_unknown = not self.communes

    @answering
    async def pick_commune(self, code: str) -> None:
        """Take a suggested commune."""
        choice = parse(CommunePicked, {"code": code})
        place = await db.reading(service.commune, choice.code)
        self._take_commune(place.code, f"{place.name}, {place.province}")

    def _take_commune(self, code: str, name: str) -> None:
        self.commune, self.commune_name, self.communes, self.commune_unknown = code, name, (), False


def commune_input(state: type[ChoosesCommune], problem: Node) -> Node:
    """The input for a commune, with suggestions below it."""
    return suggesting_input(
        COMMUNE,
        "commune",
        value=state.commune_name,
        on_typed=state.find_commune,
        suggestions=state.communes,
        on_pick=state.pick_commune,
        problem=problem,
        hint=COMMUNE_HINT,
        none_found=when(state.commune_unknown, h.p(NO_COMMUNE, role="status", class_name="text-sm text-urgent pt-1")),
        list_label=SUGGESTIONS,
        max_length=LONGEST_QUERY,
    )


def place_entry() -> tuple[Node, ...]:
    """The input, button and list of a plain form that asks for a commune; `places.js` proposes some and remembers one."""
    return (
        h.input(
            id="place",
            name="place",
            auto_complete="off",
            enter_key_hint="search",
            required=True,
            max_length=LONGEST_QUERY,
            role="combobox",
            aria_autocomplete="list",
            aria_expanded="false",
            aria_controls=LIST,
            aria_describedby="hint-place",
            custom_attrs={"data-places": ""},
            class_name="input w-full h-11 text-base scroll-mt-24",
        ),
        h.button(SHOW, type="submit", class_name=OUTLINE),
        h.ul(
            id=LIST,
            role="listbox",
            aria_label=SUGGESTIONS,
            hidden=True,
            class_name="absolute z-30 inset-x-0 top-full mt-1 max-h-[min(18rem,40dvh)] overflow-y-auto empty:hidden "
            "rounded-field border border-base-300 bg-base-100 divide-y divide-base-300 shadow-lg",
        ),
    )
