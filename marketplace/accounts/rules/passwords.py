"""What a password may be."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from marketplace.accounts.rules.people import Identifier, national
from marketplace.base.errors import DomainError, TextTooLong
from marketplace.base.text import Text, fold, words

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200


class PasswordTooShort(DomainError):
    """Fewer characters than can hold against guessing (ASVS 6.2.1)."""

    code = "password_too_short"
    message = Text(
        "Mật khẩu cần ít nhất {least} ký tự. Một câu ngắn là dễ nhớ nhất.",
        "The password needs at least {least} characters. A short sentence is easiest to remember.",
    )


class PasswordTooCommon(DomainError):
    """One of the first passwords anybody would try (ASVS 6.2.4)."""

    code = "password_too_common"
    message = Text(
        "Mật khẩu này quá nhiều người dùng. Hãy thêm vài từ của riêng bạn.",
        "Too many people use this password. Add a few words of your own.",
    )


class PasswordNamesPerson(DomainError):
    """The password is the person's own name, phone number or e-mail address."""

    code = "password_names_person"
    message = Text(
        "Mật khẩu không được là tên, số điện thoại hay e-mail của bạn.",
        "The password must not be your name, phone number or e-mail address.",
    )


def read_password(typed: str) -> str:
    """NFC and nothing else, so that every keyboard's spelling of an accent signs in; for sign-in too.

    Half a surrogate pair, which JSON can carry and no hash takes, becomes a replacement character.
    """
    return unicodedata.normalize("NFC", typed).encode("utf-8", "replace").decode()


def check_new_password(password: str, *, name: str, identifier: Identifier) -> None:
    """Raise PasswordTooShort, TextTooLong, PasswordTooCommon or PasswordNamesPerson; any characters are welcome."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(field="password", least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise TextTooLong(field="password", limit=LONGEST_PASSWORD)
    if is_common(password):
        raise PasswordTooCommon(field="password")
    bare = _bare(password)
    own = {_bare(name)}
    if identifier.phone:
        own |= {_bare(identifier.phone), national(identifier.phone), national(identifier.phone).removeprefix("0")}
    if identifier.email:
        own |= {_bare(identifier.email), _bare(identifier.email.partition("@")[0])}
    if bare in own - {""}:
        raise PasswordNamesPerson(field="password")


def is_common(password: str) -> bool:
    """Whether it is on the shipped list, but for accents, capitals and trailing digits, or one thing repeated."""
    plain = fold(password)
    bare = _bare(password)
    stem = bare.rstrip("0123456789")
    return (
        not {plain, bare, stem}.isdisjoint(_common_passwords())
        or re.fullmatch(r"(.{1,4}?)\1+.?", plain, re.DOTALL) is not None
        or (len(bare) >= SHORTEST_PASSWORD and (bare in _ROWS or bare in _ROWS[::-1]))
    )


def _bare(text: str) -> str:
    return "".join(words(text))


# Rows of the keyboard, the digits and the alphabet, read in either direction.
_ROWS = "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    listed = files("marketplace.accounts").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in listed.splitlines() if line and not line.startswith("#"))
