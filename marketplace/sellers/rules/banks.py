"""Banks of Vietnam by the BIN that NAPAS transfers and VietQR codes name them with, and the accounts kept there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from marketplace.base.errors import DomainError, FieldRequired, TextTooLong
from marketplace.base.text import Text, fold

HOLDER_LIMIT = 100
USUAL = 8
_ACCOUNT = re.compile(r"[0-9]{6,19}")
_HOLDER = re.compile(r"[A-Z0-9][A-Z0-9 .,&'/()-]*")


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank money can be sent to by account number; `code` is its BIN of six digits."""

    code: str = ""
    name: str = ""
    """The short name people know."""
    hint: str = ""
    """The name in full."""


class BankUnknown(DomainError):
    """No bank was picked, or one that is not in the list."""

    code = "bank_unknown"
    message = Text(
        "Hãy gõ vài chữ tên ngân hàng rồi chọn trong danh sách.",
        "Type a few letters of the bank's name and pick it from the list.",
    )


class BankAccountWrong(DomainError):
    """Not the number of an account."""

    code = "bank_account_wrong"
    message = Text(
        "Số tài khoản chưa đúng: chỉ gồm số, từ 6 đến 19 chữ số.",
        "This account number is not right: digits only, 6 to 19 of them.",
    )


class BankHolderWrong(DomainError):
    """A holder's name that no bank writes so."""

    code = "bank_holder_wrong"
    message = Text(
        "Tên chủ tài khoản viết hoa không dấu như trên thẻ, ví dụ NGUYEN VAN TAM.",
        "Write the holder as on the card, in capitals without accents: NGUYEN VAN TAM.",
    )


@lru_cache(maxsize=1)
def banks() -> tuple[Bank, ...]:
    """Every bank, those most farmers use first."""
    rows = (files("marketplace.sellers") / "data" / "banks.tsv").read_text("utf-8").splitlines()
    return tuple(Bank(*row.split("\t")) for row in rows)


def bank_named(code: str) -> Bank | None:
    """The bank of a BIN."""
    return next((bank for bank in banks() if bank.code == code), None)


def find_banks(typed: str) -> tuple[Bank, ...]:
    """Banks whose short or full name has each typed word, those whose short name begins so first."""
    asked = fold(typed).split()
    if not asked:
        return ()
    said = [(bank, fold(bank.name), f"{fold(bank.name)} {fold(bank.hint)} {bank.code}") for bank in banks()]
    fitting = [
        (not short.startswith(asked[0]), bank) for bank, short, all_of_it in said if all(w in all_of_it for w in asked)
    ]
    return tuple(bank for _, bank in sorted(fitting, key=lambda one: one[0]))[:USUAL]


def parse_bank(code: str, *, field: str = "bank") -> str:
    """A bank's BIN; raises BankUnknown."""
    if bank_named(code) is None:
        raise BankUnknown(field=field)
    return code


def parse_bank_account(typed: str, *, field: str = "bank_account") -> str:
    """The digits of an account, spaces and full stops left out; raises FieldRequired or BankAccountWrong."""
    compact = re.sub(r"[\s.]", "", typed)
    if not compact:
        raise FieldRequired(field=field)
    if _ACCOUNT.fullmatch(compact) is None:
        raise BankAccountWrong(field=field)
    return compact


def holder_of(name: str) -> str:
    """A name as banks write it: `Nguyễn Văn Tám` → `NGUYEN VAN TAM`."""
    return " ".join(fold(name).upper().split())


def parse_bank_holder(typed: str, *, field: str = "bank_holder") -> str:
    """The holder as banks write it; raises FieldRequired, TextTooLong or BankHolderWrong."""
    name = holder_of(typed)
    if not name:
        raise FieldRequired(field=field)
    if len(name) > HOLDER_LIMIT:
        raise TextTooLong(field=field, limit=HOLDER_LIMIT)
    if _HOLDER.fullmatch(name) is None:
        raise BankHolderWrong(field=field)
    return name


def mask_account(number: str) -> str:
    """`•••• 6789`: enough to recognise one's own account, not enough to use it."""
    return f"•••• {number[-4:]}" if number else ""
