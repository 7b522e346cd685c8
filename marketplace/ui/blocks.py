"""Panels, badges, prices, empty and waiting states: the pieces every page is made of."""

from __future__ import annotations

from typing import Any

from marketplace.base.text import Text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, h, when

LOADING = Text("Đang mở…", "Opening…")


def panel(*children: Node, class_name: str = "", **properties: Any) -> Node:
    """A calm white box."""
    return h.section(
        *children, class_name=f"rounded-box bg-base-100 border border-base-300 p-4 {class_name}", **properties
    )


def heading(text: Node, *aside: Node) -> Node:
    """A section's heading with what belongs beside it."""
    return h.div(
        h.h2(text, class_name="text-lg font-semibold"), *aside, class_name="flex items-center justify-between gap-3"
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
    """A price with its unit, never broken apart."""
    return h.p(
        h.span(price_text, class_name=f"num font-semibold text-primary {'text-3xl' if large else 'text-lg'}"),
        h.span(" / ", unit_text, class_name="text-sm text-quiet"),
        class_name="flex flex-wrap items-baseline gap-x-1 whitespace-nowrap",
    )


def badge(text: Node, tone: str = "neutral") -> Node:
    """A short honour or state; tones: accent, primary, success, warning, error, neutral."""
    tones = {
        "accent": "bg-accent text-accent-content",
        "primary": "bg-primary text-primary-content",
        "success": "bg-success/10 text-success",
        "warning": "bg-warning text-warning-content",
        "error": "bg-error/10 text-error",
        "neutral": "bg-base-200 text-base-content",
    }
    return h.span(
        text, class_name=f"inline-flex items-center rounded-full px-2.5 py-0.5 text-xs font-semibold {tones[tone]}"
    )


def fold(summary: Node, *content: Node) -> Node:
    """More for those who want to know more: closed at first, opened by a tap."""
    return h.details(
        h.summary(
            icon("down", "size-4 transition-transform group-open:rotate-180"),
            h.span(summary),
            class_name="cursor-pointer list-none text-sm text-primary hover:underline min-h-11 inline-flex items-center gap-1.5 "
            "[&::-webkit-details-marker]:hidden",
        ),
        *content,
        class_name="group",
    )


def empty_state(symbol: str, title: Text, text: Text, *actions: Node) -> Node:
    """Nothing here yet, and what to do about it."""
    return h.div(
        h.div(icon(symbol, "size-10"), class_name="mx-auto w-fit text-quiet"),
        h.h2(title, class_name="text-lg font-semibold"),
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


def sum_row(label: Node, amount: Node, *, strong: bool = False) -> Node:
    """A label and an amount, aligned right."""
    weight = "font-semibold text-base" if strong else "text-sm"
    return h.div(
        h.dt(label),
        h.dd(amount, class_name="num text-right whitespace-nowrap"),
        class_name=f"flex justify-between gap-4 {weight}",
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
