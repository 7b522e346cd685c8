"""A crowd of buyers, through HTTP: reviewed baskets, and everybody's checkout at once."""

from __future__ import annotations

import http.client
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlmodel import Session

from marketplace.base import clock, db
from tests.orders.shopping import accept_terms, fill_basket

AT_ONCE = 40


def send(port: int, method: str, path: str, body: object, **headers: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(
            method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", **headers}
        )
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def prepare(goods: Sequence[Sequence[tuple[str, int]]], **changes: Any) -> list[tuple[str, dict[str, Any]]]:
    """A reviewed basket for each buyer: its id, and the body that accepts its contracts.

    Who orders the same accepts the same contract, so that it is reviewed once.
    """

    def fill(session: Session) -> list[tuple[str, dict[str, Any]]]:
        now = clock.now()
        accepted: dict[tuple[tuple[str, int], ...], dict[str, Any]] = {}
        ready = []
        for lines in goods:
            basket = fill_basket(session, lines, now=now)
            if tuple(lines) not in accepted:
                accepted[tuple(lines)] = accept_terms(session, basket, now, **changes).model_dump(mode="json")
            ready.append((basket, accepted[tuple(lines)]))
        return ready

    return db.write_now(fill)


def checkout_all(port: int, ready: Sequence[tuple[str, dict[str, Any]]]) -> list[tuple[int, Any]]:
    def buy(item: tuple[str, dict[str, Any]]) -> tuple[int, Any]:
        basket, body = item
        for _ in range(5):
            answer = send(port, "POST", f"/api/v1/baskets/{basket}/checkout", body, **{"Idempotency-Key": basket})
            if answer[0] != 503:
                break
            # On a loaded machine SQLite's lock may stay with others for longer than the busy timeout. The answer says
            # that nothing was saved, and the key makes it safe to do as it says and try again.
        return answer

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(buy, ready))
