"""Form parts: a labelled input with its problem beside it, buttons, step input."""

from __future__ import annotations

from typing import Any

import reflex as rx

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, initial, say, when

BUTTON = "btn min-h-11 h-auto py-2"
PRIMARY = f"{BUTTON} btn-primary"
QUIET = f"{BUTTON} btn-ghost"
OUTLINE = f"{BUTTON} btn-outline"
THUMB_BAR = (
    "flex gap-3 fixed bottom-14 inset-x-0 z-10 max-md:m-0! p-3 bg-base-100 border-t border-base-300 "
    "md:static md:p-0 md:bg-transparent md:border-0"
)
"""A row of actions of the seller centre that stays in reach of the thumb, above its bottom bar."""
ICON_BUTTON = "btn btn-ghost size-11 min-h-11 p-0 rounded-full"
"""A button that shows only an icon; its label is for screen readers."""
SMALL_BUTTON = "btn btn-ghost size-11 min-h-11 p-0"
OPTIONAL = Text("không bắt buộc", "optional")
LESS = Text("Bớt", "Less")
MORE = Text("Thêm", "More")


def problem_text(problem: Node, name: str) -> Node:
    """What is wrong with an input, tied to it and read aloud."""
    return h.p(problem, id=f"problem-{name}", role="alert", class_name="text-error text-sm min-h-0 empty:hidden")


