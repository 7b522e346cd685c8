"""Processes of their own, on the test's database, that are killed: forked from one that has imported the shop once.

Starting an interpreter and importing the shop takes seconds of processor time; a crowd needs dozens of processes.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from granian.constants import Interfaces
from granian.server import Server
from sqlalchemy import event
from sqlmodel import Session, func, select

from marketplace.accounts.views import GUEST
from marketplace.base import clock, db
from marketplace.base.models import OutboxEvent
from marketplace.catalog.models import StockHold, StockLevel
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.orders.commands import CheckoutCommand
from marketplace.orders.models import CheckoutReplay, OrderLine, Purchase, SellerOrder
from marketplace.orders.service import placing
from marketplace.payments.models import Payment

WRITTEN = (Purchase, SellerOrder, OrderLine, Contract, ContractEvent, Payment, StockHold, CheckoutReplay)
"""What a checkout writes, beside stock and the event that tells of it."""

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["marketplace.api", __name__])


def started(task: Callable[..., None], *arguments: object) -> Any:
    """A process that does a task, with this process's settings and leading a group of its own."""
    process = _forking.Process(target=_do, args=(dict(os.environ), task, arguments), daemon=False)
    process.start()
    return process


def _do(settings: dict[str, str], task: Callable[..., None], arguments: tuple[object, ...]) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(settings)
    task(*arguments)


@contextlib.contextmanager
def served(workers: int) -> Iterator[int]:
    """The HTTP half in worker processes, on the test's database; gives the port. In the end all are killed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = started(_serve, port, workers)
    try:
        _wait_for(port, server)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.join()


def _serve(port: int, workers: int) -> None:
    multiprocessing.set_start_method("fork", force=True)
    Server(
        target="marketplace.api:make_api",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        log_enabled=False,
    ).serve()


def _wait_for(port: int, server: Any) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        assert server.is_alive(), "the server did not start"
        time.sleep(0.02)
    raise AssertionError("the server did not answer")


def killed_everywhere(basket: str, command: CheckoutCommand) -> dict[str, Any]:
    """What a checkout leaves that is killed before each of its statements and its commit, and once behind it.

    Then it is sent again, twice.
    """
    receiving, sending = _forking.Pipe(duplex=False)
    process = started(_kill_everywhere, sending, basket, command.model_dump_json())
    sending.close()
    with receiving:
        assert receiving.poll(240), "the process did not finish"
        # Raises EOFError when it could not; its words are on standard error.
        told: dict[str, Any] = receiving.recv()
    process.join()
    return told


def _kill_everywhere(telling: Connection, basket: str, body: str) -> None:
    command = CheckoutCommand.model_validate_json(body)

    def place() -> dict[str, Any]:
        return db.write_now(placing.place, GUEST, basket, command, "the-key", clock.now())

    nothing = _left()
    after_each: list[list[int]] = []
    while len(after_each) < 100 and (not after_each or after_each[-1] == nothing):
        _killed_before(len(after_each) + 1, place)
        after_each.append(_left())
    answers = [place(), place()]
    telling.send({"nothing": nothing, "after_each": after_each, "at_last": _left(), "answers": answers})


def _killed_before(point: int, place: Callable[[], object]) -> None:
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        return
    points = iter(range(1, point + 1))

    def count(*_: object) -> None:
        if next(points, None) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine(), "before_cursor_execute", count)
    event.listen(db.engine(), "commit", count)
    place()
    # Committed, but nobody was told.
    os.kill(os.getpid(), signal.SIGKILL)


def _left() -> list[int]:
    def counts(session: Session) -> list[int]:
        rows = [session.exec(select(func.count()).select_from(table)).one() for table in WRITTEN]
        placed = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.topic == "order.placed")
        return [*rows, session.exec(placed).one(), int(session.exec(select(func.sum(StockLevel.held))).one())]

    found = db.read_now(counts)
    # A connection kept open would be inherited by who is killed next.
    db.engine().dispose()
    return found
