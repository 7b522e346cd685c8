"""The help pages: complete without data, so the same markup is first view and live page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.base.errors import DomainError
from marketplace.base.text import Text
from marketplace.base.web import HTTP_REASONS
from marketplace.storefront.help_topics import TOPICS, Topic
from marketplace.ui.blocks import breadcrumb, crumb, page_title, panel, panel_title, way_on, ways_on
from marketplace.ui.layout import shop_frame
from marketplace.ui.markup import FirstView, Node, h
from marketplace.ui.page import Page, still_page

HELP = Text("Trợ giúp", "Help")
HELP_HINT = Text("Ngắn gọn, đúng với những gì sàn làm.", "Short, and true to what the market does.")
BREADCRUMB = Text("Đường dẫn", "Breadcrumb")
MORE_HELP = Text("Xem thêm", "More help")
ERRORS = Text("Mã lỗi", "Error codes")
ERRORS_SUMMARY = Text("Cho người lập trình dùng API của sàn.", "For programmers who use the market's API.")
ERRORS_HINT = Text(
    "Mỗi câu trả lời từ chối là problem+json (RFC 9457). “type” dẫn đến một mục dưới đây, “code” là mã, “title” là câu "
    "cho người đọc, “field” là mục cần sửa nếu có.",
    "Every refusal is problem+json (RFC 9457). Its “type” leads to an entry below, “code” is the code, “title” the "
    "sentence for people, “field” the input to mend, if any.",
)


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """A code that the API may answer with, its HTTP status and what it tells people."""

    code: str
    status: int
    messages: tuple[Text, ...]


def _kinds(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


def _without_values(message: Text) -> Text:
    return Text(re.sub(r"\{\w+\}", "…", message.vi), re.sub(r"\{\w+\}", "…", message.en))


def error_entries() -> tuple[ErrorEntry, ...]:
    """Every error of the domain and of HTTP itself, by code."""
    found: dict[str, ErrorEntry] = {}
    for kind in _kinds():
        known = found.get(kind.code)
        messages = (*(known.messages if known else ()), _without_values(kind.message))
        found[kind.code] = ErrorEntry(kind.code, kind.status, tuple(dict.fromkeys(messages)))
    for status, reason in HTTP_REASONS.items():
        code = "internal" if status == 500 else f"http_{status}"
        found[code] = ErrorEntry(code, status, (reason,))
    return tuple(found[code] for code in sorted(found))


def help_content(_: Node) -> Node:
    """What help there is."""
    return shop_frame(
        h.div(
            page_title(HELP, under=HELP_HINT),
            ways_on(
                *(way_on(topic.symbol, topic.title, topic.href, topic.summary) for topic in TOPICS),
                way_on("warning", ERRORS, "/help/errors", ERRORS_SUMMARY),
            ),
            class_name="max-w-2xl mx-auto space-y-4",
        ),
        active="me",
    )


def topic_content(topic: Topic) -> Node:
    """One topic, each question with its answer."""
    return shop_frame(
        h.div(
            breadcrumb(BREADCRUMB, crumb(HELP, "/help")),
            page_title(topic.title, under=topic.summary),
            *(
                panel(
                    panel_title(section.question),
                    *(h.p(text) for text in section.answer),
                    id=section.anchor,
                    class_name="space-y-2 leading-relaxed",
                )
                for section in topic.sections
            ),
            h.h2(MORE_HELP, class_name="font-semibold pt-4"),
            ways_on(*(way_on(other.symbol, other.title, other.href) for other in TOPICS if other is not topic)),
            class_name="max-w-2xl mx-auto space-y-4",
        ),
        active="me",
    )


def errors_content(_: Node) -> Node:
    """Every error code with its anchor, to which the `type` of a problem leads."""
    return shop_frame(
        h.div(
            breadcrumb(BREADCRUMB, crumb(HELP, "/help")),
            page_title(ERRORS, under=ERRORS_SUMMARY),
            h.p(ERRORS_HINT),
            h.dl(
                *(
                    h.div(
                        h.dt(
                            h.code(entry.code, class_name="font-semibold break-all"),
                            h.span(str(entry.status), class_name="num text-quiet text-sm"),
                            class_name="flex justify-between gap-3",
                        ),
                        *(h.dd(message, class_name="text-sm") for message in entry.messages),
                        id=entry.code,
                        class_name="px-4 py-3 scroll-mt-20 target:bg-accent/30",
                    )
                    for entry in error_entries()
                ),
                class_name="rounded-box bg-base-100 border border-base-300 divide-y divide-base-300 overflow-hidden",
            ),
            class_name="max-w-2xl mx-auto space-y-4",
        ),
        active="me",
    )


def _topic_page(topic: Topic) -> Page:
    def content(_: Node) -> Node:
        return topic_content(topic)

    return Page(
        topic.href,
        lambda: still_page(content),
        title=topic.title,
        first_view=FirstView(content),
        description=topic.summary,
    )


PAGES = (
    Page(
        "/help",
        lambda: still_page(help_content),
        title=HELP,
        first_view=FirstView(help_content),
        description=HELP_HINT,
    ),
    *(_topic_page(topic) for topic in TOPICS),
    Page(
        "/help/errors",
        lambda: still_page(errors_content),
        title=ERRORS,
        first_view=FirstView(errors_content),
        description=ERRORS_SUMMARY,
    ),
)