def marks(identity: str, problem: Node = "", *, hint: object = None) -> dict[str, Node]:
    """The properties that tie an input to its hint and to what is wrong with it."""
    described = f"problem-{identity}" + (f" hint-{identity}" if hint else "")
    wrong = "false" if isinstance(problem, str) and not problem else when(problem != "", "true", "false")
    return {"aria_describedby": described, "aria_invalid": wrong}


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
    entry = (
        control
        if control is not None
        else h.input(
            id=identity,
            name=name,
            class_name="input w-full h-11 text-base",
            **marks(identity, problem, hint=hint),
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
        h.p(hint, id=f"hint-{identity}", class_name="text-quiet text-sm") if hint else None,
        problem_text(problem, identity),
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
        **marks(name, problem, hint=hint),
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
        **marks(name, problem, hint=hint),
        **properties,
    )
    return field(label, name, problem=problem, hint=hint, control=select)


def step_input(
    quantity_text: Node, unit_text: Node, *, on_less: Any, on_more: Any, on_typed: Any, label: Node = None
) -> Node:
    """Minus, the quantity with its unit, plus; each a thumb wide, and the quantity can be typed."""
    return h.div(
        h.button(icon("minus"), type="button", on_click=on_less, aria_label=LESS, class_name=ICON_BUTTON),
        h.input(
            type="text",
            input_mode="decimal",
            auto_complete="off",
            max_length=12,
            # Another quantity is another input, so that it shows what the basket holds.
            key=quantity_text,
            default_value=quantity_text,
            on_blur=on_typed,
            custom_attrs={"data-quick": ""},
            aria_label=label,
            class_name="num font-semibold w-12 text-center bg-transparent min-h-11 text-base rounded-field",
        ),
        h.span(unit_text, class_name="text-sm text-quiet"),
        h.button(icon("plus"), type="button", on_click=on_more, aria_label=MORE, class_name=ICON_BUTTON),
        role="group",
        aria_label=label,
        class_name="inline-flex items-center border border-base-300 rounded-full bg-base-100",
    )


def suggesting_input(
    label: Text,
    name: str,
    *,
    value: Any,
    on_typed: Any,
    suggestions: Any,
    on_pick: Any,
    problem: Node = "",
    hint: Text | None = None,
    none_found: Node = None,
    list_label: Text,
    max_length: int,
) -> Node:
    """A combobox: type a few letters, pick a suggestion by finger or by arrows and Enter; Escape closes the list.

    Each suggestion has `code`, `name` and `hint`. The script `controls.js` moves through the list.
    """
    list_id = f"{name}-suggestions"

    def option(place: Any) -> Node:
        return h.li(
            h.span(place.name, class_name="font-semibold block"),
            h.span(place.hint, class_name="text-sm text-quiet line-clamp-2"),
            id=f"{list_id}-{place.code}",
            role="option",
            aria_selected="false",
            on_click=on_pick(place.code),
            class_name="px-4 py-2.5 min-h-11 cursor-pointer hover:bg-base-200 aria-selected:bg-primary/15",
        )

    entry = h.div(
        rx.debounce_input(
            h.input(
                id=name,
                name=name,
                value=value,
                on_change=on_typed,
                auto_complete="off",
                max_length=max_length,
                role="combobox",
                aria_autocomplete="list",
                aria_expanded=when(filled(suggestions), "true", "false"),
                aria_controls=list_id,
                **marks(name, problem, hint=hint),
                class_name="input w-full h-11 text-base scroll-mt-24",
            ),
            debounce_timeout=180,
        ),
        when(
            filled(suggestions),
            h.ul(
                each(suggestions, option),
                id=list_id,
                role="listbox",
                aria_label=list_label,
                class_name="absolute z-30 inset-x-0 top-full mt-1 max-h-[min(18rem,40dvh)] overflow-y-auto rounded-field border "
                "border-base-300 bg-base-100 divide-y divide-base-300 shadow-lg",
            ),
        ),
        class_name="relative",
    )
    return h.div(
        field(label, name, problem=problem, hint=hint, control=entry),
        none_found if none_found is not None else None,
    )


def quantity_field(
    label: Text,
    value: Node,
    unit_text: Node,
    *,
    step: Node,
    minimum: Node,
    available: Node,
    hint: Node = None,
) -> Node:
    """How much of something: typed as `1,5` or `1.5`, or stepped; needs no JavaScript to be typed."""
    limits = {"data-by": step, "data-least": minimum, "data-most": available}
    return h.div(
        h.label(label, html_for="quantity", class_name="font-semibold text-sm block"),
        h.div(
            h.div(
                h.button(
                    icon("minus"),
                    type="button",
                    aria_label=LESS,
                    class_name=ICON_BUTTON,
                    custom_attrs={"data-step": "down"},
                ),
                h.input(
                    id="quantity",
                    name="quantity",
                    type="text",
                    input_mode="decimal",
                    auto_complete="off",
                    max_length=12,
                    aria_describedby="unit-quantity hint-quantity",
                    class_name="num font-semibold w-16 text-center bg-transparent min-h-11 text-base rounded-field",
                    **_initial_with(value, limits),
                ),
                h.span(unit_text, id="unit-quantity", class_name="text-sm text-quiet pr-1"),
                h.button(
                    icon("plus"),
                    type="button",
                    aria_label=MORE,
                    class_name=ICON_BUTTON,
                    custom_attrs={"data-step": "up"},
                ),
                class_name="inline-flex items-center border border-base-300 rounded-full bg-base-100",
            ),
            h.span(hint, id="hint-quantity", class_name="text-sm text-quiet first-letter:uppercase"),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        class_name="space-y-1",
    )


def _initial_with(value: Node, attributes: dict[str, Node]) -> dict[str, Any]:
    first = initial(value)
    return first | {"custom_attrs": first.get("custom_attrs", {}) | attributes}


def thumb_bar(*actions: Node) -> Node:
    """The main actions of a page: at the thumb on a phone, in their place on a desk."""
    return h.div(
        *actions,
        class_name="flex gap-3 items-center fixed bottom-0 inset-x-0 z-20 max-md:m-0! p-3 pb-[max(.75rem,env(safe-area-inset-bottom))] "
        "bg-base-100 border-t border-base-300 md:static md:p-0 md:bg-transparent md:border-0",
    )


COPIED = Text("Đã chép", "Copied")


def copy_button(label: Text, href: Node, class_name: str = OUTLINE) -> Node:
    """Puts an address of ours into the clipboard, and says so; `controls.js` does the work."""
    return h.button(
        icon("copy"),
        h.span(label, aria_live="polite", custom_attrs={"data-done": say(COPIED)}),
        type="button",
        class_name=class_name,
        custom_attrs={"data-copy": href},
    )


def amount_beside(label: Text, amount: Node) -> Node:
    """The sum beside the main action of a thumb bar; on a desk it stands above."""
    return h.p(
        h.span(label, class_name="block text-xs text-quiet"),
        h.span(amount, class_name="num block font-semibold text-lg leading-tight text-primary whitespace-nowrap"),
        class_name="md:hidden pr-1",
    )


def form_problem(problem: Node) -> Node:
    """What is wrong with the whole form."""
    return when(problem != "", h.div(problem, role="alert", class_name="alert alert-error alert-soft text-error"))
