"""Pictures in several widths, as AVIF for browsers that take it and as WebP for the others, and small ones in a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.ui.markup import Node, h, joined, when

WEBP, AVIF = "webp", "avif"
NO_PICTURE = "/no-picture.svg"


def address(key: Node, width: int, kind: str = WEBP) -> Node:
    """Where a stored picture is, in one of its widths."""
    return joined("/media/", key, f"-{width}.{kind}")


def _widths(key: Node, widths: Sequence[int], kind: str) -> Node:
    if len(widths) == 1:
        return address(key, widths[0], kind)
    parts = [part for width in widths for part in ("/media/", key, f"-{width}.{kind} {width}w, ")]
    return joined(*parts[:-1], parts[-1].removesuffix(", "))


def picture_of(
    key: Node,
    widths: Sequence[int],
    sizes: str,
    *,
    otherwise: str = "",
    alt: Node = "",
    urgent: Node = False,
    **looks: Any,
) -> Node:
    """A square picture by its key, shown first in the first of the widths (pixels); the browser chooses by `sizes`.

    `otherwise` is what stands there where there may be no key. What is not `urgent` loads once it is about to be seen.
    """

    def addresses(kind: str) -> Node:
        every = _widths(key, widths, kind)
        return when(key, every, "") if otherwise else every

    several = {"sizes": sizes} if len(widths) > 1 else {}
    side = str(widths[0])
    first = address(key, widths[0])
    return h.picture(
        h.source(type="image/avif", src_set=addresses(AVIF), **several),
        h.img(
            src=when(key, first, otherwise) if otherwise else first,
            # Where there may be no picture it is one of many: the few browsers without AVIF are given the first width.
            **({"src_set": addresses(WEBP), **several} if several and not otherwise else {}),
            alt=alt,
            width=side,
            height=side,
            loading=when(urgent, "eager", "lazy"),
            **({} if urgent is False else {"fetch_priority": when(urgent, "high", "auto")}),
            decoding="async",
            **looks,
        ),
        class_name="contents",
    )
