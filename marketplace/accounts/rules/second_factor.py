"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and recovery codes."""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

STEP_SECONDS = 30
DRIFT = 1
"""How many steps a phone's clock may be off, either way."""
RECOVERY_CODES = 10
RECOVERY_LENGTH = 10
"""Digits alone, so that the pad that phones show for the app's codes types these too."""
ISSUER = "Cho Que"
"""Without accents: some authenticator apps show the bytes of others."""


class SecondFactorNeeded(DomainError):
    """The person has the right, but this sign-in lacks the second factor that it needs."""

    code = "second_factor_needed"
    status = 403
    message = Text(
        "Việc này cần lớp bảo vệ thứ hai. Hãy bật nó ở trang Tài khoản → Đăng nhập và bảo mật.",
        "This needs a second factor. Set it up under Account → Sign-in and security.",
    )


class SecondFactorRequired(DomainError):
    """Staff cannot do without."""

    code = "second_factor_required"
    status = 403
    message = Text(
        "Tài khoản cán bộ luôn cần lớp bảo vệ thứ hai, nên không tắt được.",
        "A staff account always needs its second factor, so it cannot be turned off.",
    )


class ProofNeeded(DomainError):
    """A second factor would lock out whoever really holds the phone or mailbox."""

    code = "proof_needed"
    status = 409
    message = Text("Hãy xác minh số điện thoại hoặc e-mail của bạn trước.", "Prove your phone or e-mail address first.")


class FactorWrong(DomainError):
    """Neither the present code of the app nor an unused recovery code."""

    code = "factor_wrong"
    message = Text(
        "Mã chưa đúng hoặc đã dùng rồi. Hãy đợi ứng dụng hiện mã mới.",
        "That code is not right, or was used already. Wait for the app to show the next one.",
    )


def new_secret() -> str:
    """160 random bits in base 32, as apps take them (RFC 4226, section 4)."""
    return pyotp.random_base32()


def step_of(moment: datetime) -> int:
    """The number of the step a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """What the app shows during a step."""
    return pyotp.TOTP(secret).generate_otp(step)


def matching_step(secret: str, typed: str, now: datetime, used: int) -> int | None:
    """The step whose code was typed, if it may count: of about now, and after the last one that was used."""
    present = step_of(now)
    given = typed.encode()
    matches = [
        step
        for step in range(present - DRIFT, present + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), given) and step > used
    ]
    return matches[0] if matches else None


def address(secret: str, name: str) -> str:
    """The `otpauth://` address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def spaced(secret: str) -> str:
    """In groups of four, for typing by hand."""
    return " ".join(re.findall(".{1,4}", secret))


def show_recovery(code: str) -> str:
    """`12345-67890`."""
    return f"{code[:5]}-{code[5:]}"


def read_recovery(typed: str) -> str:
    """As it is kept, from however it was typed."""
    return re.sub(r"[^0-9]", "", typed)
