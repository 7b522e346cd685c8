"""What a first visit costs a visitor, as sizes sent, and what a second one no longer does."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE, OpenPage, alive

BUDGET = 180_000
"""Bytes on the wire of a first visit to a page: everything but pictures, headers and the socket's words included."""


SMALLEST_SQUEEZED = 900
"""Bytes with headers of what is too small to become any smaller."""


@dataclass
class Part:
    """One answer of a visit."""

    path: str
    kind: str
    bytes: int = 0
    cached: bool = False
    keeping: str = ""


class Visit:
    """Everything a page fetches from now on."""

    def __init__(self, page: Page, address: str) -> None:
        self._address = address
        self._parts: dict[str, Part] = {}
        self.told: list[str] = []
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.responseReceived", self._answered)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.on("Network.webSocketFrameReceived", self._heard)
        devtools.send("Network.enable")

    @property
    def parts(self) -> list[Part]:
        """What was fetched, heaviest first."""
        return sorted(self._parts.values(), key=lambda part: -part.bytes)

    @property
    def sent(self) -> list[Part]:
        """What crossed the network, without pictures."""
        return [part for part in self.parts if part.kind != "Image" and not part.cached]

    @property
    def socket_bytes(self) -> int:
        """Bytes of all the page was told through its socket."""
        return sum(len(words.encode()) for words in self.told)

    @property
    def weight(self) -> int:
        """Bytes of all that."""
        return sum(part.bytes for part in self.sent) + self.socket_bytes

    def __str__(self) -> str:
        lines = [f"{part.bytes:>8} {part.kind:<10} {part.path}" for part in self.sent]
        return "\n".join([*lines, f"{self.socket_bytes:>8} socket", f"{self.weight:>8} together"])

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if not answer["url"].startswith("data:"):
            headers = {name.lower(): value for name, value in answer["headers"].items()}
            self._parts[event["requestId"]] = Part(
                path=answer["url"].removeprefix(self._address),
                kind=event["type"],
                cached=answer.get("fromDiskCache", False),
                keeping=headers.get("cache-control", ""),
            )

    def _finished(self, event: dict[str, Any]) -> None:
        if (part := self._parts.get(event["requestId"])) is not None:
            part.bytes = int(event["encodedDataLength"])

    def _heard(self, event: dict[str, Any]) -> None:
        self.told.append(event["response"]["payloadData"])


def _visit(page: Page, address: str, path: str) -> Visit:
    page.context.set_extra_http_headers({"Accept-Encoding": "gzip"})
    visit = Visit(page, address)
    page.goto(path)
    alive(page)
    page.wait_for_load_state("networkidle")
    return visit


def _visit_product(page: Page, address: str) -> Visit:
    return _visit(page, address, "/p/" + _slug(address))


def _slug(address: str) -> str:
    with urllib.request.urlopen(f"{address}/api/v1/products?limit=1", timeout=10) as answer:
        return str(json.load(answer)["items"][0]["slug"])


def test_a_first_visit_to_a_product_stays_within_its_budget(open_page: OpenPage, address: str) -> None:
    visit = _visit_product(open_page(PHONE), address)
    assert {"Document", "Script", "Stylesheet", "Font"} <= {part.kind for part in visit.sent}, str(visit)
    assert visit.weight <= BUDGET, f"\n{visit}"
    assert all(part.path.startswith("/") for part in visit.parts), f"fetched from elsewhere:\n{visit}"


@pytest.mark.parametrize("path", ["/", "/search"])
def test_so_does_a_first_visit_to_a_list(open_page: OpenPage, address: str, path: str) -> None:
    visit = _visit(open_page(PHONE), address, path)
    assert visit.weight <= BUDGET, f"\n{visit}"


def test_a_page_is_not_told_what_its_browser_said_of_itself(open_page: OpenPage, address: str) -> None:
    visit = _visit_product(open_page(PHONE), address)
    told = "".join(visit.told)
    assert '"product_rx_state_"' in told
    assert "rx_router_" not in told
    assert "Mozilla" not in told


def test_what_is_named_after_its_content_is_kept_for_a_year_and_the_rest_is_asked_about_again(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(PHONE)
    first = _visit_product(page, address)
    for part in first.parts:
        lasting = part.path.startswith(("/assets/", "/media/"))
        assert ("immutable" in part.keeping) == lasting, part
        assert lasting or "revalidate" in part.keeping or "no-cache" in part.keeping, part
    again = _visit_product(page, address)
    assert [part.path for part in again.sent if part.path.startswith("/assets/")] == []


def test_scripts_and_styles_come_in_the_smallest_form_the_browser_takes(open_page: OpenPage, address: str) -> None:
    visit = _visit_product(open_page(PHONE), address)
    for part in visit.sent:
        if part.kind in {"Script", "Stylesheet"}:
            if part.bytes < SMALLEST_SQUEEZED:
                continue
            plain, zipped, best = (_fetched(address + part.path, form) for form in ("identity", "gzip", "gzip, br"))
            assert (zipped[1], best[1]) == ("gzip", "br"), part
            assert best[0] < zipped[0] < plain[0], part


def _fetched(url: str, form: str) -> tuple[int, str | None]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": form})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return len(answer.read()), answer.headers["Content-Encoding"]
