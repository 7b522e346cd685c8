"""What every live page shares: who is acting, in which language, and news from the database.

Reflex lets anyone call any handler with any payload, so each handler asks `_person()` anew (the session row behind the
handshake's cookie) and passes it to a service that decides. Payloads are parsed by `base.inputs.parse` before use.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import reflex as rx
import structlog
from reflex.state import FrontendEventExceptionState, OnLoadInternalState, StateUpdate, _override_base_method
from starlette.requests import cookie_parser

from marketplace.base.callers import caller
from marketplace.base.errors import Busy, DomainError, InvalidInputs, NotAllowed, NotFound, NotSignedIn
from marketplace.base.text import Locale, as_locale
from marketplace.ui.faults import SOMETHING_WENT_WRONG, notice
from marketplace.ui.sockets import Door

log = structlog.get_logger(__name__)

T = TypeVar("T")
OF_THE_BROWSER = "rx_router_"
LOADS = "load"
"""The handler of every state that opens its page."""


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


def tell_what_pages_show(app: rx.App) -> None:
    """Keep back what Reflex tells every browser of itself: its headers, its address and its token, 2 kB that no page shows."""
    sockets = app.event_namespace
    if sockets is None:
        raise RuntimeError("the app has no sockets yet")
    emit, root = sockets.emit_update, rx.State.get_full_name()

    async def emit_shown(update: StateUpdate, token: str) -> None:
        if root in update.delta:
            shown = {name: value for name, value in update.delta[root].items() if not name.startswith(OF_THE_BROWSER)}
            update = replace(update, delta={**update.delta, root: shown})
        await emit(update, token)

    sockets.emit_update = emit_shown  # type: ignore[method-assign]  # Reflex makes its sockets itself.


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

    @_override_base_method  # Reflex's leave to replace one of its own.
    def dict(self, include_computed: bool = True, initial: bool = False, **options: Any) -> dict[str, Any]:
        """What a browser that (re)connects is told of this state: nothing while it holds no page.

        After a restart, or a session that ran out, the state is empty while the page is still open: told so, the page
        would vanish under the person's hands with all that was typed. `load` follows at once and tells everything.
        """
        told: dict[str, Any] = super().dict(include_computed, initial, **options)
        if not initial and not self.path:
            told.pop(self.get_full_name(), None)
        return told

    def _tell_everything(self) -> None:
        """Have every variable sent, also those that still stand as they began: the page may show others."""
        self.dirty_vars.update(self.base_vars)
        self._mark_dirty()

    def _cookie_header(self) -> str:
        """The cookies of the socket's handshake."""
        return str(self.router.headers.cookie or "")

    def _locale(self) -> Locale:
        """The reader's language: the one the page's address names, else the one they chose."""
        named = self.router.url.query_parameters.get("lang")
        return as_locale(named or cookie_parser(self._cookie_header()).get("language"))

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

    async def _as_told(self, refusal: DomainError) -> DomainError:
        """The refusal as the person can act on it: to who was signed out meanwhile, all that was theirs is not there."""
        if self.signed_in and isinstance(refusal, (NotFound, NotAllowed)) and not (await self._person()).signed_in:
            return NotSignedIn()
        return refusal

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
        blank = not self.path
        try:
            if blank and handler.__name__ != LOADS:
                # The page outlived its state: it is read again before anything is done to it.
                led_on = await getattr(type(self), LOADS).fn(self)
                if not self.path:
                    return led_on
            answer = await handler(self, *args, **kwargs)
        except DomainError as refusal:
            error = await self._as_told(refusal)
            self._show(error)
            answer = None
            if self.path != self._here():
                # The page that would show it is not there to do so.
                answer = notice(error.say(self._locale()), leads_anew=isinstance(error, Busy))
            elif isinstance(error, NotSignedIn):
                # Signed out elsewhere, or too long ago, while the page stayed open.
                answer = notice(error.say(self._locale()), leads_to_sign_in=True)
        except Exception:
            # Left to Reflex, the page would say nothing, or something in another language.
            log.exception("event failed", handler=handler.__qualname__)
            answer = notice(SOMETHING_WENT_WRONG.say(self._locale()), leads_anew=self.path != self._here())
        if blank and self.path:
            self._tell_everything()
        return answer

    guarded.is_answering = True  # type: ignore[attr-defined]
    return guarded


def is_answering(handler: Callable[..., Any]) -> bool:
    """Whether a handler answers refusals on the page; no other of ours may be called."""
    return getattr(handler, "is_answering", False)


def doors() -> dict[str, Door]:
    """Every event handler a browser may call, by its name on the wire: those that answer, and what Reflex itself sends."""
    found = {
        f"{state.get_full_name()}.{name}": Door.of(state.event_handlers[name].fn)
        for state, name in (
            (rx.State, "hydrate_and_load"),
            (OnLoadInternalState, "on_load_internal"),
            (FrontendEventExceptionState, "handle_frontend_exception"),
        )
    }
    waiting: list[type[rx.State]] = [rx.State]
    while waiting:
        state = waiting.pop()
        waiting.extend(state.__subclasses__())
        if not state._mixin:
            found |= {
                f"{state.get_full_name()}.{name}": Door.of(handler.fn)
                for name, handler in state.event_handlers.items()
                if is_answering(handler.fn)
            }
    return found
