"""Mail by SMTP (RFC 5321), with TLS unless the settings say otherwise."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from marketplace.base import clock
from marketplace.base.messages.message import Message, NotDelivered, Refused

PATIENCE_SECONDS = 20
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
REFUSED_FROM = 500
"""Replies from here on are final (RFC 5321, section 4.2.1)."""


class SmtpSender:
    """Hands mail to the server of an address such as `smtp://user:password@mail.example:587`.

    `smtps:` speaks TLS from the start, `smtp:` has to turn it on before anything is said, except on this very machine;
    `smtp+plain:` does without, for a relay of one's own network.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or ""
        self.port = parts.port or PORTS[parts.scheme]
        self.user = unquote(parts.username) if parts.username else None
        self.password = unquote(parts.password) if parts.password else None
        self.tls = parts.scheme == "smtps"
        self.starts_tls = _starts_tls(parts.scheme, self.host)
        self.sender = sender

    async def send(self, message: Message, reference: str) -> None:
        """Hand a mail over; raises NotDelivered or Refused."""
        server = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.tls,
            start_tls=self.starts_tls,
            timeout=PATIENCE_SECONDS,
        )
        try:
            async with server:
                await server.send_message(self._mail(message, reference))
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [refused.code for refused in error.recipients]
            raise _trouble("recipient refused", max(codes, default=0), min(codes, default=0)) from None
        except aiosmtplib.SMTPDataError as error:
            raise _trouble("text refused", error.code, error.code) from None
        except aiosmtplib.SMTPResponseException as error:
            # Our own name or password is wrong, or the server has a bad day: the operator hears of it.
            raise NotDelivered(f"{type(error).__name__} {error.code}") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotDelivered(type(error).__name__) from None

    def _mail(self, message: Message, reference: str) -> EmailMessage:
        mail = EmailMessage()
        name, address = parseaddr(self.sender)
        domain = address.rpartition("@")[2]
        mail["From"] = Address(name, addr_spec=address)
        mail["To"] = Address(addr_spec=message.to)
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{reference}@{domain}>"
        # Nobody's absence note should answer (RFC 3834).
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        return mail


def _starts_tls(scheme: str, host: str) -> bool | None:
    if scheme == "smtp":
        return None if host in THIS_MACHINE else True
    return False


def _trouble(reason: str, worst: int, best: int) -> Exception:
    final = best >= REFUSED_FROM
    return Refused(f"{reason}: {worst}") if final else NotDelivered(f"{reason}: {best}")
