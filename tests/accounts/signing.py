"""A browser that signs in over HTTP, and the codes that were sent to it."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from marketplace import background
from marketplace.accounts.cookies import visitor_token
from marketplace.accounts.http import account_routes
from marketplace.base.messages.sending import LOG_NAME
from marketplace.base.web import answer_with_problems
from marketplace.sellers.acting import person_of
from marketplace.settings import settings

PHONE = "0912 345 678"
PASSWORD = "ruộng lúa bát ngát"
JSON = {"Accept": "application/json"}
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def app() -> FastAPI:
    """The account's routes, and two that say who is there."""
    api = FastAPI()
    api.include_router(account_routes(person_of))
    answer_with_problems(api)

    @api.get("/who")
    async def who(request: Request) -> dict[str, object]:
        person = await person_of(request)
        return {
            "account": person.account_id,
            "name": person.name,
            "visitor": person.visitor_digest,
            "roles": sorted(person.roles),
            "withheld": sorted(person.withheld),
        }

    @api.get("/visit")
    async def visit(request: Request) -> Response:
        answer = Response()
        visitor_token(request, answer)
        return answer

    return api


def post(client: TestClient, path: str, **body: object) -> httpx.Response:
    """Send a form as our own script does."""
    answer: httpx.Response = client.post(path, json=body, headers=JSON)
    return answer


def sign_up(client: TestClient, **changes: object) -> httpx.Response:
    """Make an account with a password."""
    body = {"name": "Nguyễn Thị Lan", "identifier": PHONE, "password": PASSWORD, "next": "/seller"} | changes
    return post(client, "/account/sign-up", **body)


def sign_in(client: TestClient, password: str = PASSWORD, identifier: str = PHONE) -> httpx.Response:
    """Sign in with a password."""
    return post(client, "/account/sign-in", identifier=identifier, password=password)


def who(client: TestClient) -> dict[str, Any]:
    """Who the browser is signed in as."""
    return dict(client.get("/who").json())


def sent() -> list[dict[str, str]]:
    """All messages so far, carried to the file of the sender for development."""
    asyncio.run(background.outbox.send_off())
    path = settings().var / LOG_NAME
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def last_code(to: str = "") -> str:
    """The code of the newest message, or of the newest one to somebody."""
    text = [message["text"] for message in sent() if not to or message["to"] == to][-1]
    found = re.search(r"\b[0-9]{6}\b", text)
    assert found is not None
    return found[0]


def sign_in_with_code(client: TestClient, identifier: str = PHONE, following: str = "/account") -> httpx.Response:
    """Ask for a code, and type it."""
    answer = post(client, "/account/code", identifier=identifier, next=following)
    assert answer.status_code == 200, answer.text
    return post(client, "/account/code/check", code=last_code())
