"""Names that can be told apart: what looks like a name one trusts must be that name.

Unicode Technical Standard 39 (Security Mechanisms), section 5: words of one script, no invisible characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from itertools import filterfalse

from marketplace.base.errors import DomainError
from marketplace.base.inputs import read_line
from marketplace.base.text import Text

LOCAL_SCRIPTS = frozenset({"LATIN", "KHMER", "CJK"})
"""What shops of the delta write their names in: Vietnamese, Khmer, Chinese."""
MOST_MARKS = 3
"""Signs on one letter: Khmer sets up to three; more are there to spill over the lines around."""
_ONE_SCRIPT = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "IDEOGRAPHIC": "CJK"}
# Letters and symbols that are drawn as nothing: fillers of Hangul and the empty Braille pattern.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
_WORD = re.compile(r"[^\W\d_]+")
_ORDINALS = frozenset("ªº")


class NameUnreadable(DomainError):
    """A name has a word that looks like another one, or cannot be read at all."""

    code = "name_unreadable"
    message = Text(
        "Chữ “{word}” lẫn ký tự nhìn giống mà không phải chữ đó. Hãy gõ lại bằng bàn phím tiếng Việt.",
        "The word “{word}” has characters that look like others. Type it again on one keyboard.",
    )


def read_name(typed: str, *, field: str, limit: int, required: bool = True, scripts: Set[str] | None = None) -> str:
    """A name as `read_line` keeps it, without what cannot be seen; each word of one script, of `scripts` if given.

    Raises what `read_line` raises, and NameUnreadable.
    """
    line = read_line(typed, field=field, limit=max(limit, len(typed)), required=False)
    name = read_line("".join(filterfalse(_unseen, line)), field=field, limit=limit, required=required)
    marks = 0
    for character in name:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            raise NameUnreadable(field=field, word=f"{name[:20]}…")
    for match in _WORD.finditer(name):
        found = scripts_of(match[0])
        if len(found) > 1 or (scripts is not None and not found <= scripts):
            raise NameUnreadable(field=field, word=match[0])
    return name


def scripts_of(word: str) -> frozenset[str]:
    """The scripts its letters belong to, by the first word of their names in Unicode: `LATIN`, `KHMER`, `CJK`."""
    found = (
        unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
        for letter in word
        if unicodedata.category(letter).startswith("L") and letter not in _ORDINALS
    )
    return frozenset(_ONE_SCRIPT.get(script, script) for script in found)


def _unseen(character: str) -> bool:
    return character in _BLANK or unicodedata.category(character) == "Cf"
