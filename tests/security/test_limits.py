"""Every door that costs something counts tries by address, whatever the caller writes into the headers."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from limits import RateLimitItemPerSecond

from marketplace.api import make_api
from marketplace.base import ratelimit
from marketplace.base.ratelimit import Counter

DETAILS = {"buyer": {"name": "Lan", "phone": "0912345678"}, "address": {"commune": "31117", "street": "1"}}
DOORS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "sign_in_address": ("POST", "/account/sign-in", {"json": {"identifier": "0912345678", "password": "x"}}),
    "sign_up": ("POST", "/account/sign-up", {"json": {"name": "Lan", "identifier": "0912345678", "password": "ruộng lúa xanh"}}),
    "basket": ("POST", "/api/v1/baskets", {}),
    "checkout": ("POST", "/api/v1/baskets/x/checkout", {"json": DETAILS, "headers": {"Idempotency-Key": "x"}}),
    "search": ("GET", "/api/v1/communes?q=ninh+kieu", {}),
    "verify": ("POST", "/api/v1/contracts/verify", {"content": b"no pdf"}),
}  # fmt: skip


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize("name", DOORS)
def test_the_tries_of_an_address_run_out_with_a_clear_wait_and_forged_headers_bring_none(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter, item = Counter(None), RateLimitItemPerSecond(2, 60)
    monkeypatch.setattr(ratelimit, "_counter", lambda: counter)
    usual = ratelimit._item
    monkeypatch.setattr(ratelimit, "_item", lambda asked: item if asked == name else usual(asked))
    method, path, options = DOORS[name]
    client = TestClient(make_api(), client=("203.113.1.1", 4711), base_url="http://localhost:3000")
    answers = []
    for number in range(3):
        forged = {
            "X-Forwarded-For": f"198.51.100.{number}",
            "X-Real-IP": f"198.51.100.{number}",
            "Forwarded": "for=::1",
        }
        sent = {**options.get("headers", {}), **forged, "Accept": "application/json"}
        answers.append(client.request(method, path, **{**options, "headers": sent}))
    assert 429 not in {answer.status_code for answer in answers[:2]}
    refused = answers[2]
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["retry_after"] == int(refused.headers["Retry-After"])
    assert refused.json()["title"].startswith("Bạn thử quá nhiều lần. Hãy đợi ")
    english = client.request(method, path, **{**options, "headers": {**sent, "Cookie": "language=en"}})
    assert english.json()["title"].startswith("Too many tries. Wait ")
