"""What is sent, which way, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a message reaches a person."""

    MAIL = "mail"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Message:
    """A message ready to go. A text message has only `to` and `text`."""

    to: str
    text: str
    subject: str = ""
    html: str = ""


class NotDelivered(Exception):
    """Nobody took it this time; says why without naming the message or whom it is for."""


class Refused(Exception):
    """It will never be taken: no such mailbox, or not this text."""
