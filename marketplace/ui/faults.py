"""What becomes of faults at the socket: they are written down here, and told to nobody in a language nobody chose."""

from __future__ import annotations

import structlog

log = structlog.get_logger(__name__)

LONGEST_REPORT = 2000


def fault_in_event(exception: Exception) -> None:
    """What Reflex could not make of an event; the sender learns nothing of it."""
    log.error("event failed", exc_info=exception)


def fault_in_browser(exception: Exception) -> None:
    """What a browser says went wrong there; anybody may say anything, so it is kept short."""
    log.warning("fault in a browser", report=str(exception)[:LONGEST_REPORT])
