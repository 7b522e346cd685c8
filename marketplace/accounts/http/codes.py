"""One-time codes: asked for, typed in, and what they open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from pydantic import ConfigDict, Field

from marketplace.accounts import rules, service
from marketplace.accounts.cookies import connection_token, drop_step, set_step, step_token
from marketplace.accounts.http.forms import AFTERWARDS, PersonOf, arrive, device_of, onwards, refusal, typed_in
from marketplace.accounts.rules import Purpose
from marketplace.base import clock, crypto, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import DomainError
from marketplace.base.inputs import Payload, parse
from marketplace.base.web import request_locale

TYPE_CODE = "/account/code"
NEW_PASSWORD = "/account/reset/code"  # noqa: S105 - a path


class AskForm(Payload):
    """Where a code is to go."""

    model_config = ConfigDict(strict=True)

    identifier: str = Field(default="", max_length=254)
    next: str = AFTERWARDS


class CodeForm(Payload):
    """A code as typed."""

    model_config = ConfigDict(strict=True)

    code: str = Field(default="", max_length=40)


class PasswordForm(CodeForm):
    """A code, and the password that is to be."""

    password: str = Field(default="", max_length=1000)


async def ask_for_code(request: Request) -> Response:
    """Send a code to sign in with; whoever is asked about, the answer is the same."""
    return await _ask(request, Purpose.SIGN_IN)


async def ask_for_reset(request: Request) -> Response:
    """Send a code to set a new password with."""
    return await _ask(request, Purpose.RESET)


def check_code(person_of: PersonOf) -> Callable[[Request], Awaitable[Response]]:
    """The route that takes a code: one to sign in with, or one that proves a phone or mailbox."""

    async def check(request: Request) -> Response:
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            code = rules.read_code(parse(CodeForm, typed).code)
            handle = step_token(request)
            await ratelimit.checking("sign_in_address", request_caller(request))
            if await db.reading(service.purpose_behind, handle) is Purpose.PROVE:
                return await _prove(request, person_of, handle, code)
            signed = await db.writing(
                service.sign_in_with_code,
                handle,
                code,
                device_of(request),
                clock.now(),
                replacing=connection_token(request),
            )
            if isinstance(signed, DomainError):
                raise signed
        except DomainError as error:
            return refusal(request, error, typed)
        return arrive(request, signed)

    return check


async def set_password(request: Request) -> Response:
    """Set a new password with a code."""
    typed: dict[str, object] = {}
    try:
        typed = await typed_in(request)
        form = parse(PasswordForm, typed)
        code = rules.read_code(form.code)
        await ratelimit.checking("sign_in_address", request_caller(request))
        password = rules.read_password(form.password)
        # Before the code is used up, so that a password that cannot be leaves it good.
        rules.check_new_password(password, name="", identifier=rules.Identifier())
        signed = await db.writing(
            service.reset_password,
            step_token(request),
            code,
            await crypto.hashing(password),
            device_of(request),
            request_locale(request),
            clock.now(),
            replacing=connection_token(request),
        )
        if isinstance(signed, DomainError):
            raise signed
    except DomainError as error:
        return refusal(request, error, typed)
    return arrive(request, signed)


def prove(person_of: PersonOf) -> Callable[[Request], Awaitable[Response]]:
    """The route that sends a signed-in person a code to a phone or mailbox that is to be theirs."""

    async def ask(request: Request) -> Response:
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            form = parse(AskForm, typed)
            person = await person_of(request)
            who = rules.parse_identifier(form.identifier)
            await db.reading(service.check_may_prove, person, who, clock.now())
            await ratelimit.checking("code_account", str(person.require_account()))
            await _count(request, who.text)
            handle = await db.writing(service.ask_to_prove, person, who.text, request_locale(request), clock.now())
        except DomainError as error:
            return refusal(request, error, typed)
        return _sent(request, TYPE_CODE, handle)

    return ask


async def send_code(request: Request, purpose: Purpose, who: str, *, name: str = "", following: str = "") -> Response:
    """Send a code and lead to where it is typed; raises TooManyTries with how long to wait."""
    await _count(request, who)
    handle = await db.writing(
        service.ask_for_code,
        purpose,
        who,
        request_locale(request),
        clock.now(),
        name=name,
        following=rules.local_path(following, AFTERWARDS),
    )
    return _sent(request, NEW_PASSWORD if purpose is Purpose.RESET else TYPE_CODE, handle)


async def _ask(request: Request, purpose: Purpose) -> Response:
    typed: dict[str, object] = {}
    try:
        typed = await typed_in(request)
        form = parse(AskForm, typed)
        who = rules.parse_identifier(form.identifier).text
        return await send_code(request, purpose, who, following=form.next)
    except DomainError as error:
        return refusal(request, error, typed)


async def _count(request: Request, who: str) -> None:
    await ratelimit.checking("code_address", request_caller(request))
    await ratelimit.checking("code_pause", who)
    await ratelimit.checking("code_identifier", who)
    await ratelimit.checking("code_all", "all")


async def _prove(request: Request, person_of: PersonOf, handle: str, code: str) -> Response:
    person = await person_of(request)
    following = await db.writing(service.prove, person, handle, code, request_locale(request), clock.now())
    if isinstance(following, DomainError):
        raise following
    answer = onwards(request, following)
    drop_step(answer)
    return answer


def _sent(request: Request, path: str, handle: str) -> Response:
    answer = onwards(request, path)
    set_step(answer, handle)
    return answer
