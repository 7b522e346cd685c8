"""Panels, badges, prices, empty and waiting states: the pieces every page is made of."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, when

BEFORE = Text("giá trước", "was")
LOADING = Text("Đang mở…", "Opening…")


def panel(*children: Node, class_name: str = "", **properties: Any) -> Node:
    """A calm white box."""
    return h.section(
        *children, class_name=f"rounded-box bg-base-100 border border-base-300 p-4 {class_name}", **properties
    )


def heading(text: Node, *aside: Node) -> Node:
    """A section's heading with what belongs beside it."""
    return h.div(
        h.h2(text, class_name="text-lg md:text-xl font-semibold"),
        *aside,
        class_name="flex items-center justify-between gap-3",
    )


def panel_title(text: Node, symbol: str = "", **properties: Any) -> Node:
    """The heading of a panel."""
    return h.h2(
        icon(symbol, "size-5 text-primary") if symbol else None,
        text,
        class_name="font-semibold flex gap-2 items-center",
        **properties,
    )


def page_title(text: Node, *aside: Node, under: Node = None) -> Node:
    """The one h1 of a page."""
    return h.div(
        h.div(
            h.h1(text, tab_index=-1, class_name="text-xl md:text-2xl font-semibold outline-none"),
            h.p(under, class_name="text-quiet text-sm") if under is not None else None,
        ),
        *aside,
        class_name="flex flex-wrap items-end justify-between gap-3",
    )


def price_tag(price_text: Node, unit_text: Node, *, large: bool = False) -> Node:
    """A price with its unit, always on one line."""
    size = "text-3xl" if large else "text-[1.0625rem] lg:text-lg"
    return h.p(
        h.span(price_text, class_name=f"num font-semibold text-primary {size}"),
        h.span("/ ", unit_text, class_name=f"{'text-base' if large else 'text-xs'} text-quiet truncate min-w-0"),
        class_name="flex items-baseline gap-x-1 whitespace-nowrap",
    )


def price_notes(before_text: Node, base_text: Node, class_name: str = "text-xs") -> Node:
    """What was asked before, struck through, and what a kilogram, a litre or a piece comes to."""
    return when(
        before_text,
        h.p(
            # Words for screen readers stay within the line: elsewhere they would widen the page.
            h.s(h.span(BEFORE, " ", class_name="sr-only"), before_text, class_name="relative"),
            " ",
            base_text,
            class_name=f"num text-quiet {class_name}",
        ),
        h.p(base_text, class_name=f"num text-quiet empty:hidden {class_name}"),
    )


def badge(text: Node, tone: str = "neutral") -> Node:
    """A short honour or state; tones: accent, primary, success, warning, error, neutral."""
    tones = {
        "accent": "bg-accent text-accent-content",
        "primary": "bg-primary text-primary-content",
        "success": "bg-success/10 text-success",
        "warning": "bg-warning text-warning-content",
        "error": "bg-error/10 text-error",
        "neutral": "bg-base-300 text-base-content",
    }
    return h.span(
        text, class_name=f"inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-semibold {tones[tone]}"
    )


FOLD = (
    "cursor-pointer list-none text-sm hover:underline min-h-11 items-center gap-1.5 [&::-webkit-details-marker]:hidden"
)


def _fold_mark() -> Node:
    return icon("down", "size-4 transition-transform group-open:rotate-180")


def fold(summary: Node, *content: Node) -> Node:
    """More for those who want to know more: closed at first, opened by a tap."""
    return h.details(
        h.summary(_fold_mark(), h.span(summary), class_name=f"{FOLD} inline-flex text-primary"),
        *content,
        class_name="group",
    )


def folded_panel(summary: Node, *content: Node) -> Node:
    """A panel for what is seldom wanted and not to be done by accident: closed at first."""
    return h.details(
        h.summary(h.span(summary, class_name="flex-1"), _fold_mark(), class_name=f"{FOLD} flex px-4 text-quiet"),
        h.div(*content, class_name="px-4 pb-4 space-y-3"),
        class_name="group rounded-box bg-base-100 border border-base-300",
    )


def empty_state(symbol: str, title: Text, text: Text, *actions: Node, alone: bool = False) -> Node:
    """Nothing here yet, and what to do about it; `alone` on a page that has no other heading."""
    head = h.h1 if alone else h.h2
    return h.div(
        h.div(icon(symbol, "size-10"), class_name="mx-auto w-fit rounded-full bg-base-300/60 text-quiet p-5"),
        head(title, class_name="text-lg font-semibold pt-2"),
        h.p(text, class_name="text-quiet max-w-md mx-auto"),
        h.div(*actions, class_name="flex flex-wrap justify-center gap-3 pt-2"),
        class_name="text-center py-12 space-y-2",
    )


