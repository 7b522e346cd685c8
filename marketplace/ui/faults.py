"""What becomes of faults at the socket: written down here, and told to the person in words of ours, never as a trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx
import structlog
from reflex.event import EventSpec
from reflex_base.event.context import EventContext
from starlette.requests import cookie_parser

from marketplace.base.text import Text, as_locale

log = structlog.get_logger(__name__)

LONGEST_REPORT = 2000
SOMETHING_WENT_WRONG = Text(
    "Có lỗi ở phía chúng tôi. Những gì bạn gõ vẫn còn, hãy thử lại.",
    "Something went wrong on our side. What you typed is still here; please try again.",
)


def notice(text: str, *, leads_anew: bool = False, leads_to_sign_in: bool = False) -> EventSpec:
    """Words above whatever page is open, which also let every resting button go; they may offer a way on.

    `browser/app.js` takes the value: no state is needed to say it, so that it arrives even when there is none to be had.
    """
    return rx.set_value("notice", {"text": text, "again": leads_anew, "enter": leads_to_sign_in})


def fault_in_event(exception: Exception) -> EventSpec:
    """What Reflex could not make of an event; the person is told that it was not their fault."""
    log.error("event failed", exc_info=exception)
    return notice(SOMETHING_WENT_WRONG.say(as_locale(_cookies().get("language"))))


def fault_in_browser(exception: Exception) -> None:
    """What a browser says went wrong there; anybody may say anything, so it is kept short."""
    log.warning("fault in a browser", report=str(exception)[:LONGEST_REPORT])


def _cookies() -> Mapping[str, str]:
    try:
        asked: Mapping[str, Any] = EventContext.get().router_data
    except LookupError:
        return {}
    return cookie_parser(str(asked.get("headers", {}).get("cookie", "")))
