"""The edge of the app: problem+json, and one ASGI middleware for what every answer and socket must obey."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.base.crypto import keyed_token, new_token
from marketplace.base.errors import DomainError, InvalidInputs
from marketplace.base.inputs import Problems, problem_of
from marketplace.base.text import Locale, Text, as_locale
from marketplace.settings import settings

log = structlog.get_logger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED_BY_SENDER = ("/webhooks/",)
MOST_PROBLEMS = 20
JSON_BODY_LIMIT = 256 * 1024
BODY_LIMITS = (
    ("/seller/products/import", 61 * 1024 * 1024),
    ("/seller/products/", 13 * 1024 * 1024),
    ("/seller/shop/", 13 * 1024 * 1024),
    ("/seller/application/", 13 * 1024 * 1024),
    ("/orders/", 13 * 1024 * 1024),
    ("/api/v1/contracts/verify", 11 * 1024 * 1024),
)

NAMED_AFTER_CONTENT = ("/assets/",)
"""Files whose name holds a hash of what is in them."""
PLACE = "commune"
"""The cookie with the commune goods should be brought to: a preference of the browser, like its colours."""
PLACE_SHAPE = re.compile(r"[0-9]{5}")
FRESH = frozenset({200, 206, 304})
INERT = (b"text/css", b"text/javascript", b"font/", b"image/webp", b"image/avif", b"image/png", b"image/jpeg")
"""What is never a page by itself, so that the headers that govern pages say nothing there and only weigh."""

HTTP_REASONS = {
    400: Text("Yêu cầu chưa đúng.", "The request is not right."),
    403: Text("Yêu cầu đến từ trang khác nên không được nhận.", "The request came from another site and is not taken."),
    404: Text("Không tìm thấy.", "Not found."),
    405: Text("Địa chỉ này không nhận cách gọi đó.", "This address does not take that method."),
    413: Text("Dữ liệu gửi lên quá lớn.", "What was sent is too large."),
    422: Text("Có mục chưa đúng.", "Some entries are not right."),
    500: Text("Có lỗi ở phía chúng tôi. Hãy thử lại.", "Something went wrong on our side. Please try again."),
}


def request_locale(request: Request) -> Locale:
    """The reader's language: `?lang=`, else the cookie, else Accept-Language, else Vietnamese."""
    asked = request.query_params.get("lang") or request.cookies.get("language")
    if asked is None and not request.cookies and request.headers.get("accept-language", "").lower().startswith("en"):
        asked = "en" if request.url.path.startswith("/api/") else None
    return as_locale(asked)


def place_of_cookies(cookie_header: str) -> str:
    """The code of the commune this browser last asked about delivery to; empty for none, unknown whether it exists."""
    code = cookie_parser(cookie_header).get(PLACE, "")
    return code if PLACE_SHAPE.fullmatch(code) else ""


def request_place(request: Request) -> str:
    """As `place_of_cookies`, of a request."""
    return place_of_cookies(request.headers.get("cookie", ""))


def json_answer(body: Any, status: int = 200) -> Response:
    """A private JSON answer, written by orjson."""
    return Response(orjson.dumps(body), status, media_type="application/json", headers={"Cache-Control": "no-store"})


