"""Undoes the keys of the Vietnamese input methods, for who typed with the method switched off: `xoaif` → `xoài`."""

from __future__ import annotations

import unicodedata

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"u": "ư", "o": "ơ"}
_BREVE = {"a": "ă"}
_VOWELS = frozenset("aeiouyâêôươă")
_MARKED = "êơâôăư"
"""Vowels that carry the tone wherever they are, ơ before ư."""


def undone(word: str) -> str:
    """The word somebody meant by keys of Telex or VNI; the same when there are none in it. Lower case in and out."""
    letters: list[str] = []
    tone: str | None = None
    telex = not any(character.isdigit() for character in word)
    tones = _TELEX_TONES if telex else _VNI_TONES
    for key in word:
        if key in tones and not _VOWELS.isdisjoint(letters):
            if tone is not None:
                return word
            tone = tones[key]
        elif not (_marks_by_telex(letters, key) if telex else _marks_by_vni(letters, key)):
            letters.append(key)
    return unicodedata.normalize("NFC", "".join(_with_tone(letters, tone or "")))


def _marks_by_telex(letters: list[str], key: str) -> bool:
    if key == "d":
        return _mark(letters, {"d": "đ"})
    if key in _CIRCUMFLEX:
        return _mark(letters, {key: _CIRCUMFLEX[key]})
    if key == "w":
        if not _horn(letters) and not _mark(letters, _BREVE):
            letters.append("ư")
        return True
    return False


def _marks_by_vni(letters: list[str], key: str) -> bool:
    if key == "7":
        return _horn(letters)
    marks = {"6": _CIRCUMFLEX, "8": _BREVE, "9": {"d": "đ"}}.get(key)
    return marks is not None and _mark(letters, marks)


def _mark(letters: list[str], marks: dict[str, str]) -> bool:
    """Put a mark on the last letter that takes it."""
    for place in reversed(range(len(letters))):
        if (marked := marks.get(letters[place])) is not None:
            letters[place] = marked
            return True
    return False


def _horn(letters: list[str]) -> bool:
    """`uo` takes two horns; `oa` takes none, its w is a breve."""
    text = "".join(letters)
    if (place := text.rfind("uo")) >= 0 or (place := text.rfind("ưo")) >= 0:
        letters[place : place + 2] = "ươ"
        return True
    return "oa" not in text and _mark(letters, _HORN)


def _with_tone(letters: list[str], tone: str) -> list[str]:
    vowels = [place for place, letter in enumerate(letters) if letter in _VOWELS]
    if not tone or not vowels:
        return letters
    # In `qu` and `gi` the second letter belongs to the consonant when a vowel follows.
    if len(vowels) > 1 and "".join(letters[:2]) in {"qu", "gi"} and vowels[0] == 1:
        vowels = vowels[1:]
    marked = [place for place in vowels if letters[place] in _MARKED]
    if marked:
        place = min(marked, key=lambda place: _MARKED.index(letters[place]))
    elif len(vowels) == 1:
        place = vowels[0]
    elif (
        len(vowels) > 2
        or vowels[-1] < len(letters) - 1
        or letters[vowels[0]] + letters[vowels[1]] in {"oa", "oe", "uy"}
    ):
        place = vowels[1]
    else:
        place = vowels[0]
    return [letter + tone if here == place else letter for here, letter in enumerate(letters)]
