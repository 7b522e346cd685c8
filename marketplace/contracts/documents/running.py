"""Documents for the edges: drawn, sealed and read off the event loop, in few threads of their own.

Strangers decide how often and with what these run, so they never take the threads, connections or the write lock that
the rest of the app works with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from typing import ParamSpec, TypeVar

from marketplace.base import db
from marketplace.base.errors import Busy
from marketplace.contracts.documents import checking, keeping
from marketplace.contracts.documents.checking import DocumentVerdict

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = 2
MOST_WAITING = 16


class Desk:
    """A few threads and a short queue before them."""

    def __init__(self, name: str) -> None:
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=name)
        self.waiting = 0

    async def run(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run it in one of the threads; raises Busy when the queue is long."""
        if self.waiting >= AT_ONCE + MOST_WAITING:
            raise Busy
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, partial(act, *args, **kwargs))
        finally:
            self.waiting -= 1


@lru_cache(maxsize=1)
def drawing_desk() -> Desk:
    """Where documents of our own are drawn and sealed."""
    return Desk("drawing")


@lru_cache(maxsize=1)
def reading_desk() -> Desk:
    """Where files of strangers are read."""
    return Desk("reading")


async def fetching(code: str, now: datetime) -> bytes:
    """The sealed PDF of a contract in its present state; raises NotFound, DocumentLost, RecordBroken, Busy."""
    found = await db.reading_slowly(keeping.kept, code, now)
    if found is not None:
        return found
    made = await drawing_desk().run(db.read_now, keeping.make, code, now)
    return await db.writing(keeping.keep, made)


async def verifying(data: bytes, now: datetime) -> DocumentVerdict:
    """What a file is worth; no connection is held while a stranger's is being read. Raises Busy."""
    known = checking.refusal(data) or await db.reading_slowly(checking.verdict_on_record, data, now)
    if known is not None:
        return known
    found = await reading_desk().run(checking.inspect_apart, data, now)
    return await db.reading(checking.verdict_on_stranger, found)
