"""Sections of a shop's page: a title, and goods the seller chose or that a rule of the market chooses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

LONGEST_TITLE = 60
MOST_SECTIONS = 8
MOST_CHOSEN = 12
ON_SECTION = 6
"""How many goods a section shows that chooses by itself."""


class SectionKind(StrEnum):
    """What a section shows."""

    CHOSEN = "chosen"
    BEST_SELLERS = "best_sellers"
    NEW = "new"
    CATEGORY = "category"


SECTION_LABELS: Mapping[SectionKind, Text] = MappingProxyType(
    {
        SectionKind.CHOSEN: Text("Món bạn tự chọn", "Goods you choose"),
        SectionKind.BEST_SELLERS: Text("Bán chạy nhất", "Best sellers"),
        SectionKind.NEW: Text("Mới đăng", "Newest"),
        SectionKind.CATEGORY: Text("Một danh mục", "One category"),
    }
)


class TooManySections(DomainError):
    """More sections than a shopper would look through."""

    code = "too_many_sections"
    status = 409
    message = Text(
        "Nhiều nhất {limit} phần trên một trang. Hãy bỏ bớt một phần trước.",
        "At most {limit} sections on a page. Remove one first.",
    )


class TooManyChosen(DomainError):
    """More goods than a section shows."""

    code = "too_many_chosen"
    status = 409
    message = Text(
        "Nhiều nhất {limit} món trong một phần. Hãy bỏ bớt một món trước.",
        "At most {limit} goods in a section. Take one out first.",
    )


class SectionChoosesItself(DomainError):
    """Goods can be put only into a section of chosen goods."""

    code = "section_chooses_itself"
    status = 409
    message = Text(
        "Phần này tự chọn hàng. Hãy thêm một phần “món bạn tự chọn”.",
        "This section chooses its goods by itself. Add one of goods you choose.",
    )
