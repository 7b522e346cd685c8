"""Rules of reviews: who is named how, what may be written, until when, and what staff may do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from marketplace.base.errors import DomainError
from marketplace.base.inputs import read_paragraphs
from marketplace.base.ratings import MOST_STARS
from marketplace.base.text import Text, normalize

TEXT_LIMIT = 2000
ANSWER_LIMIT = 1000
NOTE_LIMIT = 300
REASON_LIMIT = 500
MOST_PHOTOS = 4
MAY_EDIT = timedelta(days=30)
LONGEST_NAME = 40


class ReviewState(StrEnum):
    """Whether everybody sees a review. Nothing is ever deleted."""

    SHOWN = "shown"
    HIDDEN = "hidden"


REVIEW_MOVES: Mapping[ReviewState, frozenset[ReviewState]] = MappingProxyType(
    {
        ReviewState.SHOWN: frozenset({ReviewState.HIDDEN}),
        ReviewState.HIDDEN: frozenset({ReviewState.SHOWN}),
    }
)
STATE_LABELS: Mapping[ReviewState, Text] = MappingProxyType(
    {ReviewState.SHOWN: Text("Đang hiện", "Shown"), ReviewState.HIDDEN: Text("Đã ẩn", "Hidden")}
)


class ReportReason(StrEnum):
    """Why somebody wants staff to look at a review."""

    OFFENSIVE = "offensive"
    PRIVATE = "private"
    ADVERTISING = "advertising"
    UNTRUE = "untrue"
    OTHER = "other"


REPORT_LABELS: Mapping[ReportReason, Text] = MappingProxyType(
    {
        ReportReason.OFFENSIVE: Text("Xúc phạm, tục tĩu", "Insulting or obscene"),
        ReportReason.PRIVATE: Text("Lộ thông tin riêng của người khác", "Tells somebody's private data"),
        ReportReason.ADVERTISING: Text("Quảng cáo, lôi kéo", "Advertising"),
        ReportReason.UNTRUE: Text("Không đúng về món hàng này", "Not about these goods, or untrue"),
        ReportReason.OTHER: Text("Lý do khác", "Another reason"),
    }
)


class NotReceived(DomainError):
    """Only who received the goods may say what they are like."""

    code = "not_received"
    status = 409
    message = Text(
        "Bạn đánh giá được khi đã nhận hàng.", "You can review these goods once they have been delivered to you."
    )


class OwnGoods(DomainError):
    """Nobody reviews what their own shop sold."""

    code = "own_goods"
    status = 409
    message = Text(
        "Đây là hàng của gian hàng bạn, nên bạn không tự đánh giá được.",
        "These are goods of your own shop, which you cannot review yourself.",
    )


class EditingOver(DomainError):
    """A review stands as it is after a while."""

    code = "editing_over"
    status = 409
    message = Text(
        "Đã quá {days} ngày nên đánh giá này không sửa được nữa.",
        "After {days} days this review can no longer be changed.",
    )


class StarsMissing(DomainError):
    """No stars were given."""

    code = "stars_missing"
    message = Text("Hãy chọn từ 1 đến 5 sao.", "Choose one to five stars.")


class LinksNotAllowed(DomainError):
    """Reviews lead nowhere else."""

    code = "links_not_allowed"
    message = Text(
        "Không ghi được đường dẫn ở đây. Hãy bỏ địa chỉ trang web rồi gửi lại.",
        "Links are not taken here. Take the web address out, then send it again.",
    )


class TooManyPhotos(DomainError):
    """More photos than a review shows."""

    code = "too_many_photos"
    status = 409
    message = Text("Một đánh giá có nhiều nhất {limit} ảnh.", "A review takes at most {limit} photos.")


# Endings that are words of their own ("ngon.Shop giao nhanh", a full stop without its space) are not among them.
_LINK = re.compile(
    r"(?:https?|ftp|javascript)\s*:|\bwww\s?\.|\b[\w-]+\.(?:com|vn|net|org|info|xyz|asia|biz)\b", re.IGNORECASE
)


def read_words(typed: str, *, field: str, limit: int, required: bool = False) -> str:
    """A few plain paragraphs without links; raises FieldRequired, TextTooLong, InputInvalid or LinksNotAllowed."""
    text = read_paragraphs(typed, field=field, limit=limit, required=required)
    if _LINK.search(text):
        raise LinksNotAllowed(field=field)
    return text


def check_stars(stars: int) -> None:
    """Raise StarsMissing for anything but one to five."""
    if not 1 <= stars <= MOST_STARS:
        raise StarsMissing(field="stars")


def check_may_edit(written_at: datetime, now: datetime) -> None:
    """Raise EditingOver once a review stands."""
    if not may_edit(written_at, now):
        raise EditingOver(days=MAY_EDIT.days)


def may_edit(written_at: datetime, now: datetime) -> bool:
    """Whether a review may still be changed."""
    return now < written_at + MAY_EDIT


def short_name(name: str) -> str:
    """`Nguyễn Thị Lan` as `Nguyễn T. L.`: enough to be somebody, not enough to be found."""
    first, *others = normalize(name).split() or ("",)
    return " ".join((first, *(f"{word[0].upper()}." for word in others)))[:LONGEST_NAME]
