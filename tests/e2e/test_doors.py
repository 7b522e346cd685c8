"""Every event handler is an open door: anybody may call any of them with anything, over a real socket."""

from __future__ import annotations

import asyncio
import inspect
import json
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import reflex as rx

from marketplace.ui.faults import SOMETHING_WENT_WRONG
from marketplace.ui.sockets import CONNECT, CONNECT_ERROR, LARGEST_FRAME, SAYING, NotUnderstood, TooMuchAtOnce
from tests.e2e.conftest import PASSWORD, next_code


def _deep(levels: int) -> Any:
    value: Any = "deep"
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value


JUNK: tuple[Any, ...] = (
    "",
    "x" * 80_000,  # Three of them still fit into one frame.
    "'; DROP TABLE product; --",
    "\u202ehidden\x00",
    "half a pair \ud800",
    -1,
    10**30,
    1.5,
    float("nan"),
    None,
    [],
    {"a": {"b": 1}},
    {"\x00": "\ud800", "": []},
    True,
    _deep(200),
)
HOME = {"pathname": "/", "asPath": "/", "query": {}}
SECRET_NAME, SECRET_PHONE = "Bùi Thị Kín Đáo", "0987 654 321"
HYDRATE = "reflex___state____state.hydrate_and_load"
START = "reflex___state____state.marketplace___sellers___state____start_state"
REFUSALS = tuple(error.message.vi for error in (NotUnderstood, TooMuchAtOnce))
PATIENCE = 60
MARKS = 4


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
    answer, headers = _post(address, "/account/sign-in", {"identifier": who, "password": PASSWORD}, form=True)
    cookie = str(headers["Set-Cookie"]).split(";")[0]
    if answer["next"] == "/account/second-factor":
        _, headers = _post(address, answer["next"], {"code": next_code(who)}, form=True, Cookie=cookie)
        cookie = str(headers["Set-Cookie"]).split(";")[0]
    return cookie


def _secret_order(address: str) -> tuple[str, str, str, str]:
    """An order whose buyer nobody else may learn of; gives its number and key, and the product and shop it is of."""
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
    order = placed["orders"][0]
    return order["number"], order["access_key"], goods["sku"], goods["store"]["slug"]


def _order(address: str, number: str, key: str) -> Any:
    request = urllib.request.Request(f"{address}/api/v1/orders/{number}", headers={"Order-Access-Key": key})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


