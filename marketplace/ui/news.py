"""News for open pages: what changed in the database, told to the pages that show it.

Pages ask for topics; each process reads the outbox for what is new, so that it works with any number of processes.
The page is only told to look again: it re-reads by its own handler, with its own rights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event import Event

_watchers: dict[str, dict[str, Event]] = {}


def watch(state: Any, *topics: str) -> None:
    """Have this page's `refresh` handler called when one of the topics has news."""
    token = state.router.session.client_token
    event = Event.from_event_type(type(state).refresh)[0]
    for topic in topics:
        _watchers.setdefault(topic, {})[token] = event


async def tell(app: rx.App, topics: Iterable[str]) -> int:
    """Tell every page that watches one of the topics to look again; returns how many. Closed pages are forgotten."""
    sockets = app.event_namespace
    if sockets is None:
        return 0
    told: dict[tuple[str, str], Event] = {}
    for topic in topics:
        for token, event in list(_watchers.get(topic, {}).items()):
            if token not in sockets.token_to_sid:
                del _watchers[topic][token]
            else:
                told[token, event.name] = event
        if not _watchers.get(topic, True):
            del _watchers[topic]
    for (token, _), event in told.items():
        await sockets.emit_update(StateUpdate(events=[event]), token)
    return len(told)


def watched() -> int:
    """How many pages wait for news."""
    return sum(len(tokens) for tokens in _watchers.values())
