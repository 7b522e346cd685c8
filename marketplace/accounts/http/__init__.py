"""Signing up, in and out, codes and the second factor: forms or JSON in, a redirect or JSON out.

Plain HTTP rather than events, since only an HTTP answer can set an HttpOnly cookie, and a socket keeps the cookies of
its handshake: after each of these the page navigates in full, which opens a new socket.
"""

from __future__ import annotations

from fastapi import APIRouter

from marketplace.accounts.http.codes import ask_for_code, ask_for_reset, check_code, prove, set_password
from marketplace.accounts.http.factor import FactorRoutes
from marketplace.accounts.http.forms import PersonOf
from marketplace.accounts.http.signing import sign_in, sign_out, sign_up

__all__ = ["account_routes"]


def account_routes(person_of: PersonOf) -> APIRouter:
    """The routes that set and take the session cookie."""
    routes = APIRouter(prefix="/account", tags=["account"])
    routes.post("/sign-in")(sign_in)
    routes.post("/sign-up")(sign_up)
    routes.post("/sign-out")(sign_out)
    routes.post("/code")(ask_for_code)
    routes.post("/code/check")(check_code(person_of))
    routes.post("/reset")(ask_for_reset)
    routes.post("/reset/code")(set_password)
    routes.post("/prove")(prove(person_of))
    factor = FactorRoutes(person_of)
    routes.post("/second-factor")(factor.give)
    routes.get("/second-factor/set-up", include_in_schema=False)(factor.show)
    routes.post("/second-factor/set-up")(factor.confirm)
    routes.post("/second-factor/codes")(factor.renew)
    routes.post("/second-factor/off")(factor.turn_off)
    return routes
