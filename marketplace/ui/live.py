"""What every live page shares: who is acting, in which language, and news from the database.

Reflex lets anyone call any handler with any payload, so each handler asks `_person()` anew (the session row behind the
handshake's cookie) and passes it to a service that decides. Payloads are parsed by `base.inputs.parse` before use.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import reflex as rx
import structlog
from starlette.requests import cookie_parser

from marketplace.base.callers import caller
from marketplace.base.errors import DomainError, InvalidInputs
from marketplace.base.text import Locale, Text, as_locale

log = structlog.get_logger(__name__)

SOMETHING_WENT_WRONG = Text(
    "Có lỗi ở phía chúng tôi. Những gì bạn gõ vẫn còn, hãy thử lại.",
    "Something went wrong on our side. What you typed is still here; please try again.",
)


T = TypeVar("T")


def plain(value: T) -> T:
    """A dataclass of a state itself: Reflex hands out a proxy of it, which must not be kept in another one."""
    return getattr(value, "__wrapped__", value)


class Reception(Protocol):
    """How the app recognises visitors; handed in where it is put together, since this room knows no feature."""

    async def person(self, cookie_header: str) -> Any:
        """The acting person behind a cookie header, a guest when nobody is signed in."""

    async def basket_count(self, person: Any) -> int:
        """How many goods the person's open basket holds."""


_reception: list[Reception] = []


def receive_with(reception: Reception) -> None:
    """Say how visitors are recognised."""
    _reception[:] = [reception]


class Live(rx.State, mixin=True):
    """Mixin of every page's state."""

    problems: dict[str, str] = {}
    problem: str = ""
    """The first of `problems`, for forms too small to say each beside its field."""
    notice: str = ""
    answered: int = 0
    """Counts answers; a form's button that waits for one sees it change."""
    basket_count: int = 0
    signed_in: bool = False
    sells: bool = False
    path: str = ""
    """The address this state holds content for; the page shows it only there."""

    def _cookie_header(self) -> str:
        """The cookies of the socket's handshake."""
        return str(self.router.headers.cookie or "")

    def _locale(self) -> Locale:
        """The reader's language."""
        return as_locale(cookie_parser(self._cookie_header()).get("language"))

    async def _person(self) -> Any:
        """Who is acting, read anew."""
        return await _reception[0].person(self._cookie_header())

    def _caller(self) -> str:
        """The address the socket was opened from, for limits."""
        headers = self.router.headers.raw_headers
        return caller(headers.get("asgi-scope-client"), headers)

    async def _enter(self) -> Any:
        """Arrive at a page: greet the visitor, count the basket; returns the acting person."""
        person = await self._person()
        self.signed_in = person.signed_in
        self.sells = bool(person.seller_ids)
        self.basket_count = await _reception[0].basket_count(person)
        return person

    def _show(self, error: DomainError) -> None:
        """Put a refusal beside its field, or above the form when it has none."""
        locale = self._locale()
        found = error.problems if isinstance(error, InvalidInputs) else [error]
        self.problems = {problem.field or "form": problem.say(locale) for problem in found}
        self.problem = next(iter(self.problems.values()), "")

    def _here(self) -> str:
        """The path and query the browser is at."""
        page = self.router.url
        return f"{page.path.rstrip('/') or '/'}{'?' + page.query if page.query else ''}"


def answering(handler: Callable[..., Any]) -> Any:
    """An event handler whose refusals are shown on the page in the person's language, nothing lost."""
    return rx.event(_answering(handler, forgets=True))


def looking_again(handler: Callable[..., Any]) -> Any:
    """A handler the app calls by itself: what the person was told before stays on the page."""
    return rx.event(_answering(handler, forgets=False))


def _answering(handler: Callable[..., Any], *, forgets: bool) -> Callable[..., Any]:
    if not inspect.iscoroutinefunction(handler):
        raise TypeError("handlers that call services are coroutines")

    @functools.wraps(handler)
    async def guarded(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if forgets:
            self.problems, self.problem, self.notice = {}, "", ""
            self.answered += 1
        try:
            return await handler(self, *args, **kwargs)
        except DomainError as error:
            self._show(error)
        except Exception:
            # Left to Reflex, the page would say nothing, or something in another language.
            log.exception("event failed", handler=handler.__qualname__)
            self.problem = SOMETHING_WENT_WRONG.say(self._locale())
            self.problems = {"form": self.problem}
        return None

    guarded.is_answering = True  # type: ignore[attr-defined]
    return guarded


def is_answering(handler: Callable[..., Any]) -> bool:
    """Whether a handler answers refusals on the page; no other of ours may be called."""
    return getattr(handler, "is_answering", False)
