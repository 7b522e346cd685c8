"""Work in a process of its own: bounded memory, no request waits, and what dies or dawdles there takes nothing with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

PIECES_PER_PROCESS = 100


class Lost(Exception):
    """The process died, or was taken away after its time."""


def _step_back() -> None:
    os.nice(10)


class Apart:
    """Does one piece of work at a time, each within `seconds`; `gently` leaves the processor to everybody else first."""

    def __init__(self, seconds: float, *, gently: bool = False) -> None:
        self._seconds = seconds
        self._gently = gently
        self._workers: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the work returns or raises; raises Lost, after which the next piece finds a fresh process."""
        workers = self._workers = self._workers or ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),
            max_tasks_per_child=PIECES_PER_PROCESS,
            initializer=_step_back if self._gently and hasattr(os, "nice") else None,
        )
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.get_running_loop().run_in_executor(workers, partial(work, *args, **kwargs))
        except (BrokenProcessPool, TimeoutError):
            self._replace(workers)
            raise Lost from None

    def processes(self) -> list[int]:
        """The ids of its processes."""
        running = self._workers._processes if self._workers else None
        return [process.pid for process in (running or {}).values() if process.pid is not None]

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._workers is broken:
            self._workers = None
        for process in list((broken._processes or {}).values()):
            process.kill()
        broken.shutdown(wait=False, cancel_futures=True)
