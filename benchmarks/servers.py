"""Server processes of their own, and catalogues of different sizes seeded once and kept below `var/bench`."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marketplace.settings import ROOT

SERVE = """
import sys
from granian.constants import Interfaces
from granian.server import Server
Server(target=sys.argv[2], factory=True, address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGI,
       workers=1, log_enabled=False).serve()
"""


def environment(var: Path) -> dict[str, str]:
    """The settings of a benchmark's own database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")}
    return {**kept, "MARKETPLACE_VAR": str(var), "MARKETPLACE_WORKS": "false"}


def catalogue(products: int) -> Path:
    """A seeded database of so many products; made the first time."""
    var = ROOT / "var" / "bench" / str(products)
    if not (var / "seeded").exists():
        sellers, orders = max(20, products // 100), 2000
        for command in (
            ["migrate"],
            ["seed", "--sellers", f"{sellers}", "--products", f"{products}", "--orders", f"{orders}"],
        ):
            subprocess.run([sys.executable, "-m", "marketplace", *command], cwd=ROOT, env=environment(var), check=True)
        (var / "seeded").touch()
    return var


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: its port, and its process group."""

    port: int
    group: int

    def memory(self) -> int:
        """Bytes of memory its processes have in use (Linux; elsewhere 0)."""
        return sum(_resident(folder) for folder in Path("/proc").glob("[0-9]*") if _is_of(folder, self.group))


def bare(target: str) -> contextlib.AbstractContextManager[Served]:
    """An ASGI factory, served as the shop is."""
    return _served(ROOT / "var" / "bench", lambda port: [sys.executable, "-c", SERVE, str(port), target])


def shop(var: Path) -> contextlib.AbstractContextManager[Served]:
    """The whole shop on the data below `var`, as `serve` serves it."""
    return _served(var, lambda _: [sys.executable, "-m", "marketplace", "serve", "--no-build"])


@contextlib.contextmanager
def _served(var: Path, command: Callable[[int], list[str]]) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    process = subprocess.Popen(
        command(port),
        cwd=ROOT,
        env=environment(var) | {"MARKETPLACE_PORT": str(port)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Served(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(port: int) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise SystemExit("the server did not answer")


def _is_of(folder: Path, group: int) -> bool:
    with contextlib.suppress(OSError):
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[2]) == group
    return False


def _resident(folder: Path) -> int:
    with contextlib.suppress(OSError):
        return int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
