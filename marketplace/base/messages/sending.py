"""Who carries a message: one small interface for mail and text messages, and which sender this installation has."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from marketplace.base import clock
from marketplace.base.errors import DomainError
from marketplace.base.messages.message import Channel, Message
from marketplace.base.messages.smtp import SmtpSender
from marketplace.base.text import Text
from marketplace.settings import settings

LOG_NAME = "messages.log"
"""Where the sender for development writes, below VAR."""


class Sender(Protocol):
    """Hands a message over.

    `reference` is the same however often one message is tried, so that whoever carries it on can see a second copy.
    Raises NotDelivered to be tried again, Refused when it never can be delivered. Neither names the message or whom it
    is for: what is raised is written down.
    """

    async def send(self, message: Message, reference: str) -> None:
        """Hand it over, or raise."""


class ChannelClosed(DomainError):
    """Nobody carries messages that way here."""

    code = "channel_closed"
    status = 503
    message = Text(
        "Chợ chưa gửi được mã theo cách này. Hãy dùng cách kia: e-mail hoặc số điện thoại, hay mật khẩu.",
        "This market cannot send codes that way yet. Use the other one, e-mail or phone, or a password.",
    )


class LogSender:
    """Writes messages to a file of the machine: for development and demonstrations, where whoever reads it is at home."""

    def __init__(self, path: Path, channel: Channel) -> None:
        self.path = path
        self.channel = channel

    async def send(self, message: Message, reference: str) -> None:
        """Add one line of JSON."""
        shown = {name: value for name, value in asdict(message).items() if name != "html" and value}
        line = {"at": clock.show_time(clock.now()), "channel": self.channel, "reference": reference, **shown}
        await asyncio.to_thread(self._append, json.dumps(line, ensure_ascii=False))

    def _append(self, line: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
            file.write(f"{line}\n")


def sender_for(channel: Channel) -> Sender | None:
    """The sender of this installation; None where it has none.

    Over https nothing is written to a file unless the settings ask for it: a code in a file is a key left in the door.
    """
    configured = settings()
    if channel is Channel.MAIL and configured.smtp_url is not None:
        return SmtpSender(configured.smtp_url.get_secret_value(), configured.sender)
    asked = configured.sms_url if channel is Channel.SMS else ""
    if asked == "log:" or not configured.secure:
        return LogSender(configured.var / LOG_NAME, channel)
    return None


def is_open(channel: Channel) -> bool:
    """Whether messages go out that way here."""
    return sender_for(channel) is not None
