"""Where somebody may be sent on to after signing in."""

from __future__ import annotations

LONGEST_PATH = 500
OF_SIGNING_IN = ("/account/sign-", "/account/code", "/account/reset")
SECOND_STEP = "/account/second-factor"
"""Pages for signing in: nobody is sent on to these and those below the first."""


def local_path(typed: str, default: str = "/", *, may_sign_in: bool = False) -> str:
    """`typed` when it is a path on this site, else `default`: never another host, a scheme or a way round either.

    Browsers read a backslash as a slash and drop tabs and line ends, so none may occur; nor may the sign-in pages,
    unless somebody who is there stays there.
    """
    path = typed.partition("?")[0].partition("#")[0]
    safe = (
        path.startswith("/")
        and "//" not in path
        and "/." not in path
        and "\\" not in typed
        and len(typed) <= LONGEST_PATH
        and typed.isascii()
        and typed.isprintable()
        and " " not in typed
        and (may_sign_in or not (path.startswith(OF_SIGNING_IN) or path == SECOND_STEP))
    )
    return typed if safe else default
