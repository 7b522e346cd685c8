"""Pieces the staff's pages and the public page share: an indicator with all it was made of, a series with its chart."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.ui.blocks import badge, fold
from marketplace.ui.charts import bars, newest, sparkline
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, h, when

HOW = Text("Số này từ đâu?", "Where does this come from?")
FORMULA = Text("Công thức", "Formula")
COUNTS = Text("Ai và gì được tính", "Who and what counts")
MADE_OF = Text("Được tính từ", "Made of")
TARGETS = Text("Mục tiêu", "Targets")
BY_SECTOR = Text("Theo ngành", "By sector")
NOTHING_SOLD = Text("Chưa có gì trong mười bốn tháng này.", "Nothing in these fourteen months yet.")
DATA = Text("Dữ liệu JSON", "Data as JSON")

CARD = "rounded-box bg-base-100 border border-base-300 p-4 flex flex-col gap-2 min-w-0"
SMALL_HEADING = "font-semibold text-sm"


def indicator_card(view: Node) -> Node:
    """Figure, target, trend, a plain sentence, and behind a fold everything it was made of."""
    return h.article(
        h.h3(view.name, class_name="text-sm min-h-10"),
        h.p(
            view.share_text,
            class_name=when(view.known, "num text-3xl font-semibold", "text-xl font-semibold text-quiet"),
        ),
        when(
            view.known,
            h.ul(each(view.targets, _goal), aria_label=TARGETS, class_name="space-y-1 text-sm"),
            h.div(
                h.p(view.verdict, class_name="text-sm"),
                h.ul(
                    each(view.targets, lambda target: h.li(target.year, ": ", target.text, class_name="num")),
                    aria_label=TARGETS,
                    class_name="flex flex-wrap gap-x-3 text-sm text-quiet",
                ),
                class_name="space-y-1",
            ),
        ),
        sparkline(view.chart, tone=when(view.reached, "text-primary", "text-urgent")),
        h.p(
            when(view.period_text, h.span(view.period_text, " · ", class_name="num")),
            view.source,
            class_name="text-xs text-quiet",
        ),
        h.div(fold(HOW, h.div(_definition(view), class_name="space-y-3 text-sm pb-2")), class_name="mt-auto"),
        class_name=CARD,
    )


def _goal(target: Node) -> Node:
    return h.li(
        h.span(target.year, ": ", target.text, class_name="num font-semibold whitespace-nowrap"),
        when(
            target.reached,
            badge(
                h.span(icon("check", "size-3.5"), target.standing_text, class_name="inline-flex items-center gap-1"),
                "success",
            ),
            h.span(target.verdict),
        ),
        class_name="flex flex-wrap items-center gap-x-2",
    )


def _definition(view: Node) -> Node:
    return h.dl(
        _entry(FORMULA, h.p(view.formula)),
        _entry(COUNTS, h.p(view.inclusion)),
        when(view.facts, _entry(MADE_OF, h.ul(each(view.facts, _fact), class_name="space-y-2"))),
        _entry(TARGETS, h.ul(each(view.targets, _target), class_name="space-y-2")),
        when(view.has_sectors, _entry(BY_SECTOR, h.ul(each(view.sectors, _sector), class_name="space-y-1"))),
        class_name="space-y-3",
    )


def _entry(label: Text, *content: Node) -> Node:
    return h.div(h.dt(label, class_name=SMALL_HEADING), h.dd(*content))


def _fact(fact: Node) -> Node:
    return h.li(
        h.p(h.span(fact.role_text, class_name="font-semibold"), ": ", fact.name),
        h.p(h.span(fact.value_text, class_name="num font-semibold"), " ", badge(fact.origin_text)),
        h.p(
            when(fact.period_text, h.span(fact.period_text, ". ", class_name="num")),
            fact.rule,
            " ",
            fact.source,
            class_name="text-xs text-quiet",
        ),
    )


def _target(target: Node) -> Node:
    return h.li(
        h.p(
            h.span(target.year, class_name="num font-semibold"),
            ": ",
            h.span(target.text, class_name="num"),
            " · ",
            target.standing_text,
        ),
        h.p(target.verdict, " ", target.decision, class_name="text-xs text-quiet"),
    )


def _sector(sector: Node) -> Node:
    return h.li(
        h.span(sector.name), h.span(sector.share_text, class_name="num"), class_name="flex justify-between gap-3"
    )


def series_card(card: Node) -> Node:
    """A public series: what it counts, its bars, its table, and where a program gets it."""
    return h.article(
        h.h3(card.title, class_name="font-semibold"),
        newest(card.chart),
        h.p(card.rule, class_name="text-xs text-quiet"),
        bars(card.chart, NOTHING_SOLD),
        h.a(
            DATA, href=card.href, class_name="link link-hover text-sm min-h-11 inline-flex items-center", rel="nofollow"
        ),
        class_name=CARD,
    )
