"""The second factor: given at sign-in, set up, renewed, turned off.

Its secret and the recovery codes are on pages that come complete from here and are kept nowhere: never in the state of
a live page, which lies in the server's memory or in Redis.
"""

from __future__ import annotations

from urllib.parse import quote

import segno
from fastapi import Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from marketplace.accounts import rules, service
from marketplace.accounts.cookies import connection_token, set_token, step_token
from marketplace.accounts.factor_pages import CODES_VIEW, SET_UP_VIEW, STOPPED_VIEW, CodesPage, SetUpPage, StoppedPage
from marketplace.accounts.factor_pages import TITLE as FACTOR
from marketplace.accounts.http.codes import CodeForm
from marketplace.accounts.http.forms import SET_UP, PersonOf, arrive, device_of, onwards, refusal, typed_in
from marketplace.accounts.rules import second_factor as factor_rules
from marketplace.accounts.views import Person
from marketplace.base import clock, db, ratelimit
from marketplace.base.callers import request_caller
from marketplace.base.errors import DomainError, FieldRequired, NotFound, NotSignedIn
from marketplace.base.inputs import parse
from marketplace.base.web import request_locale
from marketplace.ui.markup import FirstView
from marketplace.ui.shell import Head, document

SECURITY = "/account/security"


class FactorRoutes:
    """The routes, which need to know who acts."""

    def __init__(self, person_of: PersonOf) -> None:
        self.person_of = person_of

    async def give(self, request: Request) -> Response:
        """The second step of a sign-in."""
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            code = rules.read_code(parse(CodeForm, typed).code)
            handle = step_token(request)
            await ratelimit.checking("sign_in_address", request_caller(request))
            account_id = await db.reading(service.second_factor.account_behind, handle)
            if account_id is not None:
                await ratelimit.checking("second_factor", str(account_id))
            signed = await db.writing(
                service.second_factor.sign_in_with_factor,
                handle,
                code,
                device_of(request),
                request_locale(request),
                clock.now(),
                replacing=connection_token(request),
            )
            if isinstance(signed, DomainError):
                raise signed
            await ratelimit.forgiving("second_factor", str(account_id))
        except DomainError as error:
            return refusal(request, error, typed)
        return arrive(request, signed)

    async def show(self, request: Request) -> Response:
        """The page that sets it up, with QR code and key."""
        return await self._set_up_page(request, await self.person_of(request))

    async def confirm(self, request: Request) -> Response:
        """The app's first code: from now on it is asked for. Shows the recovery codes, once."""
        person = await self.person_of(request)
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            code = rules.read_code(parse(CodeForm, typed).code)
            token, codes = await db.writing(
                service.second_factor.confirm, person, code, device_of(request), request_locale(request), clock.now()
            )
        except (factor_rules.FactorWrong, FieldRequired) as error:
            return await self._set_up_page(request, person, error)
        except DomainError as error:
            return _stopped(request, error)
        answer = _codes_page(request, codes)
        set_token(answer, token)
        return answer

    async def renew(self, request: Request) -> Response:
        """Ten new recovery codes."""
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            person, code = await self._counted(request, typed)
            codes = await db.writing(service.second_factor.renew_recovery_codes, person, code, clock.now())
            if isinstance(codes, DomainError):
                raise codes
        except DomainError as error:
            return refusal(request, error, typed)
        return _codes_page(request, codes)

    async def turn_off(self, request: Request) -> Response:
        """No longer ask for it."""
        typed: dict[str, object] = {}
        try:
            typed = await typed_in(request)
            person, code = await self._counted(request, typed)
            problem = await db.writing(
                service.second_factor.turn_off, person, code, request_locale(request), clock.now()
            )
            if problem is not None:
                raise problem
        except DomainError as error:
            return refusal(request, error, typed)
        return onwards(request, SECURITY)

    async def _counted(self, request: Request, typed: dict[str, object]) -> tuple[Person, str]:
        person = await self.person_of(request)
        code = rules.read_code(parse(CodeForm, typed).code)
        await ratelimit.checking("second_factor", str(person.require_account()))
        return person, code

    async def _set_up_page(self, request: Request, person: Person, error: DomainError | None = None) -> Response:
        following = _following(request)
        try:
            given = await db.writing(service.second_factor.set_up, person, clock.now())
        except NotSignedIn:
            return RedirectResponse(f"/account/sign-in?next={quote(SET_UP, safe='')}", 303)
        except NotFound:
            return RedirectResponse(following, 303)
        except DomainError as refused:
            return _stopped(request, refused)
        page = SetUpPage(
            qr=segno.make(given.address, error="m").svg_data_uri(scale=5, border=2),
            key=factor_rules.spaced(given.secret),
            address=given.address,
            action=f"{SET_UP}?next={quote(following, safe='')}",
            problem=error.say(request_locale(request)) if error else "",
            required=bool(person.withheld),
        )
        return _send(request, SET_UP_VIEW, page, error.status if error else 200)


def _following(request: Request) -> str:
    return rules.local_path(request.query_params.get("next", ""), SECURITY)


def _codes_page(request: Request, codes: list[str]) -> Response:
    return _send(request, CODES_VIEW, CodesPage(tuple(codes), _following(request)))


def _stopped(request: Request, error: DomainError) -> Response:
    again = isinstance(error, rules.SignInAgain | NotSignedIn)
    href = f"/account/sign-in?next={quote(SET_UP, safe='')}" if again else SECURITY
    return _send(
        request, STOPPED_VIEW, StoppedPage(error.say(request_locale(request)), href, again=again), error.status
    )


def _send(request: Request, view: FirstView, page: object, status: int = 200) -> Response:
    locale = request_locale(request)
    head = Head(FACTOR.say(locale), index=False)
    html = document(head, view.render(locale, page), locale=locale, theme=request.cookies.get("theme"))
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", "Vary": "Cookie"})
