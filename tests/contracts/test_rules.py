"""The canonical form, the chain of evidence and the moves of contracts."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marketplace.base.state_machine import MoveRefused, move
from marketplace.contracts.rules import (
    CONTRACT_MOVES,
    LAST_EVIDENCE,
    ContractState,
    EventKind,
    Evidence,
    canonical,
    chain_holds,
    evidence_hash,
    evidence_holds,
    next_evidence,
    terms_hash,
)

CODE = "HD-7K2M-7K2M-7K2M-7K2M"
NOW = datetime(2026, 1, 5, 9, 7, 3, 120, UTC)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
keys = words.map(lambda word: unicodedata.normalize("NFC", word))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)
documents = st.dictionaries(keys, plain, max_size=5)


def _shuffled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _shuffled(inner) for key, inner in reversed(list(value.items()))}
    return [_shuffled(inner) for inner in value] if isinstance(value, list) else value


def _decomposed(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFD", key): _decomposed(inner) for key, inner in value.items()}
    return [_decomposed(inner) for inner in value] if isinstance(value, list) else value


@given(documents)
def test_the_order_of_keys_changes_nothing(document: dict[str, Any]) -> None:
    assert canonical(_shuffled(document)) == canonical(document)


@given(plain)
def test_composed_and_decomposed_letters_are_the_same_text(value: Any) -> None:
    assert canonical(_decomposed(value)) == canonical(value)


@given(documents, keys, plain, plain)
def test_another_value_is_another_hash(document: dict[str, Any], key: str, one: Any, other: Any) -> None:
    assume(canonical(one) != canonical(other))
    assert terms_hash({**document, key: one}) != terms_hash({**document, key: other})


@given(plain)
def test_the_canonical_form_survives_reading_and_writing(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.floats(), st.sampled_from(["bare", "list", "mapping"]))
def test_floats_have_no_canonical_form(number: float, place: str) -> None:
    value = {"bare": number, "list": [1, number], "mapping": {"total": number}}[place]
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [{1: "one"}, {"at": NOW}, b"bytes", {"set"}, {"\u1ed3": 1, "o\u0302\u0300": 2}])
def test_what_json_would_have_to_guess_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_the_canonical_form_is_this_one() -> None:
    assert (
        canonical({"tổng": 1, "b": [True, None, "Xoài"], "a": {}})
        == '{"a":{},"b":[true,null,"Xoài"],"tổng":1}'.encode()
    )


entries = st.lists(
    st.tuples(st.sampled_from(EventKind), st.sampled_from(["guest", "platform", "account:7"]), documents),
    min_size=2,
    max_size=6,
)


def _chain(steps: list[tuple[EventKind, str, dict[str, Any]]]) -> list[Evidence]:
    chain: list[Evidence] = []
    for number, (kind, actor, detail) in enumerate(steps):
        last = chain[-1] if chain else None
        chain.append(next_evidence(CODE, last, kind, NOW + timedelta(minutes=number), actor, detail))
    return chain


@given(entries)
def test_an_untouched_chain_holds_for_its_contract_alone(steps: list[tuple[EventKind, str, dict[str, Any]]]) -> None:
    chain = _chain(steps)
    assert chain_holds(CODE, chain)
    assert not chain_holds("HD-2222-2222-2222-2222", chain)
    assert not chain_holds(CODE, [])


@given(entries, st.data())
def test_an_entry_taken_out_breaks_the_chain(
    steps: list[tuple[EventKind, str, dict[str, Any]]], data: st.DataObject
) -> None:
    chain = _chain(steps)
    taken = data.draw(st.integers(0, len(chain) - 2))
    assert not chain_holds(CODE, chain[:taken] + chain[taken + 1 :])


@given(entries, st.data())
def test_entries_that_change_places_break_the_chain(
    steps: list[tuple[EventKind, str, dict[str, Any]]], data: st.DataObject
) -> None:
    chain = _chain(steps)
    one, other = data.draw(st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2, unique=True))
    chain[one], chain[other] = chain[other], chain[one]
    assert not chain_holds(CODE, chain)


CHANGES: list[dict[str, Any]] = [
    {"kind": "invented"},
    {"at": NOW - timedelta(microseconds=1)},
    {"actor": "account:8"},
    {"detail": {"changed": True}},
    {"previous_hash": "f" * 64},
    {"hash": "f" * 64},
    {"sequence": 99},
]


@given(entries, st.data(), st.sampled_from(CHANGES))
def test_a_changed_entry_breaks_the_chain(
    steps: list[tuple[EventKind, str, dict[str, Any]]], data: st.DataObject, change: dict[str, Any]
) -> None:
    chain = _chain(steps)
    changed = data.draw(st.integers(0, len(chain) - 1))
    chain[changed] = replace(chain[changed], **change)
    assert not chain_holds(CODE, chain)


@given(entries, st.data())
def test_a_changed_entry_with_a_fitting_hash_breaks_the_chain_behind_it(
    steps: list[tuple[EventKind, str, dict[str, Any]]], data: st.DataObject
) -> None:
    chain = _chain(steps)
    changed = data.draw(st.integers(0, len(chain) - 2))
    entry = chain[changed]
    forged = evidence_hash(CODE, entry.sequence, entry.kind, entry.at, "forger", entry.detail, entry.previous_hash)
    chain[changed] = replace(entry, actor="forger", hash=forged)
    assert not chain_holds(CODE, chain)


@pytest.mark.parametrize("state", LAST_EVIDENCE)
def test_evidence_cut_off_at_its_end_does_not_fit_the_state(state: ContractState) -> None:
    last = LAST_EVIDENCE[state]
    kinds = [EventKind.SHOWN] if last is EventKind.ACCEPTED_BY_BUYER else [EventKind.SHOWN, EventKind.ACCEPTED_BY_BUYER]
    chain = _chain([(kind, "guest", {}) for kind in [*kinds, last]])
    assert evidence_holds(CODE, state, chain)
    assert chain_holds(CODE, chain[:-1])
    assert not evidence_holds(CODE, state, chain[:-1])


@given(st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC)), st.integers(-12, 14))  # noqa: DTZ001
def test_the_same_moment_in_another_zone_has_the_same_hash(moment: datetime, hours: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    first, second = (evidence_hash(CODE, 1, "shown", at, "guest", {}, "0" * 64) for at in (moment, elsewhere))
    assert first == second


@given(st.sampled_from(ContractState), st.sampled_from(ContractState))
def test_only_the_allowed_moves_are_made(current: ContractState, target: ContractState) -> None:
    if target in CONTRACT_MOVES.get(current, frozenset()):
        assert move(CONTRACT_MOVES, current, target) is target
    else:
        with pytest.raises(MoveRefused):
            move(CONTRACT_MOVES, current, target)


@pytest.mark.parametrize("state", [ContractState.LAPSED, ContractState.TERMINATED, ContractState.PERFORMED])
def test_an_ended_contract_stays_ended(state: ContractState) -> None:
    assert state not in CONTRACT_MOVES
