"""How the app writes its log: one line an event, without the values of local variables, which may be secrets."""

from __future__ import annotations

import sys

import structlog


def configure_log() -> None:
    """JSON lines on standard error, or readable ones when a person watches; tracebacks name places, never values."""
    watched = sys.stderr.isatty()
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if watched:
        processors.append(structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback))
    else:
        processors += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(processors=processors, logger_factory=structlog.PrintLoggerFactory(sys.stderr))
