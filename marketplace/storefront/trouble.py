"""People who ask for a page get a page, whatever happens to it."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.storefront.http import in_trouble, not_found

MISSING, PROBLEM = "missing", "problem"


class PagesInTrouble:
    """Answers people who ask for a page that is not there, or that cannot be shown, with one they can go on from."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put our page in the place of a bare 404 and of a problem meant for programs."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        status, held, body, wait = 200, "", b"", None

        async def replaced(message: Message) -> None:
            nonlocal status, held, body, wait
            if message["type"] == "http.response.start":
                status, held = message["status"], _reason_to_replace(request, message)
                wait = dict(message["headers"]).get(b"retry-after")
            elif held:
                body += message.get("body", b"")
            if not held:
                await send(message)

        try:
            await self.app(scope, receive, replaced)
        finally:
            # A fault of ours goes on upwards when it has been answered.
            if held == MISSING:
                await not_found(request)(scope, receive, send)
            elif held == PROBLEM:
                page = in_trouble(request, status, orjson.loads(body)["title"])
                if wait is not None:
                    page.headers["Retry-After"] = wait.decode("latin-1")
                await page(scope, receive, send)


def _reason_to_replace(request: Request, start: Message) -> str:
    """Why a page of ours should stand in the place of an answer that begins so; empty when it should not."""
    headers = dict(start["headers"])
    kind = headers.get(b"content-type", b"")
    # A file of the built app, not a page of ours that already says so.
    if start["status"] == HTTPStatus.NOT_FOUND and kind.startswith(b"text/html") and b"accept-ranges" in headers:
        return MISSING
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    return PROBLEM if wants_page and kind.startswith(b"application/problem+json") else ""
