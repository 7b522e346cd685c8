"""The one cookie that says which browser this is: a signed-in session's token, or a guest's."""

from __future__ import annotations

import re

from fastapi import Response
from starlette.requests import HTTPConnection, cookie_parser

from marketplace.accounts.rules import CODE_LASTS, GUEST_COOKIE_LASTS
from marketplace.base import crypto
from marketplace.base.web import session_cookie_name
from marketplace.settings import settings

_TOKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_token(cookie_header: str | None) -> str | None:
    """The token in a Cookie header, of a request or of a socket's handshake; None unless it has our shape.

    Never trusts the header further: a token counts as a person only if its session row says so.
    """
    token = cookie_parser(cookie_header or "").get(session_cookie_name(), "")
    return token if _TOKEN_SHAPE.fullmatch(token) else None


def connection_token(connection: HTTPConnection) -> str | None:
    """The token of a request or socket."""
    return cookie_token(connection.headers.get("cookie"))


def set_token(response: Response, token: str) -> None:
    """Give the browser its token. How long a sign-in lasts is decided by the session row, not by the cookie."""
    response.set_cookie(
        session_cookie_name(),
        token,
        max_age=int(GUEST_COOKIE_LASTS.total_seconds()),
        path="/",
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )


def drop_token(response: Response) -> None:
    """Take the browser's token away."""
    response.delete_cookie(session_cookie_name(), path="/", secure=settings().secure, httponly=True, samesite="lax")


def step_token(connection: HTTPConnection) -> str:
    """The handle of the step this browser is at between two pages of signing in; empty for none."""
    handle = cookie_parser(connection.headers.get("cookie") or "").get(_step_name(), "")
    return handle if _TOKEN_SHAPE.fullmatch(handle) else ""


def set_step(response: Response, handle: str) -> None:
    """Give the browser the handle of its step: whoever reads a code elsewhere cannot use it without."""
    response.set_cookie(
        _step_name(),
        handle,
        max_age=int(CODE_LASTS.total_seconds()),
        path="/",
        secure=settings().secure,
        httponly=True,
        samesite="lax",
    )


def drop_step(response: Response) -> None:
    """The step is over."""
    response.delete_cookie(_step_name(), path="/", secure=settings().secure, httponly=True, samesite="lax")


def _step_name() -> str:
    return "__Host-step" if settings().secure else "step"


def visitor_token(connection: HTTPConnection, response: Response) -> str:
    """The browser's token, and a first one on `response` if it has none yet; guests' baskets hang on its digest."""
    token = connection_token(connection)
    if token is None:
        token = crypto.new_token()
        set_token(response, token)
    return token
