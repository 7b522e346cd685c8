"""Form parts: a labelled input with its problem beside it, buttons, step input."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, when

BUTTON = "btn min-h-11 h-auto py-2"
PRIMARY = f"{BUTTON} btn-primary"
QUIET = f"{BUTTON} btn-ghost"
OUTLINE = f"{BUTTON} btn-outline"
THUMB_BAR = (
    "flex gap-3 fixed bottom-14 inset-x-0 z-10 p-3 bg-base-100 border-t border-base-300 "
    "md:static md:p-0 md:bg-transparent md:border-0"
)
"""A row of actions that stays in reach of the thumb on a phone, above the bottom bar."""
OPTIONAL = Text("không bắt buộc", "optional")
LESS = Text("Bớt", "Less")
MORE = Text("Thêm", "More")


def problem_text(problem: Node, name: str) -> Node:
    """What is wrong with an input, tied to it and read aloud."""
    return h.p(problem, id=f"problem-{name}", role="alert", class_name="text-error text-sm min-h-0 empty:hidden")


def field(
    label: Text,
    name: str,
    *,
    problem: Node = "",
    hint: Text | None = None,
    optional: bool = False,
    control: Node = None,
    **properties: Any,
) -> Node:
    """A labelled text input; `problem` is the state's word on it. Other properties go to the input."""
    identity = properties.pop("id", name)
    described = f"problem-{name}" + (f" hint-{name}" if hint else "")
    entry = (
        control
        if control is not None
        else h.input(
            id=identity,
            name=name,
            class_name="input w-full h-11 text-base",
            aria_describedby=described,
            **properties,
        )
    )
    return h.div(
        h.label(
            label,
            h.span(" · ", OPTIONAL, class_name="text-quiet font-normal") if optional else None,
            html_for=identity,
            class_name="font-semibold text-sm",
        ),
        entry,
        h.p(hint, id=f"hint-{name}", class_name="text-quiet text-sm") if hint else None,
        problem_text(problem, name),
        class_name="space-y-1",
    )


def text_area(
    label: Text, name: str, *, problem: Node = "", hint: Text | None = None, optional: bool = False, **properties: Any
) -> Node:
    """A labelled area for longer text."""
    area = h.textarea(
        id=name,
        name=name,
        class_name="textarea w-full text-base min-h-24",
        aria_describedby=f"problem-{name}",
        **properties,
    )
    return field(label, name, problem=problem, hint=hint, optional=optional, control=area)


def choice(
    label: Text, name: str, options: Node, *, problem: Node = "", hint: Text | None = None, **properties: Any
) -> Node:
    """A labelled native select, which phones show best."""
    select = h.select(
        options,
        id=name,
        name=name,
        class_name="select w-full h-11 text-base",
        aria_describedby=f"problem-{name}",
        **properties,
    )
    return field(label, name, problem=problem, hint=hint, control=select)


def step_input(
    quantity_text: Node, unit_text: Node, *, on_less: Any = None, on_more: Any = None, label: Node = None
) -> Node:
    """Minus, the quantity with its unit, plus; each button a thumb wide."""
    button = "btn btn-ghost size-11 min-h-11 p-0 rounded-full"
    return h.div(
        h.button(icon("minus"), type="button", on_click=on_less, aria_label=LESS, class_name=button),
        h.span(
            h.span(quantity_text, class_name="num font-semibold"),
            " ",
            h.span(unit_text, class_name="text-sm"),
            aria_live="polite",
            class_name="min-w-16 text-center whitespace-nowrap px-1",
        ),
        h.button(icon("plus"), type="button", on_click=on_more, aria_label=MORE, class_name=button),
        role="group",
        aria_label=label,
        class_name="inline-flex items-center border border-base-300 rounded-full bg-base-100",
    )


def form_problem(problem: Node) -> Node:
    """What is wrong with the whole form."""
    return when(problem != "", h.div(problem, role="alert", class_name="alert alert-error alert-soft text-error"))
