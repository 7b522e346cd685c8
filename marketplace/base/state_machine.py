"""Tables of allowed moves: one small machine for each state, one place for its rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

S = TypeVar("S", bound=StrEnum)


class MoveRefused(DomainError):
    """The state does not allow this move."""

    code = "move_refused"
    status = 409
    message = Text(
        "Không làm được nữa: hiện đang ở trạng thái “{state}”. Hãy tải lại để xem mới nhất.",
        "No longer possible: it is now “{state}”. Reload to see the latest.",
    )


def move(table: Mapping[S, frozenset[S]], current: S, target: S, labels: Mapping[S, Text] | None = None) -> S:
    """`target` if the table allows it from `current`; raises MoveRefused, in the words of `labels` where given."""
    if target not in table.get(current, frozenset()):
        raise MoveRefused(state=labels[current] if labels else current.value, target=target.value)
    return target
