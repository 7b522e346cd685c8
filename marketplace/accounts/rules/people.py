"""How people are named: phones, e-mail addresses, names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from marketplace.base import names
from marketplace.base.errors import DomainError, FieldRequired
from marketplace.base.text import Text


class PhoneUnreadable(DomainError):
    """What was typed is not a Vietnamese mobile number."""

    code = "phone_unreadable"
    message = Text(
        "Số điện thoại chưa đúng. Hãy gõ số di động Việt Nam, ví dụ 0912 345 678.",
        "That is not a phone number we can use. Type a Vietnamese mobile number, for example 0912 345 678.",
    )


class EmailUnreadable(DomainError):
    """What was typed is not an e-mail address."""

    code = "email_unreadable"
    message = Text(
        "E-mail chưa đúng, ví dụ ten@gmail.com.", "That is not an e-mail address, for example name@gmail.com."
    )


VIETNAM_CODE = 84
_PHONE_SHAPE = re.compile(r"[\d\s.\-()+\uff0b]{9,30}")


def parse_phone(typed: str, *, field: str = "phone") -> str:
    """E.164 (`+84912345678`) of a Vietnamese mobile number; raises FieldRequired or PhoneUnreadable.

    Landlines are refused: neither a code nor a courier's call reaches a person there.
    """
    if not typed.strip():
        raise FieldRequired(field=field)
    # The library also reads letters (0912-ABC) and extensions; people here never mean those.
    if _PHONE_SHAPE.fullmatch(typed.strip()) is None:
        raise PhoneUnreadable(field=field)
    try:
        number = phonenumbers.parse(typed, "VN")
    except NumberParseException as error:
        raise PhoneUnreadable(field=field) from error
    if (
        number.country_code != VIETNAM_CODE
        or not phonenumbers.is_valid_number(number)
        or phonenumbers.number_type(number) != PhoneNumberType.MOBILE
    ):
        raise PhoneUnreadable(field=field)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """`0912 345 678` from E.164; numbers of another shape are shown as they are."""
    digits = national(phone)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if len(digits) == 10 else phone


def mask_phone(phone: str) -> str:
    """`09•• ••• 678`: enough to recognise one's own number, not enough to call it."""
    digits = national(phone)
    return f"{digits[:2]}•• ••• {digits[-3:]}" if len(digits) == 10 else "•••"


def national(phone: str) -> str:
    """As it is dialled within the country: `0912345678`."""
    return "0" + phone.removeprefix("+84") if phone.startswith("+84") else phone


EMAIL_LIMIT = 254
# The shape browsers check in <input type=email> (WHATWG HTML, "valid e-mail address"), with a dot in the domain.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL_SHAPE = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def parse_email(typed: str, *, field: str = "email") -> str:
    """The address in lower case; raises FieldRequired or EmailUnreadable."""
    address = typed.strip().lower()
    if not address:
        raise FieldRequired(field=field)
    if len(address) > EMAIL_LIMIT or _EMAIL_SHAPE.fullmatch(address) is None:
        raise EmailUnreadable(field=field)
    return address


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a person signs in with: one of the two is set."""

    phone: str | None = None
    email: str | None = None

    @property
    def text(self) -> str:
        """The stored form, also the key of rate limits."""
        return self.phone or self.email or ""


def parse_identifier(typed: str, *, field: str = "identifier") -> Identifier:
    """A phone number or an e-mail address, told apart by the @; raises as `parse_phone` and `parse_email` do."""
    if "@" in typed:
        return Identifier(email=parse_email(typed, field=field))
    return Identifier(phone=parse_phone(typed, field=field))


NAME_LIMIT = 120


def read_name(typed: str, *, field: str = "name") -> str:
    """A person's name, in whatever script they write it; raises as `base.names.read_name` does."""
    return names.read_name(typed, field=field, limit=NAME_LIMIT)
