"""`python -m marketplace serve`: pages, API, sockets and background work on one port, in one serving process."""

from __future__ import annotations

import argparse
import errno
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from marketplace.base import db
from marketplace.demo import accounts
from marketplace.operations import build
from marketplace.operations.migrate import schema_is_newest
from marketplace.settings import ROOT, settings

CLOSING_SECONDS = 5
"""How long open requests and sockets get to end after Ctrl-C."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `serve`."""
    parser.add_argument("--no-build", action="store_true", help="serve what was built, even if something changed since")
    parser.epilog = "The port is that of MARKETPLACE_PORT or PORT, 3000 if neither is set. Ctrl-C stops it."


def run(arguments: argparse.Namespace) -> int:
    """Build if needed, then serve until interrupted."""
    port, host = settings().port, settings().host
    if is_taken(host, port):
        print(f"Port {port} is in use. Choose another: PORT={port + 1} make run", file=sys.stderr)
        return 1
    if not schema_is_newest(settings().database):
        print("The database is not at the newest schema. Run `python -m marketplace migrate`.", file=sys.stderr)
        return 1
    db.engine().dispose()
    if not arguments.no_build and not build.is_fresh():
        # In a process of its own: compiling leaves much behind that serving has no use for.
        built = subprocess.run([sys.executable, "-m", "marketplace", "build"], cwd=ROOT, check=False)
        if built.returncode:
            return built.returncode
    os.environ.update(build.environment())
    # As `reflex run --env prod` sets them for its own serving process: take the pages as compiled, serve the files.
    os.environ.update({"__REFLEX_SKIP_COMPILE": "true", "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true"})
    os.chdir(ROOT)
    _Server(
        "marketplace.marketplace:app",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        log_level=LogLevels.warning,
        workers_kill_timeout=CLOSING_SECONDS,
        respawn_failed_workers=True,
    ).serve()
    return 0


class _Server(MPServer):
    """Says where it is once it answers."""

    def startup(self, *arguments: Any) -> None:
        """Start the serving process, then watch for its first answer."""
        super().startup(*arguments)  # type: ignore[no-untyped-call]
        threading.Thread(target=_announce, daemon=True).start()


def _announce() -> None:
    while not _answers():
        time.sleep(0.2)
    print(f"\nChợ Quê is open at {settings().public}  (Ctrl-C closes it)", flush=True)
    if db.read_now(accounts.are_here):
        print(*accounts.lines(), sep="\n", flush=True)


def _answers() -> bool:
    try:
        with closing(http.client.HTTPConnection(_reachable(settings().host), settings().port, timeout=2)) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.client.OK
    except OSError:
        return False


def is_taken(host: str, port: int) -> bool:
    """Whether somebody already listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise
    return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what to ask when all are bound
