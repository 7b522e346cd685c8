"""How a live page takes over from its first view, and how pages of the live app link to each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from marketplace.base.text import Text
from marketplace.ui.blocks import waiting
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import FirstView, Node, _live_value, h, say

SHARED = "$/browser/pages"
"""`browser/pages.js`, where the bundle finds it."""

HERE = (
    '(globalThis.location ? (globalThis.location.pathname.replace(/\\/$/, "") || "/") '
    '+ globalThis.location.search : "")'
)


class FirstViewEnd(rx.Component):
    """Takes the first view away before the browser paints the live content, keeping what was typed in it."""

    library = SHARED

    tag = "FirstViewEnd"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the app: its route in Reflex's spelling (`/p/[product]`), its component, and what runs when it opens.

    `own_first_view` is set for public pages whose feature serves their complete HTML; the others get a waiting one.
    """

    route: str
    build: Callable[[], rx.Component]
    on_load: Any = None
    title: Text | None = None
    own_first_view: bool = False
    first_view: FirstView | None = None
    """A complete first view that needs no data; the others wait."""
    description: Text | None = None
    """What search engines may say of it; pages without are none of their business."""

    @property
    def path(self) -> str:
        """The route as an HTTP path template: `/p/{product}`."""
        return re.sub(r"\[(\w+)\]", r"{\1}", self.route)


class ArriveAtTop(rx.Component):
    """Placed in a step of a page: when the step appears the page starts at its heading, for eyes and screen readers."""

    library = SHARED

    tag = "ArriveAtTop"


class InnerLink(A):  # type: ignore[misc]  # Reflex ships no types for its elements
    """A link that keeps the live app running."""

    library = SHARED

    tag = "InnerLink"

    to: rx.Var[str]


class FirstProblem(rx.Component):
    """Placed in a form: when it is refused, leads to the first field with something to mend."""

    library = SHARED

    tag = "FirstProblem"

    problems: rx.Var[dict[str, str]]


def live_page(state: Any, content: Callable[[Any], Node]) -> rx.Component:
    """The live form of a page: shown once the state holds what this address asks for."""
    shown = state.path == rx.Var(_js_expr=HERE, _var_type=str)
    return rx.cond(shown, rx.fragment(content(state.page), FirstViewEnd.create()), rx.fragment())


def still_page(content: Callable[[Any], Node]) -> rx.Component:
    """The live form of a page that shows no data."""
    return rx.fragment(content(None), FirstViewEnd.create())


def inner_link(*children: Node, **properties: Any) -> Node:
    """A link between pages of the live app that keeps the app running."""
    return InnerLink.create(
        *(_live_value(child) for child in children), **{name: _live_value(value) for name, value in properties.items()}
    )


def document_title(title: Text | None = None) -> rx.Var[str]:
    """The title a live page keeps: the one its first view came with, or its own."""
    if title is None:
        return rx.Var(_js_expr='(globalThis.document ? globalThis.document.title : "")', _var_type=str)
    return say(Text(f"{title.vi} · Chợ Quê", f"{title.en} · Chợ Quê"))


WAITING_FIRST_VIEW = FirstView(lambda _: shop_frame(waiting()))
BARE_FIRST_VIEW = FirstView(
    lambda _: h.div(h.main(waiting(), class_name="max-w-5xl mx-auto p-4"), class_name="bg-base-200 min-h-dvh")
)
"""For pages with a frame of their own."""
