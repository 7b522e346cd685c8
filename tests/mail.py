"""A mail server of our own that speaks real SMTP, and what it was handed."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class MailServer:
    """Takes mail, or answers what it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.recipient_reply = "250 OK"
        self.data_reply = "250 OK"
        self.address = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Take a recipient or not."""
        if self.recipient_reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail or not."""
        if self.data_reply.startswith("250"):
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.extend(envelope.rcpt_tos)
        return self.data_reply

    def text(self, number: int = -1) -> str:
        """The plain words of a mail."""
        body = self.mails[number].get_body(("plain",))
        assert body is not None
        return str(body.get_content())


@contextmanager
def mail_server(*, user: str = "", password: str = "") -> Iterator[MailServer]:
    """A server on a port of its own, which asks for a name and password if given some."""
    handler = MailServer()

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=right)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticate if user else None,
        auth_required=bool(user),
        auth_require_tls=False,
    )
    controller.start()
    try:
        handler.address = f"smtp+plain://{f'{user}:{password}@' if user else ''}127.0.0.1:{port}"
        yield handler
    finally:
        controller.stop()
