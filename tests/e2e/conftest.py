"""The real app with demo data on a port of its own, and a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from marketplace.accounts.rules import second_factor
from marketplace.base import clock
from marketplace.demo.accounts import SECOND_FACTOR_SECRET

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PASSWORD = "cho-que-demo-2026"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app keeps what it writes."""
    return tmp_path_factory.mktemp("e2e") / "var"


@pytest.fixture(scope="session")
def address(var: Path) -> Iterator[str]:
    """The app, built if needed, migrated, seeded small, served; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MARKETPLACE_")}
    environment |= {"MARKETPLACE_VAR": str(var), "MARKETPLACE_PORT": str(port)}
    _manage(environment, "migrate")
    _manage(environment, "seed", "--sellers", "8", "--products", "60", "--orders", "80", "--seed", "7")
    server = subprocess.Popen(
        [sys.executable, "-m", "marketplace", "serve"], cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        base = f"http://localhost:{port}"
        _wait_for(base, server)
        yield base
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "-m", "marketplace", *command], cwd=ROOT, env=environment, check=True)


def _wait_for(base: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 240
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=5):
                return
        except (URLError, OSError):
            assert server.poll() is None, "the app did not start"
            time.sleep(0.3)
    raise AssertionError("the app did not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome: the one named by $CHROME, an installed one, or Playwright's own.

    Each module its own: while Playwright runs, so does its event loop in this thread, and no other test may start one.
    """
    executable = os.environ.get("CHROME") or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (path := shutil.which(name))),
        None,
    )
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(request: pytest.FixtureRequest, browser: Browser, address: str, tmp_path: Path) -> Iterator[OpenPage]:
    """Opens a browser of its own for a person: `open_page(PHONE)`. Faults in its console fail the test."""
    faults: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        # A refused form answers 4xx, which browsers log; everything else is ours.
        lost = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(words in message.text for words in lost):
            faults.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 500:
            faults.append(f"{response.status} {response.url}")

    def make(
        screen: dict[str, int] = PHONE, *, language: str = "vi", scripts: bool = True, worker: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport=screen,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            base_url=address,
            # Where one is at work, tests neither see nor change what the page fetches.
            service_workers="allow" if worker else "block",
        )
        context.add_cookies([{"name": "language", "value": language, "url": address}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", answered)
        return page

    yield make
    if request.session.testsfailed:
        # What a person would have seen, for whoever mends it.
        for number, context in enumerate(contexts):
            for page in context.pages:
                page.screenshot(path=tmp_path / f"seen-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert faults == []


def go(page: Page, path: str) -> None:
    """Open an address and wait until the app is alive."""
    page.goto(path)
    alive(page)


def alive(page: Page) -> None:
    """Wait until the live page has taken over from its first view."""
    page.wait_for_selector("main")
    page.wait_for_selector("#first-view", state="detached", timeout=15_000)


def sign_in(page: Page, who: str, then: str) -> None:
    """Sign a demo person in and go on to a page."""
    go(page, f"/account/sign-in?next={then}")
    page.fill("#identifier", who)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    alive(page)
    if page.url.endswith("/account/second-factor"):
        page.fill("#code", next_code(who))
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/second-factor" not in url)
        alive(page)


_last_steps: dict[str, int] = {}


def next_code(who: str) -> str:
    """A code of the demo staff's authenticator app that was not used yet: each is taken once, and each after the last."""
    present = second_factor.step_of(clock.now())
    step = max(present - second_factor.DRIFT, _last_steps.get(who, 0) + 1)
    while step > second_factor.step_of(clock.now()) + second_factor.DRIFT:
        time.sleep(0.5)
    _last_steps[who] = step
    return second_factor.code_at(SECOND_FACTOR_SECRET, step)
