"""Signing up, in and out."""

from __future__ import annotations

from fastapi import Request, Response
from pydantic import ConfigDict, Field

from marketplace.accounts import rules, service
from marketplace.accounts.cookies import connection_token, drop_step, drop_token
from marketplace.accounts.http.codes import send_code
from marketplace.accounts.http.forms import AFTERWARDS, arrive, device_of, onwards, refusal, typed_in
from marketplace.accounts.rules import Purpose
from marketplace.accounts.views import SignedIn
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, Problems, parse
from marketplace.base.web import PLACE
from marketplace.settings import settings


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
        typed = await typed_in(request)
        form = parse(SignInForm, typed)
        who = rules.parse_identifier(form.identifier).text
        await ratelimit.checking("sign_in_address", request_caller(request))
        await ratelimit.checking("sign_in", who)
        candidates = await db.reading(service.find_for_sign_in, who)
        account_id = await service.matching_account(form.password, candidates)
        if account_id is None:
            raise rules.SignInRefused(field="password")
        await ratelimit.forgiving("sign_in", who)
        signed = await _go_on(request, account_id, form.next)
    except DomainError as error:
        return refusal(request, error, typed)
    return arrive(request, signed)


async def sign_up(request: Request) -> Response:
    """Make an account and sign in; with the password of an account that exists, just sign in to that one.

    Without a password a code is sent instead. The answer and its time are the same whether or not the phone or e-mail
    is known.
    """
    typed: dict[str, object] = {}
    try:
        typed = await typed_in(request)
        form = parse(SignUpForm, typed)
        name, who = _new_person(form)
        if not form.password:
            return await send_code(request, Purpose.SIGN_IN, who, name=name, following=form.next)
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
                device_of(request),
                clock.now(),
                replacing=connection_token(request),
            )
            signed = SignedIn(form.next, token=token)
        else:
            signed = await _go_on(request, account_id, form.next)
    except DomainError as error:
        return refusal(request, error, typed)
    return arrive(request, signed)


async def sign_out(request: Request) -> Response:
    """End this browser's session; fine for a guest too."""
    typed: dict[str, object] = {}
    try:
        typed = await typed_in(request)
        form = parse(SignOutForm, typed)
        token = connection_token(request)
        if token is not None:
            await db.writing(service.close_session, token, clock.now())
    except DomainError as error:
        return refusal(request, error, typed)
    answer = onwards(request, rules.local_path(form.next))
    drop_token(answer)
    drop_step(answer)
    # Where goods were to be brought to says where somebody lives.
    answer.delete_cookie(PLACE, path="/", secure=settings().secure, samesite="lax")
    return answer


def _new_person(form: SignUpForm) -> tuple[str, str]:
    problems = Problems()
    name, who = "", rules.Identifier()
    with problems.noting():
        name = rules.read_name(form.name)
    with problems.noting():
        who = rules.parse_identifier(form.identifier)
    with problems.noting():
        if form.password:
            rules.check_new_password(rules.read_password(form.password), name=name, identifier=who)
    problems.refuse()
    return name, who.text


async def _go_on(request: Request, account_id: int, following: str) -> SignedIn:
    return await db.writing(
        service.second_factor.go_on,
        account_id,
        rules.local_path(following, AFTERWARDS),
        device_of(request),
        clock.now(),
        replacing=connection_token(request),
    )
