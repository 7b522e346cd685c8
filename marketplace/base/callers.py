"""Who called: the address behind the proxies that are trusted, or a process of this very machine.

Whatever a caller can write itself (X-Forwarded-For beyond the trusted proxies, Host) can only cost it rights here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from marketplace.settings import settings

THIS_MACHINE = "this machine"
"""The caller is a process beside ours: no proxy stands between, so nobody else speaks through it."""

_LEFT_BY_PROXIES = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})
_LEFT_BY_PROXIES_TOO = ("x-forwarded-", "x-original-", "x-envoy-")


def client_address(peer: str | None, forwarded: Iterable[str], hops: int) -> str:
    """Who called: the peer, or with `hops` trusted proxies the entry the outermost of them added to X-Forwarded-For.

    `forwarded` are the header's values as received. Whatever stands left of that entry was written by the caller and is
    not read; an entry that is missing or no address falls back to the peer. IPv6 counts by its /64, one customer's.
    """
    if hops:
        entries = [entry.strip() for value in forwarded for entry in value.split(",")]
        if len(entries) >= hops and (named := _network(entries[-hops])) is not None:
            return named
    return _network(peer or "") or "unknown"


def caller(peer: str | None, headers: Mapping[str, str]) -> str:
    """Who called by the configured number of proxies, or THIS_MACHINE; repeated headers come joined by commas."""
    if _is_beside_us(peer, headers):
        return THIS_MACHINE
    return client_address(peer, [headers.get("x-forwarded-for", "")], settings().trusted_proxy_hops)


def request_caller(connection: HTTPConnection) -> str:
    """Who sent a request."""
    names = connection.headers.keys()
    joined = {name: ", ".join(connection.headers.getlist(name)) for name in names}
    return caller(connection.client.host if connection.client else None, joined)


def _is_beside_us(peer: str | None, headers: Mapping[str, str]) -> bool:
    if settings().secure and not settings().trusted_proxy_hops:
        # Somebody in front ends TLS and need leave no trace, so anybody may come from the loopback address.
        return False
    return (
        _is_loopback(peer or "")
        and _is_loopback(_host(headers.get("host", "")))
        and not any(name in _LEFT_BY_PROXIES or name.startswith(_LEFT_BY_PROXIES_TOO) for name in headers)
    )


def _host(header: str) -> str:
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
    return "127.0.0.1" if name == "localhost" else name


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _network(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(IPv6Network((int(address), 64), strict=False))
    return str(address)