def problem(
    status: int, code: str, title: str, *, field: str | None = None, extra: dict[str, Any] | None = None
) -> Response:
    """An error answer after RFC 9457."""
    body: dict[str, Any] = {
        "type": f"{settings().public}/help/errors#{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if field:
        body["field"] = field
    return Response(
        orjson.dumps(body | (extra or {})),
        status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )


def domain_problem(error: DomainError, locale: Locale) -> Response:
    """A refusal of the domain as problem+json."""
    extra: dict[str, Any] = {}
    if isinstance(error, InvalidInputs):
        extra["problems"] = [
            {"field": item.field, "code": item.code, "title": item.say(locale)} for item in error.problems
        ]
    if "seconds" in error.values:
        extra["retry_after"] = error.values["seconds"]
    answer = problem(error.status, error.code, error.say(locale), field=error.field, extra=extra)
    if "seconds" in error.values:
        answer.headers["Retry-After"] = str(error.values["seconds"])
    return answer


def answer_with_problems(api: FastAPI) -> None:
    """Make every error of an API problem+json in the caller's language, without a trace."""

    @api.exception_handler(DomainError)
    async def _refused(request: Request, error: DomainError) -> Response:
        return domain_problem(error, request_locale(request))

    @api.exception_handler(RequestValidationError)
    async def _unreadable(request: Request, error: RequestValidationError) -> Response:
        problems = Problems()
        problems.found = [
            problem_of(item["type"], item["loc"][1:], item.get("ctx", {})) for item in error.errors()[:MOST_PROBLEMS]
        ]
        try:
            problems.refuse()
        except DomainError as refusal:
            return domain_problem(refusal, request_locale(request))
        raise error

    @api.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        reason = HTTP_REASONS.get(error.status_code, HTTP_REASONS[400])
        answer = problem(error.status_code, f"http_{error.status_code}", reason.say(request_locale(request)))
        answer.headers.update(error.headers or {})
        return answer

    @api.exception_handler(Exception)
    async def _broken(request: Request, error: Exception) -> Response:
        log.error("request failed", path=request.url.path, exc_info=error)
        return problem(500, "internal", HTTP_REASONS[500].say(request_locale(request)))


def cookie_value(headers: Iterable[tuple[bytes, bytes]], name: str) -> str | None:
    """One cookie of an ASGI request."""
    header = "; ".join(value.decode("latin-1") for key, value in headers if key == b"cookie")
    return cookie_parser(header).get(name)


def session_cookie_name() -> str:
    """`__Host-sid` over TLS; plain `sid` on http://localhost, where browsers refuse the prefix."""
    return "__Host-sid" if settings().secure else "sid"


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def _refusal(scope: Scope, status: int, code: str = "") -> Response:
    return problem(status, code or f"http_{status}", HTTP_REASONS[status].say(request_locale(Request(scope))))


def _varied_once(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with one `Vary` that names everything once: each layer adds what it varies by without looking.

    `Origin` is left to the layer around this one, Reflex's own for other origins, which names it where it counts.
    """
    given = list(headers)
    named = [name.strip() for key, value in given if key.lower() == b"vary" for name in value.split(b",")]
    once = {name.lower(): name for name in named if name.lower() != b"origin"}
    others = [(key, value) for key, value in given if key.lower() != b"vary"]
    return [*others, (b"vary", b", ".join(sorted(once.values())))] if once else others


class BodyTooLarge(HTTPException):
    """More was sent than the route takes."""

    def __init__(self) -> None:
        super().__init__(413)


class HeadAsGet:
    """Answers HEAD with the head of what GET would be given (RFC 9110, section 9.3.2); routes know GET alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask as GET, and keep the body back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            await send(dict(message, body=b"") if message["type"] == "http.response.body" else message)

        await self.app(dict(scope, method="GET"), receive, headed)


class Guard:
    """Origin check, body limits, security headers, and sockets bound to the browser's session.

    A Reflex client token is a bearer secret for a whole state and travels in the socket's address. Here the server
    mixes it with the HttpOnly session cookie, so that a stolen token without that cookie names another, empty state.
    """

    def __init__(self, app: ASGIApp, inline_scripts: Callable[[], Iterable[str]]) -> None:
        self.app = app
        self.inline_scripts = inline_scripts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then pass on."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = _header(scope, b"origin")
        if origin is not None and not self._own(origin, scope):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(dict(scope, query_string=bound_query(scope)), receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        started = False

        async def secured(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {key.lower() for key, _ in message["headers"]}
                added = [(key, value) for key, value in self._headers(path, message) if key not in present]
                message = dict(message, headers=[*_varied_once(message["headers"]), *added])
            await send(message)

        if path.startswith("/_") and (not path.startswith("/_event") or scope["method"] != "GET"):
            # Reflex's own upload has no limit, its health says what stands behind, and polling is not our transport.
            await _refusal(scope, 404)(scope, receive, secured)
            return
        if scope["method"] not in SAFE_METHODS and not path.startswith(SIGNED_BY_SENDER) and not self._same_site(scope):
            await _refusal(scope, 403, "foreign_origin")(scope, receive, secured)
            return
        if path.startswith("/_event"):
            scope = dict(scope, query_string=bound_query(scope))
        limit = next((size for prefix, size in BODY_LIMITS if path.startswith(prefix)), JSON_BODY_LIMIT)
        declared = _header(scope, b"content-length")
        if declared is not None and (not declared.isdigit() or int(declared) > limit):
            await _refusal(scope, 413)(scope, receive, secured)
            return
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise BodyTooLarge
            return message

        try:
            await self.app(scope, limited, secured)
        except BodyTooLarge:
            if not started:
                await _refusal(scope, 413)(scope, receive, secured)

    def _own(self, origin: str, scope: Scope) -> bool:
        if origin in settings().allowed_origins:
            return True
        # On a plain-http installation (a laptop, a phone in the same network) the page's own host is home too.
        return not settings().secure and urlsplit(origin).netloc == _header(scope, b"host")

    def _same_site(self, scope: Scope) -> bool:
        origin = _header(scope, b"origin")
        if origin is not None:
            return self._own(origin, scope)
        return _header(scope, b"sec-fetch-site") in {None, "same-origin", "none"}

    def _headers(self, path: str, start: Message) -> list[tuple[bytes, bytes]]:
        headers = [(b"x-content-type-options", b"nosniff")]
        if settings().secure:
            headers.append((b"strict-transport-security", b"max-age=31536000; includeSubDomains"))
        if start["status"] in FRESH:
            headers.extend(_shelf_life(path, start["headers"]))
        if _content_type(start["headers"]).startswith(INERT):
            return headers
        scripts = " ".join(self.inline_scripts())
        policy = (
            f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )
        return [
            *headers,
            (b"content-security-policy", policy.encode()),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
            (b"cross-origin-opener-policy", b"same-origin"),
        ]


def _content_type(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return next((value.lower() for key, value in headers if key.lower() == b"content-type"), b"")


def _shelf_life(path: str, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    if path.startswith(NAMED_AFTER_CONTENT):
        return [(b"cache-control", b"public, max-age=31536000, immutable")]
    if any(key.lower() == b"etag" for key, _ in headers):
        return [(b"cache-control", b"public, max-age=3600, must-revalidate")]
    return []


def bound_query(scope: Scope) -> bytes:
    """The socket's query with its token replaced by one that only this browser's session can name."""
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    claimed = query.get("token", [""])[0]
    session = cookie_value(scope["headers"], session_cookie_name())
    query["token"] = [keyed_token("socket", f"{session}:{claimed}") if session else new_token()]
    return urlencode(query, doseq=True).encode()
