"""`python -m benchmarks.first_visit`: first visits on a slow phone and a slow network, and what Lighthouse says of them.

Needs a browser and Playwright (requirements-test.txt); `--lighthouse` also fetches Lighthouse from npm, once.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import servers
from benchmarks.__main__ import get
from benchmarks.servers import catalogue
from marketplace.operations import build
from marketplace.settings import ROOT
from tasks import find_browser

PRODUCTS = 1_000
DOWN, UP, LATENCY = 1_600_000 // 8, 750_000 // 8, 150
"""Bytes a second, and milliseconds there and back."""
SLOWER = 4
PHONE = {"width": 390, "height": 844}
PAINTED, LIVE, WEIGHT = 1.0, 2.5, 180.0
"""Aims: seconds until content is painted, until the app is alive, and kB without pictures."""
SCORE = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TOOLS = ROOT / "var" / "bench" / "lighthouse"
MANIFEST = Path(__file__).with_name("lighthouse")
WATCH = """
globalThis.seen = { painted: 0, largest: 0, live: 0 };
new PerformanceObserver((list) => { seen.painted ||= list.getEntries()[0].startTime; }).observe({ type: "paint", buffered: true });
new PerformanceObserver((list) => { seen.largest = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new MutationObserver(() => {
  const first = document.getElementById("first-view");
  if (first) seen.began = true;
  else if (seen.began) seen.live ||= performance.now();
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A first visit: seconds until things happened, and kB that crossed the network."""

    painted: float
    largest: float
    live: float
    without_pictures: float
    pictures: float


def visit(browser: Browser, address: str) -> Visit:
    """One visit with an empty cache."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    try:
        context.set_extra_http_headers({"Accept-Encoding": "gzip"})
        page = context.new_page()
        weights = _weighed(page)
        page.add_init_script(WATCH)
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => seen.live > 0", timeout=60_000)
        page.wait_for_load_state("networkidle")
        seen = page.evaluate("seen")
        pictures = sum(size for kind, size in weights.values() if kind == "Image")
        return Visit(
            seen["painted"] / 1000,
            seen["largest"] / 1000,
            seen["live"] / 1000,
            (sum(size for _, size in weights.values()) - pictures) / 1000,
            pictures / 1000,
        )
    finally:
        context.close()


def _weighed(page: Page) -> dict[str, tuple[str, int]]:
    """Slow the page down, and add up kind and size of everything it fetches."""
    weights: dict[str, tuple[str, int]] = {}
    devtools = page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        if not event["response"]["url"].startswith("data:"):
            weights[event["requestId"]] = (event["type"], 0)

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in weights:
            weights[event["requestId"]] = (weights[event["requestId"]][0], int(event["encodedDataLength"]))

    def heard(event: dict[str, Any]) -> None:
        kind, size = weights.get("socket", ("Socket", 0))
        weights["socket"] = (kind, size + len(event["response"]["payloadData"].encode()))

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    devtools.on("Network.webSocketFrameReceived", heard)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return weights


def median(visits: list[Visit]) -> Visit:
    """Each figure's middle one."""
    names = Visit.__slots__
    return Visit(*(statistics.median(getattr(one, name) for one in visits) for name in names))


def slow_visits(port: int, paths: dict[str, str], times: int) -> bool:
    """Print the table of first visits; returns whether all aims are met."""
    print(f"\nfirst visits, {DOWN * 8 / 1e6:.1f} Mbit/s, {LATENCY} ms, {SLOWER}x slower processor, median of {times}")
    print(f"{'':10}{'painted s':>10}{'largest s':>10}{'live s':>8}{'kB':>8}{'pictures kB':>13}")
    good = True
    with _browser() as browser:
        for name, path in paths.items():
            address = f"http://localhost:{port}{path}"
            # Somebody has been here before: what is kept is kept, and pictures are as light as they get.
            visit(browser, address)
            found = median([visit(browser, address) for _ in range(times)])
            good = good and found.painted <= PAINTED and found.live <= LIVE and found.without_pictures <= WEIGHT
            print(
                f"{name:10}{found.painted:10.2f}{found.largest:10.2f}{found.live:8.2f}{found.without_pictures:8.1f}"
                f"{found.pictures:13.1f}",
                flush=True,
            )
    print(f"aims: painted {PAINTED:.1f} s, live {LIVE:.1f} s, {WEIGHT:.0f} kB without pictures")
    return good


@contextmanager
def _browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield opened
        opened.close()


def install_lighthouse() -> Path:
    """Lighthouse in its pinned version, in a folder outside of the app; returns its script."""
    if not (TOOLS / "node_modules").exists():
        TOOLS.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(MANIFEST / name, TOOLS / name)
        npm = "npm.cmd" if os.name == "nt" else "npm"
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOLS, env=_with_node(), check=True
        )
    return TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"


def _with_node() -> dict[str, str]:
    return {**os.environ, **build.environment(), "CHROME_PATH": find_browser() or ""}


def lighthouse(port: int, paths: dict[str, str], times: int) -> bool:
    """Print the scores of Lighthouse's mobile setting and what costs points; returns whether all are high enough."""
    script = install_lighthouse()
    print(
        f"\nLighthouse, mobile, median of {times}\n{'':10}" + "".join(f"{name:>16}" for name in CATEGORIES), flush=True
    )
    good = True
    for name, path in paths.items():
        reports = [_report(script, f"http://localhost:{port}{path}") for _ in range(times)]
        scores = {
            category: statistics.median(round(report["categories"][category]["score"] * 100) for report in reports)
            for category in CATEGORIES
        }
        good = good and min(scores.values()) >= SCORE
        print(f"{name:10}" + "".join(f"{scores[category]:16.0f}" for category in CATEGORIES), flush=True)
        for line in _costs(reports[-1]):
            print(f"{'':10}  {line}", flush=True)
    return good


def _report(script: Path, address: str) -> dict[str, Any]:
    made = subprocess.run(
        [
            shutil.which("node", path=_with_node()["PATH"]) or "node", str(script), address, "--quiet", "--output=json",
            f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env=_with_node(),
        check=True,
        capture_output=True,
        text=True,
    )  # fmt: skip
    return json.loads(made.stdout)  # type: ignore[no-any-return]


def _costs(report: dict[str, Any]) -> Iterator[str]:
    """The audits that count and are not perfect."""
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{category}: {audit['id']} {audit.get('displayValue', '')}".rstrip()


def main() -> int:
    """Measure; exits with 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_visit", description=__doc__)
    parser.add_argument("--port", type=int, help="of a shop that is being served; else one is seeded and served")
    parser.add_argument("--times", type=int, default=5, help="visits of each page")
    parser.add_argument("--lighthouse", action="store_true", help="Lighthouse too (npm)")
    arguments = parser.parse_args()
    if arguments.port is not None:
        return _measure(arguments.port, arguments)
    if not build.is_fresh():
        subprocess.run([sys.executable, "-m", "marketplace", "build"], cwd=ROOT, check=True)
    with servers.shop(catalogue(PRODUCTS)) as served:
        return _measure(served.port, arguments)


def _measure(port: int, arguments: argparse.Namespace) -> int:
    slug = get(port, "/api/v1/products?limit=1")["items"][0]["slug"]
    paths = {"home": "/", "search": "/search", "product": f"/p/{slug}"}
    good = slow_visits(port, paths, arguments.times)
    if arguments.lighthouse:
        good = lighthouse(port, paths, min(3, arguments.times)) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
