"""What may come in through the socket: the calls our own pages make, and nothing that only looks like one.

Reflex calls whatever handler an event names, with whatever the event carries. Here an event that no page of ours could
have sent ends before a handler sees it; what the handlers are given they still parse themselves.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import reflex as rx
import structlog
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from marketplace.ui.live import is_answering

log = structlog.get_logger(__name__)

REFLEXS_OWN = frozenset(
    {"hydrate", "hydrate_and_load", "on_load_internal", "set_is_hydrated", "handle_frontend_exception"}
)
"""What Reflex's part in the browser calls by itself. `setvar` and writing to browser storage are not among it."""
LONGEST_REPORT = 2000


class Gate(rx.Middleware):
    """Drops events that no page of ours sends."""

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let an event through, or end it without an answer."""
        if fits(event):
            return None
        log.debug("event dropped", handler=event.name)
        return StateUpdate()


def fits(event: Event) -> bool:
    """Whether the handler is ours to call, and gets what it takes: every argument, and no other."""
    handler = RegistrationContext.get().event_handlers[event.name].handler
    if not (is_answering(handler.fn) or handler.fn.__name__ in REFLEXS_OWN):
        return False
    taken, needed = _arguments(handler.fn)
    return isinstance(event.payload, dict) and needed <= event.payload.keys() <= taken


@lru_cache(maxsize=512)
def _arguments(handler: Callable[..., Any]) -> tuple[frozenset[str], frozenset[str]]:
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    taken = frozenset(parameter.name for parameter in parameters)
    return taken, frozenset(one.name for one in parameters if one.default is inspect.Parameter.empty)


def fault_in_event(exception: Exception) -> None:
    """What Reflex could not make of an event; the sender learns nothing of it."""
    log.error("event failed", exc_info=exception)


def fault_in_browser(exception: Exception) -> None:
    """What a browser says went wrong there; anybody may say anything, so it is kept short."""
    log.warning("fault in a browser", report=str(exception)[:LONGEST_REPORT])
