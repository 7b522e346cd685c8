"""Text in two languages, Vietnamese folding for search, and slugs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Locale = Literal["vi", "en"]
LOCALES: tuple[Locale, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One user-visible text in both languages, so that neither can be forgotten.

    `{name}` placeholders are filled by `say`.
    """

    vi: str
    en: str

    def say(self, locale: str, **values: object) -> str:
        """The text in `locale`; anything but English is answered in Vietnamese."""
        template = self.en if locale == "en" else self.vi
        return template.format(**values) if values else template


NOTHING = Text("", "")
"""Where there may be words and are none."""


def as_locale(value: str | None) -> Locale:
    """A locale from untrusted input, Vietnamese by default."""
    return "en" if value == "en" else "vi"


def normalize(value: str) -> str:
    """NFC with runs of white space collapsed: what we store of a person's typing."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def fold(value: str) -> str:
    """Lower case without accents, for matching: `Đường Thốt Nốt` → `duong thot not`.

    NFKD does not decompose đ, so it is mapped by hand.
    """
    bare = unicodedata.normalize("NFKD", value.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def words(value: str) -> list[str]:
    """The folded words of a text, in order."""
    return re.findall(r"[^\W_]+", fold(value))


def slugify(value: str, limit: int = 60) -> str:
    """`Xoài cát Hòa Lộc` → `xoai-cat-hoa-loc`; empty when nothing is left."""
    ascii_words = re.findall(r"[a-z0-9]+", fold(value))
    slug = ""
    for word in ascii_words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > limit:
            break
        slug = longer
    return slug or (ascii_words[0][:limit] if ascii_words else "")
