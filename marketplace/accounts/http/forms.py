"""What the account's forms share: reading them, and answering programs and browsers without JavaScript alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

import orjson
from fastapi import Request, Response
from starlette.responses import RedirectResponse

from marketplace.accounts import rules
from marketplace.accounts.cookies import drop_step, set_step, set_token
from marketplace.accounts.plain_form import plain_form
from marketplace.accounts.views import Person, SignedIn
from marketplace.base.errors import DomainError, InputInvalid
from marketplace.base.web import domain_problem, request_locale

AFTERWARDS = "/account"
SECOND_STEP = rules.SECOND_STEP
SET_UP = "/account/second-factor/set-up"

PersonOf = Callable[[Request], Awaitable[Person]]


async def typed_in(request: Request) -> dict[str, object]:
    """A form's entries, or a JSON body's."""
    if _is_json(request):
        try:
            body = orjson.loads(await request.body())
        except orjson.JSONDecodeError as error:
            raise InputInvalid from error
        if not isinstance(body, dict):
            raise InputInvalid
        return body
    async with request.form(max_files=0, max_fields=10) as form:
        return dict(form)


def arrive(request: Request, signed: SignedIn) -> Response:
    """After a right first factor: on with a new session, to the second factor, or to setting one up."""
    if signed.handle:
        answer = onwards(request, SECOND_STEP)
        set_step(answer, signed.handle)
        return answer
    path = rules.local_path(signed.following, AFTERWARDS)
    answer = onwards(request, f"{SET_UP}?next={quote(path, safe='')}" if signed.weak else path)
    set_token(answer, signed.token)
    drop_step(answer)
    return answer


def onwards(request: Request, path: str) -> Response:
    """A redirect, or for programs and our own script JSON that says where to go."""
    if wants_json(request):
        answer = Response(orjson.dumps({"next": path}), media_type="application/json")
    else:
        answer = RedirectResponse(path, status_code=303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def refusal(request: Request, error: DomainError, typed: dict[str, object]) -> Response:
    """What is wrong: as a problem, or as the form again."""
    locale = request_locale(request)
    if wants_json(request):
        return domain_problem(error, locale)
    return plain_form(request.url.path, error, typed, locale)


def device_of(request: Request) -> str:
    """What the browser says it is."""
    return request.headers.get("user-agent", "")


def wants_json(request: Request) -> bool:
    """Whether a program or a script of ours asks."""
    return _is_json(request) or "json" in request.headers.get("accept", "")


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
