"""Signing up, in and out: forms or JSON in, a redirect or JSON out, the session cookie either way.

Plain HTTP rather than events, since only an HTTP answer can set an HttpOnly cookie, and a socket keeps the cookies of
its handshake: after each of these the page navigates in full, which opens a new socket.
"""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field
from starlette.responses import RedirectResponse

from marketplace.accounts import rules, service
from marketplace.accounts.cookies import connection_token, drop_token, set_token
from marketplace.accounts.plain_form import plain_form
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import DomainError, InputInvalid
from marketplace.base.inputs import Payload, Problems, parse
from marketplace.base.web import PLACE, domain_problem, request_locale
from marketplace.settings import settings

AFTERWARDS = "/account"


class SignInForm(Payload):
    """What the sign-in form sends."""

    model_config = ConfigDict(strict=True)

    identifier: str = Field(default="", max_length=254)
    password: str = Field(default="", max_length=1000)
    next: str = AFTERWARDS


class SignUpForm(SignInForm):
    """What the sign-up form sends."""

    name: str = Field(default="", max_length=1000)


class SignOutForm(Payload):
    """What the sign-out button sends."""

    next: str = "/"


async def sign_in(request: Request) -> Response:
    """Sign in with a phone number or e-mail and a password."""
    typed: dict[str, object] = {}
    try:
        typed = await _typed(request)
        form = parse(SignInForm, typed)
        who = rules.parse_identifier(form.identifier).text
        await ratelimit.checking("sign_in_address", request_caller(request))
        await ratelimit.checking("sign_in", who)
        candidates = await db.reading(service.find_for_sign_in, who)
        account_id = await service.matching_account(form.password, candidates)
        if account_id is None:
            raise rules.SignInRefused(field="password")
        await ratelimit.forgiving("sign_in", who)
        token = await _open(request, account_id)
    except DomainError as error:
        return _refusal(request, error, typed)
    return _welcome(request, form.next, token)


async def sign_up(request: Request) -> Response:
    """Make an account and sign in; with the password of an account that exists, just sign in to that one.

    The answer and its time are the same whether or not the phone or e-mail is known.
    """
    typed: dict[str, object] = {}
    try:
        typed = await _typed(request)
        form = parse(SignUpForm, typed)
        name, who = _new_person(form)
        await ratelimit.checking("sign_up", request_caller(request))
        await ratelimit.checking("sign_up_identifier", who)
        await ratelimit.checking("sign_in", who)
        candidates = await db.reading(service.find_for_sign_in, who)
        account_id = await service.matching_account(form.password, candidates)
        password_hash = await crypto.hashing(rules.read_password(form.password))
        if account_id is None:
            token = await db.writing(
                service.sign_up_and_open,
                name,
                who,
                password_hash,
                _device(request),
                clock.now(),
                replacing=connection_token(request),
            )
        else:
            token = await _open(request, account_id)
    except DomainError as error:
        return _refusal(request, error, typed)
    return _welcome(request, form.next, token)


async def sign_out(request: Request) -> Response:
    """End this browser's session; fine for a guest too."""
    typed: dict[str, object] = {}
    try:
        typed = await _typed(request)
        form = parse(SignOutForm, typed)
        token = connection_token(request)
        if token is not None:
            await db.writing(service.close_session, token, clock.now())
    except DomainError as error:
        return _refusal(request, error, typed)
    answer = _onwards(request, rules.local_path(form.next))
    drop_token(answer)
    # Where goods were to be brought to says where somebody lives.
    answer.delete_cookie(PLACE, path="/", secure=settings().secure, samesite="lax")
    return answer


def account_routes() -> APIRouter:
    """The routes that set and take the session cookie."""
    routes = APIRouter(prefix="/account", tags=["account"])
    routes.post("/sign-in")(sign_in)
    routes.post("/sign-up")(sign_up)
    routes.post("/sign-out")(sign_out)
    return routes


def _new_person(form: SignUpForm) -> tuple[str, str]:
    problems = Problems()
    name, who = "", rules.Identifier()
    with problems.noting():
        name = rules.read_name(form.name)
    with problems.noting():
        who = rules.parse_identifier(form.identifier)
    with problems.noting():
        rules.check_new_password(rules.read_password(form.password), name=name, identifier=who)
    problems.refuse()
    return name, who.text


async def _open(request: Request, account_id: int) -> str:
    return await db.writing(
        service.open_session, account_id, _device(request), clock.now(), replacing=connection_token(request)
    )


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _wants_json(request: Request) -> bool:
    return _is_json(request) or "json" in request.headers.get("accept", "")


async def _typed(request: Request) -> dict[str, object]:
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


def _welcome(request: Request, following: str, token: str) -> Response:
    answer = _onwards(request, rules.local_path(following, AFTERWARDS))
    set_token(answer, token)
    return answer


def _onwards(request: Request, path: str) -> Response:
    if _wants_json(request):
        answer = Response(orjson.dumps({"next": path}), media_type="application/json")
    else:
        answer = RedirectResponse(path, status_code=303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refusal(request: Request, error: DomainError, typed: dict[str, object]) -> Response:
    locale = request_locale(request)
    if _wants_json(request):
        return domain_problem(error, locale)
    return plain_form(request.url.path, error, typed, locale)