class Line:
    """A socket as a page opens it, but one that may say anything; hears everything it is told, in order."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._marks = 0
        self.said: list[str] = []
        """Frames as they came."""
        self.updates: list[dict[str, Any]] = []

    async def send(self, frame: str | bytes) -> None:
        """A frame as it is."""
        await (self._socket.send_str(frame) if isinstance(frame, str) else self._socket.send_bytes(frame))

    async def event(self, name: Any, payload: Any, page: Any) -> None:
        """Call a handler."""
        await self.send(SAYING + json.dumps(["event", {"name": name, "payload": payload, "router_data": page}]))

    async def listen(self) -> dict[str, Any]:
        """The next update; keeps the connection alive meanwhile."""
        while True:
            message = await self._socket.receive(timeout=PATIENCE)
            assert message.type is aiohttp.WSMsgType.TEXT, f"the socket ended: {message}"
            self.said.append(message.data)
            if message.data == "2":
                await self.send("3")
            elif message.data.startswith(SAYING):
                update: dict[str, Any] = json.loads(message.data.removeprefix(SAYING))[1]
                self.updates.append(update)
                return update

    async def all_is_answered(self) -> list[dict[str, Any]]:
        """Whatever came since the last time, once everything sent so far is known to be done with.

        Events of one page are worked off one after another, each ending before the next begins, so a last one that
        answers with a word of its own ends the wait. Others follow, since an event may have queued one that queues one:
        arriving at a page is the longest such chain.
        """
        for _ in range(MARKS):
            self._marks += 1
            mark = chr(0x4E00 + self._marks)
            await self.event(f"{START}.find_commune", {"typed": mark}, HOME)
            while (await self.listen()).get("delta", {}).get(START, {}).get("commune_name_rx_state_") != mark:
                pass
        heard, self.updates = self.updates, []
        return heard


@asynccontextmanager
async def _line(
    address: str, cookie: str, token: str = "a-page", origin: str | None = None, **headers: str
) -> AsyncIterator[Line]:
    headers |= {"Origin": origin or address, **({"Cookie": cookie} if cookie else {})}
    async with (
        aiohttp.ClientSession() as browser,
        browser.ws_connect(f"{address}/_event/?EIO=4&transport=websocket&token={token}", headers=headers) as socket,
    ):
        line = Line(socket)
        await line.send(f"{CONNECT},")
        while not line.said or not line.said[-1].startswith("4"):
            line.said.append(str((await socket.receive(timeout=PATIENCE)).data))
        yield line


def _notices(updates: list[dict[str, Any]]) -> Counter[str]:
    """What was said above the page."""
    return Counter(
        event["payload"]["value"]["text"]
        for update in updates
        for event in update.get("events", [])
        if event["name"] == "_set_value"
    )


def _crashes(updates: list[dict[str, Any]]) -> int:
    return json.dumps(updates, ensure_ascii=False).count(SOMETHING_WENT_WRONG.vi)


def _right_arguments(number: str, sku: str, store: str) -> dict[str, Any]:
    form = {"name": "Xoài", "phone": "0912345678", "sku": sku, "quantity": "1", "reason": "Hết hàng", "agree": "on"}
    return {
        "number": number, "sku": sku, "store": store, "code": "31117", "typed": "2", "note": "Gọi trước", "form": form,
        "step": "pack", "sellable": True, "tab": "new", "show": "all", "series": "retail_sales", "year": "2026",
        "month": "2026-01", "slug": "trai-cay", "product_id": 1, "seller_id": 1, "picture_id": 1, "places": 1,
        "certificate_id": 1, "session_id": 1, "address_id": 1, "account_id": 1,
        "section_id": 1, "review_id": 1, "photo_id": 1, "which": "banner", "entry": "price", "chosen": True,
        "place_id": 1,
        "name": "street",
    }  # fmt: skip


async def _call_everything(address: str, cookie: str, right: dict[str, Any]) -> str:
    number = right["number"]
    paths = (f"/seller/orders/{number}", f"/orders/{number}", "/seller/products/1", "/p/x", "/c/x", "/basket", "/staff")
    wrong: list[str] = []
    async with _line(address, cookie) as line:
        page = {"pathname": paths[0], "asPath": f"{paths[0]}?key=x&tab=x", "query": {"number": number}}
        await line.event(HYDRATE, {}, page)
        await line.all_is_answered()
        for name, parameters, _ in all_handlers():
            calls = [
                ({parameter: right[parameter] for parameter in parameters}, {**page, "pathname": path, "asPath": path})
                for path in (paths if name.endswith(".load") else paths[:2])
            ]
            calls += [
                ({parameter: number if parameter == "number" else junk for parameter in parameters}, calls[0][1])
                for junk in (JUNK if parameters else ())
            ]
            for payload, place in calls:
                await line.event(name, payload, place)
            heard = await line.all_is_answered()
            state = name.rpartition(".")[0]
            answers = sum("answered_rx_state_" in update.get("delta", {}).get(state, {}) for update in heard)
            # The marks themselves are answered by the state that is called for them.
            answers -= MARKS if state == START else 0
            if _crashes(heard):
                wrong.append(f"{name} crashed {_crashes(heard)} times")
            if _notices(heard).keys() & set(REFUSALS):
                wrong.append(f"{name} was not let in")
            # What the app calls by itself says nothing new: it looks again, keeps what is being typed, or reckons with it.
            if answers != len(calls) and not name.endswith((".refresh", ".keep", ".reckon")):
                wrong.append(f"{name} answered {answers} of {len(calls)} calls")
        assert not wrong, "\n".join(wrong)
        return "".join(line.said)


@pytest.mark.parametrize(
    "who",
    ["", "0900 900 001", "0900 900 003", "tinh@choque.example"],
    ids=["guest", "shopper", "other_seller", "staff"],
)
def test_nobody_learns_or_changes_what_is_not_theirs_by_any_handler_with_any_payload(address: str, who: str) -> None:
    number, key, sku, store = _secret_order(address)
    before = _order(address, number, key)
    cookie = _cookie(address, who) if who else "sid=" + "g" * 43
    said = asyncio.run(_call_everything(address, cookie, _right_arguments(number, sku, store)))
    assert SECRET_NAME not in said
    assert SECRET_PHONE.replace(" ", "") not in said.replace(" ", "")
    assert "Traceback" not in said
    assert "sqlalchemy" not in said.lower()
    assert _order(address, number, key) == before


def _event(name: Any = f"{START}.load", payload: Any = None, page: Any = None) -> str:
    asked = {"name": name, "payload": {} if payload is None else payload, "router_data": HOME if page is None else page}
    return SAYING + json.dumps(["event", asked])


# No frame of a page.
STRANGE_FRAMES: tuple[str | bytes, ...] = (
    "", "4", "42", "5", "6", "9", "x", b"\x00\x01", b"", "42/other,[]", '42["event",{}]', "40/other,", f"{CONNECT_ERROR}{{}}",
    "43/_event,1[]", '451-/_event,["event",{"_placeholder":true,"num":0}]', SAYING, f"{SAYING}[", f"{SAYING}null", f"{SAYING}[]",
    f'{SAYING}["event"]', f'{SAYING}["disconnect"]', f'{SAYING}["connect",{{}}]', f'{SAYING}["event",{{}},{{}}]',
    f'{SAYING}["ping"]', SAYING + "[" * 100_000, f'{SAYING}["event",{{"name":{"9" * 5000}}}]', SAYING + "x" * LARGEST_FRAME,
)  # fmt: skip
NO_EVENTS: tuple[Any, ...] = (None, 1, "x", [], True, json.dumps({"name": f"{START}.load"}), [[]], _deep(400))
# No handler of ours, or nobody's to call.
NO_HANDLERS: tuple[Any, ...] = (
    None, 5, [], {}, "", "x", "\ud800", "a.b.c", f"{START}.", f"{START}._look", f"{START}._person", f"{START}.__init__",
    f"{START}.setvar", f"{START}.reset", "reflex___state____state.set_is_hydrated", "reflex___state____state.setvar",
    "reflex___state____state.reflex___state____update_vars_internal_state.update_vars_internal",
)  # fmt: skip
NO_ARGUMENTS: tuple[tuple[str, Any], ...] = (
    *(("load", said) for said in (5, "x", [], [1], True, {"self": 1}, {"": 1}, {"typed": "x"})),
    *(("find_commune", said) for said in ({}, {"typed": "x", "more": 1}, {"Typed": "x"}, {"self": 1, "typed": "x"})),
    ("apply", {"form": {}, "commune": "31117"}),
)
# No address of a page, or one that says who is calling.
NO_ADDRESSES: tuple[Any, ...] = (
    5, "x", [1], {"pathname": 5}, {"asPath": None}, {"query": []}, {"query": {"a": []}}, {"query": {"a": 1}},
    {"pathname": "/\x00"}, {"pathname": "/\ud800"}, {"asPath": "/" + "x" * 5000}, {"headers": {"cookie": "sid=x"}},
    {"token": "other"}, {"sid": "x"}, {"ip": "127.0.0.1"},
)  # fmt: skip
MALFORMED: tuple[str | bytes, ...] = (
    *STRANGE_FRAMES,
    *(SAYING + json.dumps(["event", said]) for said in NO_EVENTS),
    *(_event(name) for name in NO_HANDLERS),
    *(_event(f"{START}.{name}", said) for name, said in NO_ARGUMENTS),
    *(_event(page=said) for said in NO_ADDRESSES),
    SAYING + json.dumps(["event", {"name": f"{START}.load", "router_data": None}]),
    SAYING + json.dumps(["event", {"name": f"{START}.load", "payload": None}]),
)


def test_whatever_no_page_says_is_answered_in_words_and_reaches_nobody(address: str) -> None:
    async def say_all() -> None:
        async with _line(address, _cookie(address, "0900 900 001")) as line:
            await line.event(HYDRATE, {}, HOME)
            await line.all_is_answered()
            for frame in MALFORMED:
                await line.send(frame)
                heard = await line.all_is_answered()
                refused = _notices(heard)
                assert sum(refused.values()) == 1, f"{frame[:200]!r} was told {refused}"
                assert set(refused) <= set(REFUSALS)
                assert {state for update in heard for state in update.get("delta", {})} <= {START}

    asyncio.run(say_all())


@pytest.mark.parametrize(
    "boot",
    [
        [],
        5,
        "x",
        {"event": 5},
        {"event": {"name": "x"}},
        {"event": {"name": HYDRATE, "payload": []}},
        {"state_schema": 5},
    ],
)
def test_a_page_that_joins_with_junk_is_told_so(address: str, boot: Any) -> None:
    async def join() -> str:
        async with _line(address, "") as line:
            await line.send(f"{CONNECT},{json.dumps(boot)}")
            return str((await line._socket.receive(timeout=PATIENCE)).data)

    answer = asyncio.run(join())
    assert answer.startswith(CONNECT_ERROR)
    assert json.loads(answer.removeprefix(CONNECT_ERROR))["data"]["text"] == NotUnderstood.message.vi


def test_a_second_socket_with_a_stolen_token_but_no_cookie_sees_nothing(address: str) -> None:
    page = {"pathname": "/seller", "asPath": "/seller", "query": {}}

    async def steal() -> tuple[str, str]:
        async with _line(address, _cookie(address, "0900 900 002"), "the-token") as owner:
            await owner.event(HYDRATE, {}, page)
            seen = await owner.all_is_answered()
            async with _line(address, "", "the-token") as thief:
                await thief.event(HYDRATE, {}, page)
                stolen = await thief.all_is_answered()
        return json.dumps(seen), json.dumps(stolen)

    owner, thief = asyncio.run(steal())
    assert "DH-" in owner
    assert "is_hydrated" in thief
    assert "DH-" not in thief


def test_a_socket_from_a_foreign_page_is_refused(address: str) -> None:
    async def knock() -> None:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with _line(address, "", "foreign", origin="http://elsewhere.example"):
                pass

    asyncio.run(knock())
