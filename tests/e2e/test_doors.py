"""Every event handler is an open door: anybody may call any of them with anything, over a real socket."""

from __future__ import annotations

import asyncio
import inspect
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
import socketio  # type: ignore[import-untyped]

from tests.e2e.conftest import PASSWORD

JUNK: tuple[Any, ...] = (
    "",
    "x" * 5000,
    "'; DROP TABLE product; --",
    "\u202ehidden\x00",
    -1,
    10**30,
    1.5,
    None,
    [],
    {"a": {"b": 1}},
    True,
)
SECRET_NAME, SECRET_PHONE = "Bùi Thị Kín Đáo", "0987 654 321"
REFLEXS_OWN = ("reflex___state____state.hydrate",)


def all_handlers() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Every event handler of our states: its name on the wire, its parameters, and whether it answers refusals in words."""
    import marketplace.marketplace

    assert marketplace.marketplace.app is not None
    waiting: list[type[Any]] = [rx.State]
    seen: set[str] = set()
    while waiting:
        state = waiting.pop()
        if state.get_full_name() in seen:
            continue
        seen.add(state.get_full_name())
        waiting.extend(state.__subclasses__())
        if not state.__module__.startswith("marketplace.") or state._mixin:
            continue
        for name, handler in state.event_handlers.items():
            if name == "setvar":
                continue
            parameters = tuple(inspect.signature(handler.fn).parameters)[1:]
            yield f"{state.get_full_name()}.{name}", parameters, hasattr(handler.fn, "__wrapped__")


def test_every_handler_answers_refusals_in_words() -> None:
    found = list(all_handlers())
    assert len(found) > 30
    assert [name for name, _, answers in found if not answers] == []


def test_no_state_shows_a_secret() -> None:
    import marketplace.marketplace

    assert marketplace.marketplace.app is not None
    shown = {
        f"{state.__name__}.{name}"
        for state in rx.State.__subclasses__()
        if state.__module__.startswith("marketplace.")
        for name in state.base_vars
        if any(word in name for word in ("hash", "token", "secret", "password", "digest", "key", "cookie"))
    }
    assert shown == set()


def _post(
    address: str, path: str, body: dict[str, Any] | None, *, form: bool = False, method: str = "POST", **headers: str
) -> Any:
    data = None if body is None else (urllib.parse.urlencode(body) if form else json.dumps(body)).encode()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    request = urllib.request.Request(
        address + path, data, {"Content-Type": kind, "Accept": "application/json", **headers}, method=method
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read()), answer.headers


def _cookie(address: str, who: str) -> str:
    _, headers = _post(address, "/account/sign-in", {"identifier": who, "password": PASSWORD}, form=True)
    return str(headers["Set-Cookie"]).split(";")[0]


def _secret_order(address: str) -> tuple[str, str]:
    """An order whose buyer nobody else may learn of; gives its number and key."""
    with urllib.request.urlopen(f"{address}/api/v1/products?limit=60", timeout=30) as answer:
        goods = next(item for item in json.loads(answer.read())["items"] if item["in_stock"])
    basket, _ = _post(address, "/api/v1/baskets", {})
    with urllib.request.urlopen(f"{address}/api/v1/products/{goods['slug']}", timeout=30) as answer:
        minimum = json.loads(answer.read())["minimum"]
    line = {"quantity": str(minimum)}
    _post(address, f"/api/v1/baskets/{basket['id']}/lines/{goods['sku']}", line, method="PUT")
    details = {
        "buyer": {"name": SECRET_NAME, "phone": SECRET_PHONE},
        "address": {"commune": "31147", "street": "1"},
        "payment": "cod",
    }
    review, _ = _post(address, f"/api/v1/baskets/{basket['id']}/review", details)
    placed, _ = _post(
        address,
        f"/api/v1/baskets/{basket['id']}/checkout",
        {**details, "accepted_terms_hash": review["terms_hash"]},
        **{"Idempotency-Key": basket["id"]},
    )
    return placed["orders"][0]["number"], placed["orders"][0]["access_key"]


def _order(address: str, number: str, key: str) -> Any:
    request = urllib.request.Request(f"{address}/api/v1/orders/{number}", headers={"Order-Access-Key": key})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


async def _connect(
    address: str, cookie: str, token: str, heard: list[Any], origin: str | None = None
) -> socketio.AsyncClient:
    client = socketio.AsyncClient(reconnection=False)
    client.on("event", heard.append, namespace="/_event")
    headers = {"Origin": origin or address, **({"Cookie": cookie} if cookie else {})}
    await client.connect(
        f"{address}?token={token}",
        headers=headers,
        namespaces=["/_event"],
        socketio_path="/_event",
        transports=["websocket"],
    )
    return client


async def _call_everything(address: str, cookie: str, number: str) -> str:
    heard: list[Any] = []
    client = await _connect(address, cookie, f"doors-{abs(hash(cookie))}", heard)
    routes = {"pathname": f"/seller/orders/{number}", "asPath": f"/seller/orders/{number}?key=x&tab=x", "query": {}}
    await client.emit("event", {"name": REFLEXS_OWN[0], "payload": {}, "router_data": routes}, namespace="/_event")
    for name, parameters, _ in all_handlers():
        for path in (f"/seller/orders/{number}", f"/orders/{number}", "/seller/products/1", "/p/x", "/c/x"):
            routes = {"pathname": path, "asPath": path, "query": {}}
            await client.emit("event", {"name": name, "payload": {}, "router_data": routes}, namespace="/_event")
        for junk in JUNK:
            payload = {parameter: number if parameter == "number" else junk for parameter in parameters}
            await client.emit("event", {"name": name, "payload": payload, "router_data": routes}, namespace="/_event")
        await asyncio.sleep(0.02)
    for _ in range(100):
        before = len(heard)
        await asyncio.sleep(0.3)
        if len(heard) == before:
            break
    assert client.connected
    await client.disconnect()
    return json.dumps(heard, ensure_ascii=False)


@pytest.mark.parametrize(
    "who",
    ["", "0900 900 001", "0900 900 003", "tinh@choque.example"],
    ids=["guest", "shopper", "other_seller", "staff"],
)
def test_nobody_learns_or_changes_what_is_not_theirs_by_any_handler_with_any_payload(address: str, who: str) -> None:
    number, key = _secret_order(address)
    before = _order(address, number, key)
    said = asyncio.run(_call_everything(address, _cookie(address, who) if who else "", number))
    assert SECRET_NAME not in said
    assert SECRET_PHONE.replace(" ", "") not in said.replace(" ", "")
    assert "Traceback" not in said
    assert "sqlalchemy" not in said.lower()
    assert _order(address, number, key) == before


def test_a_second_socket_with_a_stolen_token_but_no_cookie_sees_nothing(address: str) -> None:
    async def steal() -> tuple[str, str]:
        victim: list[Any] = []
        thief: list[Any] = []
        page = {"pathname": "/seller", "asPath": "/seller", "query": {}}
        load = next(name for name, _, _ in all_handlers() if name.endswith("today_state.load"))
        first = await _connect(address, _cookie(address, "0900 900 002"), "the-token", victim)
        await first.emit("event", {"name": REFLEXS_OWN[0], "payload": {}, "router_data": page}, namespace="/_event")
        await first.emit("event", {"name": load, "payload": {}, "router_data": page}, namespace="/_event")
        await asyncio.sleep(1.5)
        second = await _connect(address, "", "the-token", thief)
        await second.emit("event", {"name": REFLEXS_OWN[0], "payload": {}, "router_data": page}, namespace="/_event")
        await asyncio.sleep(1)
        await first.disconnect()
        await second.disconnect()
        return json.dumps(victim, ensure_ascii=False), json.dumps(thief, ensure_ascii=False)

    owner, thief = asyncio.run(steal())
    assert "DH-" in owner
    assert thief != "[]"
    assert "DH-" not in thief


def test_a_socket_from_a_foreign_page_is_refused(address: str) -> None:
    async def knock() -> None:
        with pytest.raises(socketio.exceptions.ConnectionError):
            await _connect(address, "", "foreign", [], origin="http://elsewhere.example")

    asyncio.run(knock())
