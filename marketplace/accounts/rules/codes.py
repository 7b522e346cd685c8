"""One-time codes: what they are for, how long they are good, how often one may be tried."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

from marketplace.accounts.rules.people import Identifier, mask_phone
from marketplace.base.errors import DomainError, FieldRequired
from marketplace.base.text import Text

CODE_LENGTH = 6
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
FRESH_FOR = timedelta(minutes=15)
"""How long after signing in a person may change what the account is opened with (ASVS 7.5.1)."""


class Purpose(StrEnum):
    """What a step between two pages is for; all but the last send a code to a phone or an e-mail address."""

    SIGN_IN = "sign_in"
    PROVE = "prove"
    RESET = "reset"
    SECOND_STEP = "second_step"


class CodeWrong(DomainError):
    """Not the code that was sent."""

    code = "code_wrong"
    message = Text("Mã chưa đúng. Còn thử được {left} lần.", "That is not the code. Tries left: {left}.")


class CodeSpent(DomainError):
    """The code ran out, was used, was tried too often, or was asked for in another browser."""

    code = "code_spent"
    message = Text("Mã này không dùng được nữa. Hãy lấy mã mới.", "This code can no longer be used. Ask for a new one.")


class SignInAgain(DomainError):
    """What the account is opened with changes only right after signing in."""

    code = "sign_in_again"
    status = 403
    message = Text(
        "Để an toàn, hãy đăng nhập lại rồi làm việc này trong 15 phút.",
        "To be safe, sign in again and do this within 15 minutes.",
    )


class IdentifierTaken(DomainError):
    """Another account has proven the same; told only to whoever holds the phone or mailbox."""

    code = "identifier_taken"
    status = 409
    message = Text(
        "Số hoặc e-mail này đã thuộc một tài khoản khác của bạn. Hãy đăng nhập vào tài khoản đó bằng mã.",
        "This phone or e-mail belongs to another account of yours. Sign in to that one with a code.",
    )


class AccountClosed(DomainError):
    """The account of this phone or e-mail was closed."""

    code = "account_closed"
    status = 403
    message = Text(
        "Tài khoản này đã bị khóa. Hãy liên hệ cán bộ của tỉnh.",
        "This account is closed. Write to the province's staff.",
    )


def read_code(typed: str, *, field: str = "code") -> str:
    """The digits of a code, however they were spaced; raises FieldRequired."""
    bare = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", typed))
    if not bare:
        raise FieldRequired(field=field)
    return bare


def masked(who: Identifier) -> str:
    """What one recognises as one's own and others cannot use."""
    if who.phone:
        return mask_phone(who.phone)
    name, _, host = (who.email or "").partition("@")
    return f"{name[:2]}•••@{host}"
