"""What people are sent about their account: codes, and word of what changed."""

from __future__ import annotations

from urllib.parse import urlsplit

from marketplace.accounts.rules import Identifier, Purpose, second_factor, show_phone
from marketplace.base.messages import Channel, Message, letter
from marketplace.base.text import Locale, Text, fold
from marketplace.settings import settings

MINUTES = 10
SUBJECTS = {
    Purpose.SIGN_IN: Text("Mã đăng nhập của bạn: {code}", "Your sign-in code: {code}"),
    Purpose.PROVE: Text("Mã xác minh của bạn: {code}", "Your code: {code}"),
    Purpose.RESET: Text("Mã đặt lại mật khẩu: {code}", "Your code for a new password: {code}"),
}
WHAT_FOR = {
    Purpose.SIGN_IN: Text("Dùng mã này để đăng nhập vào Chợ Quê:", "Use this code to sign in to Chợ Quê:"),
    Purpose.PROVE: Text(
        "Dùng mã này để xác minh rằng địa chỉ này là của bạn:", "Use this code to prove that this address is yours:"
    ),
    Purpose.RESET: Text("Dùng mã này để đặt mật khẩu mới:", "Use this code to set a new password:"),
}
LASTS = Text(
    f"Mã dùng được {MINUTES} phút, một lần, trên máy đã xin mã.",
    f"It is good for {MINUTES} minutes, once, in the browser that asked for it.",
)
KEEP = Text(
    "Đừng đọc mã cho bất kỳ ai, kể cả người xưng là của Chợ Quê. Nếu bạn không xin mã, hãy bỏ qua tin này.",
    "Tell it to nobody, not even somebody who says they are from Chợ Quê. If you did not ask for it, ignore this.",
)
BY_PHONE = Text(
    "Chợ Quê: mã của bạn là {code}, dùng trong 10 phút. Đừng đọc mã cho ai.",
    "Cho Que: your code is {code}, good for 10 minutes. Tell it to nobody.",
)
CHANGED_SUBJECT = Text("Tài khoản của bạn vừa thay đổi", "Your account has just changed")
NOT_YOU = Text(
    "Nếu không phải bạn, hãy vào {address}/account/reset đặt mật khẩu mới ngay: mọi thiết bị khác sẽ bị đăng xuất.",
    "If this was not you, set a new password at {address}/account/reset at once: every other device is signed out.",
)


class Change:
    """What people hear of when it changed."""

    PASSWORD = Text(
        "Mật khẩu tài khoản Chợ Quê của bạn vừa được đặt lại.", "The password of your account was set anew."
    )
    MOVED = Text(
        "Tài khoản Chợ Quê của bạn không còn dùng địa chỉ này; nay dùng {new}.",
        "Your account no longer uses this address; it now uses {new}.",
    )
    FACTOR_ON = Text("Lớp bảo vệ thứ hai vừa được bật.", "The second factor was turned on.")
    FACTOR_OFF = Text("Lớp bảo vệ thứ hai vừa được tắt.", "The second factor was turned off.")
    RECOVERED = Text(
        "Vừa có người đăng nhập bằng một mã dự phòng của bạn.", "Somebody signed in with one of your recovery codes."
    )


def channel_of(who: Identifier) -> Channel:
    """How a phone or an e-mail address is written to."""
    return Channel.SMS if who.phone else Channel.MAIL


def code_message(who: Identifier, purpose: Purpose, code: str, locale: Locale) -> Message:
    """A code on its way to the phone or mailbox that is to be proven."""
    if who.phone:
        # Plain letters, so that it is one message; the last line lets phones fill the code in (WebOTP, origin-bound).
        host = urlsplit(settings().public).hostname or ""
        return Message(who.phone, f"{_plain(BY_PHONE.say(locale, code=code))}\n\n@{host} #{code}")
    return letter(
        locale,
        who.text,
        SUBJECTS[purpose].say(locale, code=code),
        [WHAT_FOR[purpose].say(locale)],
        code,
        [LASTS.say(locale), KEEP.say(locale)],
    )


def change_message(who: Identifier, change: Text, locale: Locale, new: str = "") -> Message:
    """Word of a change, to where the account could be reached before it."""
    said = change.say(locale, new=new)
    warning = NOT_YOU.say(locale, address=settings().public)
    if who.phone:
        return Message(who.phone, _plain(f"{said} {warning}"))
    return letter(locale, who.text, CHANGED_SUBJECT.say(locale), [said, warning])


def name_in_app(phone: str | None, email: str | None, name: str) -> str:
    """How an authenticator app names the account."""
    return email or (show_phone(phone) if phone else name)


def otp_address(secret: str, phone: str | None, email: str | None, name: str) -> str:
    """What the QR code of the second factor holds."""
    return second_factor.address(secret, name_in_app(phone, email, name))


def _plain(text: str) -> str:
    # `fold` also lowers capitals, which a text message may keep.
    return "".join(
        fold(letter) if letter.islower() else fold(letter).upper() if letter.isupper() else letter for letter in text
    )