def waiting() -> Node:
    """The page is on its way."""
    return h.div(
        h.p(LOADING, class_name="sr-only", role="status"),
        h.div(class_name="skeleton h-8 w-48"),
        h.div(class_name="skeleton h-28 w-full"),
        h.div(class_name="skeleton h-28 w-full"),
        class_name="space-y-4",
    )


def sum_row(label: Node, amount: Node, *, strong: bool = False, class_name: str = "") -> Node:
    """A label and an amount, aligned right."""
    weight = "font-semibold text-base" if strong else "text-sm"
    return h.div(
        h.dt(label),
        h.dd(amount, class_name="num text-right whitespace-nowrap"),
        class_name=f"flex justify-between gap-4 {weight} {class_name}",
    )


def timeline(steps: Any, build: Any) -> Node:
    """A vertical list of stages."""
    return h.ol(build(steps), class_name="space-y-3 border-l-2 border-base-300 pl-5 ml-2")


def timeline_step(label: Node, at: Node, done: Node, trouble: Node) -> Node:
    """One stage: a dot, what happened, when."""
    dot = "absolute -left-[1.72rem] top-1 size-3.5 rounded-full border-2"
    return h.li(
        when(
            done,
            when(
                trouble,
                h.span(class_name=f"{dot} bg-error border-error"),
                h.span(class_name=f"{dot} bg-primary border-primary"),
            ),
            h.span(class_name=f"{dot} bg-base-100 border-base-300"),
        ),
        h.p(label, class_name=when(done, "font-semibold", "text-quiet")),
        h.p(at, class_name="num text-sm text-quiet empty:hidden"),
        class_name="relative",
    )


def fact(symbol: str, text: Node, *more: Node) -> Node:
    """One thing worth knowing, with its icon."""
    return h.li(icon(symbol, "size-5 text-primary mt-0.5"), h.span(text, *more), class_name="flex gap-2.5 items-start")


def assurance(symbol: str, title: Text, text: Text, href: str) -> Node:
    """A promise the shop keeps, leading to how it is kept."""
    return h.li(
        h.a(
            h.span(icon(symbol, "size-6"), class_name="rounded-full bg-primary/10 text-primary p-2.5 w-fit"),
            h.span(
                h.span(title, class_name="font-semibold block leading-snug"),
                h.span(text, class_name="text-quiet text-xs block leading-snug"),
                class_name="min-w-0",
            ),
            href=href,
            class_name="flex max-sm:flex-col gap-2 sm:gap-3 sm:items-center h-full rounded-box p-3 text-sm bg-base-100 "
            "border border-base-300 hover:border-primary",
        )
    )


def way_on(symbol: str, label: Node, href: Node, hint: Node = None, class_name: str = "") -> Node:
    """A row of a list of places to go."""
    return h.li(
        h.a(
            icon(symbol, "size-5 text-primary"),
            h.span(
                h.span(label, class_name="block"),
                h.span(hint, class_name="block text-sm text-quiet") if hint is not None else None,
                class_name="flex-1 min-w-0",
            ),
            icon("forward", "size-4 text-quiet"),
            href=href,
            class_name="flex items-center gap-3 min-h-14 px-4 py-2 hover:bg-base-200 focus-visible:-outline-offset-2",
        ),
        class_name=class_name,
    )


def ways_on(*rows: Node) -> Node:
    """A list of places to go."""
    return h.ul(
        *rows,
        class_name="rounded-box bg-base-100 border border-base-300 divide-y divide-base-300 overflow-hidden",
    )


def breadcrumb(label: Text, *steps: Node) -> Node:
    """Where this page stands; each step is a `crumb`."""
    return h.nav(
        h.ol(
            *steps,
            class_name="flex items-center gap-x-2 text-sm text-quiet whitespace-nowrap overflow-x-auto "
            "[scrollbar-width:none] [&>li+li]:before:content-['›'] [&>li+li]:before:mr-2",
        ),
        aria_label=label,
    )


def crumb(label: Node, href: Node) -> Node:
    """A step of a breadcrumb."""
    return h.li(h.a(label, href=href, class_name="link link-hover inline-flex items-center min-h-11"))


def progress_steps(names: Any, at: int) -> Node:
    """The steps of a short task, the present one marked."""
    return h.ol(
        *(
            h.li(
                h.span(
                    icon("check", "size-4") if number < at else str(number),
                    class_name="num grid place-items-center size-7 rounded-full text-sm font-semibold "
                    + ("bg-primary text-primary-content" if number <= at else "bg-base-300 text-base-content"),
                ),
                h.span(name, class_name="text-sm " + ("font-semibold" if number == at else "text-quiet")),
                class_name="flex items-center gap-2 "
                + ("flex-1" if number > 1 else "")
                + " before:content-[''] before:h-px before:flex-1 before:bg-base-300 first:before:hidden",
                aria_current="step" if number == at else None,
            )
            for number, name in enumerate(names, start=1)
        ),
        class_name="flex items-center gap-2",
    )
