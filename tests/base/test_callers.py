"""Who called: behind proxies, past them, and beside us."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.callers import THIS_MACHINE, caller, client_address
from marketplace.settings import settings

addresses = st.ip_addresses(v=4).map(str)
HOME = {"host": "localhost:3000"}


@given(addresses, st.lists(st.text(max_size=60)))
def test_without_a_proxy_a_forwarded_header_moves_nothing(peer: str, forged: list[str]) -> None:
    assert client_address(peer, forged, 0) == peer


@given(st.integers(1, 5), st.data())
def test_each_trusted_proxy_is_counted_from_the_right_and_forgery_stays_left(hops: int, data: st.DataObject) -> None:
    true = data.draw(addresses)
    proxies = data.draw(st.lists(addresses, min_size=hops - 1, max_size=hops - 1))
    forged = data.draw(st.lists(addresses | st.text(st.characters(exclude_characters=","), max_size=20), max_size=4))
    assert client_address("10.0.0.1", [", ".join([*forged, true, *proxies])], hops) == true
    assert client_address("10.0.0.1", [*forged, true, *proxies], hops) == true


def test_a_request_past_the_proxies_counts_by_its_peer() -> None:
    assert client_address("203.113.1.1", [], 1) == "203.113.1.1"
    assert client_address("203.113.1.1", ["198.51.100.7"], 2) == "203.113.1.1"
    assert client_address("203.113.1.1", ["not an address"], 1) == "203.113.1.1"
    assert client_address(None, [], 0) == "unknown"


def test_an_ipv6_customer_is_one_network_and_a_mapped_address_is_the_old_one() -> None:
    assert client_address("2402:800:1:2::5", [], 0) == client_address("2402:800:1:2:ffff::1", [], 0)
    assert client_address("2402:800:1:2::5", [], 0) != client_address("2402:800:1:3::5", [], 0)
    assert client_address("::ffff:203.113.1.1", [], 0) == "203.113.1.1"


@pytest.mark.parametrize("host", ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "localhost"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1"])
def test_a_process_beside_ours_is_known_as_such(peer: str, host: str) -> None:
    assert caller(peer, {"host": host}) == THIS_MACHINE


@pytest.mark.parametrize(
    "trace",
    [
        {"x-forwarded-for": "203.113.1.1"},
        {"x-forwarded-proto": "https"},
        {"forwarded": "for=203.113.1.1"},
        {"via": "1.1 squid"},
        {"x-real-ip": "203.113.1.1"},
        {"cf-connecting-ip": "203.113.1.1"},
        {"host": "cho-que.example"},
        {"host": "evil.example:3000"},
        {"host": ""},
        {"host": "["},
    ],
    ids=str,
)
def test_what_came_through_a_proxy_is_nobody_beside_us(trace: dict[str, str]) -> None:
    assert caller("127.0.0.1", HOME | trace) == "127.0.0.1"


@pytest.mark.parametrize("peer", ["203.113.1.1", "10.0.0.1", None])
def test_a_host_header_brings_nobody_nearer(peer: str | None) -> None:
    assert caller(peer, HOME) != THIS_MACHINE


def test_over_tls_somebody_stands_in_front_and_only_a_known_number_of_proxies_tells_who_went_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "https://cho-que.example")
    settings.cache_clear()
    assert caller("127.0.0.1", HOME) == "127.0.0.1"
    monkeypatch.setenv("MARKETPLACE_TRUSTED_PROXY_HOPS", "1")
    settings.cache_clear()
    assert caller("127.0.0.1", HOME) == THIS_MACHINE
    assert caller("127.0.0.1", HOME | {"x-forwarded-for": "198.51.100.9, 203.113.1.1"}) == "203.113.1.1"
