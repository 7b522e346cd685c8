"""How contracts come about and end, what their evidence keeps, and what strangers may know."""

from __future__ import annotations

import argparse
import json
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Executable, delete, event, text, update
from sqlmodel import Session, col, select

from marketplace.base import db
from marketplace.base.clock import VIETNAM
from marketplace.base.errors import NotFound
from marketplace.base.models import OutboxEvent, Transition
from marketplace.base.state_machine import MoveRefused
from marketplace.contracts import rules, service, template
from marketplace.contracts.http import verification_json
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.contracts.rules import (
    GENESIS,
    ContractState,
    EventKind,
    chain_holds,
    next_evidence,
    terms_hash,
)
from marketplace.contracts.templates.order_2026_11 import ORDER_2026_11
from marketplace.operations import verify_contracts
from tests.contracts.agreements import BUYER, BUYER_PHONE, GOODS, STORE, STREET, make_concluded, make_contract
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)
TOO_LATE = NOW + timedelta(days=30)


def _contract(session: Session, code: str) -> Contract:
    return session.exec(select(Contract).where(Contract.code == code)).one()


def _kinds(session: Session, code: str) -> list[str]:
    return [entry.kind for entry in service.evidence_of(session, _contract(session, code).id)]


def test_an_order_is_an_offer_with_what_was_shown_and_accepted(session: Session) -> None:
    contract = _contract(session, make_contract(session))
    assert contract.state == ContractState.OFFERED
    assert contract.concluded_at is None
    assert contract.terms_hash == terms_hash(contract.terms)
    assert contract.lapses_at == NOW + timedelta(hours=contract.terms["acceptance_hours"])
    evidence = service.evidence_of(session, contract.id)
    assert [entry.kind for entry in evidence] == ["shown", "accepted_by_buyer"]
    assert evidence[0].previous_hash == GENESIS
    assert all(entry.detail["terms_hash"] == contract.terms_hash for entry in evidence)


def test_the_sellers_acceptance_concludes(session: Session) -> None:
    contract = _contract(session, make_contract(session))
    service.conclude(session, contract.order_id, None, LATER)
    assert (contract.state, contract.concluded_at) == (ContractState.CONCLUDED, LATER)
    assert _kinds(session, contract.code) == ["shown", "accepted_by_buyer", "accepted_by_seller"]
    moves = session.exec(
        select(Transition.to_state).where(Transition.subject == "contract").order_by(col(Transition.id))
    )
    assert list(moves) == ["offered", "concluded"]


def test_an_offer_past_its_deadline_can_not_be_accepted_and_counts_as_lapsed(session: Session) -> None:
    contract = _contract(session, make_contract(session))
    just_in_time = contract.lapses_at - timedelta(microseconds=1)
    assert service.verification(session, contract.code, "vi", just_in_time).state == "offered"
    assert service.verification(session, contract.code, "vi", contract.lapses_at).state == "lapsed"
    with pytest.raises(MoveRefused):
        service.conclude(session, contract.order_id, None, contract.lapses_at)
    assert _kinds(session, contract.code) == ["shown", "accepted_by_buyer"]
    service.lapse(session, contract.order_id, "not_answered", TOO_LATE, actor="platform")
    assert (contract.state, contract.ended_at) == (ContractState.LAPSED, TOO_LATE)


def test_a_concluded_contract_is_performed_or_terminated_with_its_reason(session: Session) -> None:
    performed, terminated = (_contract(session, make_contract(session, key=key)) for key in ("one", "two"))
    for contract in (performed, terminated):
        service.conclude(session, contract.order_id, None, NOW)
    service.perform(session, performed.order_id, LATER)
    service.terminate(session, terminated.order_id, "not_delivered", LATER, None)
    assert (performed.state, performed.ended_at) == (ContractState.PERFORMED, LATER)
    assert (terminated.state, terminated.ended_at) == (ContractState.TERMINATED, LATER)
    assert service.evidence_of(session, terminated.id)[-1].detail["reason"] == "not_delivered"


ACTIONS = {
    "conclude": lambda session, order_id: service.conclude(session, order_id, None, LATER),
    "lapse": lambda session, order_id: service.lapse(session, order_id, "any", LATER, actor="guest"),
    "perform": lambda session, order_id: service.perform(session, order_id, LATER),
    "terminate": lambda session, order_id: service.terminate(session, order_id, "any", LATER, None),
}
ALLOWED = {(): {"conclude", "lapse"}, ("conclude",): {"perform", "terminate"}}
LIVES = [(), ("conclude",), ("lapse",), ("conclude", "perform"), ("conclude", "terminate")]


@pytest.mark.parametrize("life", LIVES, ids="-".join)
@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_happens_to_a_contract_out_of_turn(session: Session, life: tuple[str, ...], action: str) -> None:
    code = make_contract(session)
    order_id = service.order_of(session, code)
    for step in life:
        ACTIONS[step](session, order_id)
    before = _kinds(session, code)
    if action in ALLOWED.get(life, set()):
        ACTIONS[action](session, order_id)
        assert len(_kinds(session, code)) == len(before) + 1
    else:
        with pytest.raises(MoveRefused):
            ACTIONS[action](session, order_id)
        assert _kinds(session, code) == before
    assert service.verification(session, code, "vi", LATER).genuine


def test_evidence_has_the_same_hash_after_the_database_as_before(session: Session) -> None:
    code = make_contract(session)
    contract = _contract(session, code)
    last = service.evidence_of(session, contract.id)[-1]
    # Microseconds, another zone, big and nested values: all that a database might round, move or reorder.
    at = (NOW + timedelta(microseconds=123_457)).astimezone(VIETNAM)
    detail = {"z": 2**62, "a": {"đồng": [1, None, True], "": 'Ấp Mỹ\u0301 \\ " / 🥭'}}
    entry = next_evidence(code, last, EventKind.ACCEPTED_BY_SELLER, at, "account:7", detail)
    session.add(
        ContractEvent(
            contract_id=contract.id,
            sequence=entry.sequence,
            kind=entry.kind,
            at=entry.at,
            actor=entry.actor,
            detail=dict(entry.detail),
            previous_hash=entry.previous_hash,
            hash=entry.hash,
        )
    )
    contract_id = contract.id
    session.commit()
    found = db.read_now(service.evidence_of, contract_id)
    assert found[-1].at == at
    assert found[-1].hash == entry.hash
    assert chain_holds(code, found)
    with db.read() as fresh:
        read_back = _contract(fresh, code)
        assert terms_hash(read_back.terms) == read_back.terms_hash


def test_strangers_learn_nothing_private(session: Session) -> None:
    code = make_contract(session, note="Gọi trước khi giao")
    contract = _contract(session, code)
    for locale in ("vi", "en"):
        view = service.verification(session, code, locale, NOW)
        assert (view.known, view.genuine, view.store_name) == (True, True, STORE)
        shown = json.dumps(verification_json(view), ensure_ascii=False) + repr(view)
        terms = contract.terms
        private = [
            BUYER,
            BUYER_PHONE,
            STREET,
            GOODS,
            "Gọi trước",
            terms["seller"]["phone"],
            terms["seller"]["legal_name"],
            terms["seller"]["address"],
            terms["lines"][0]["sku"],
            str(terms["total"]),
            str(terms["goods_total"]),
            "97.500",
        ]
        assert [word for word in private if word in shown] == []


def test_an_unknown_code_answers_in_the_same_shape(session: Session) -> None:
    known = verification_json(service.verification(session, make_contract(session), "vi", NOW))
    unknown = verification_json(service.verification(session, "HD-2222-2222-2222-2222", "vi", NOW))
    assert unknown.keys() == known.keys()
    assert (unknown["known"], unknown["valid"]) == (False, False)
    with pytest.raises(NotFound):
        service.order_of(session, "HD-2222-2222-2222-2222")


def _without_guards(session: Session) -> None:
    """What somebody who owns the database can do."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER contract_event_keeps_update"))
        session.execute(text("DROP TRIGGER contract_event_keeps_delete"))
    else:
        session.execute(text("ALTER TABLE contract_event DISABLE TRIGGER ALL"))


def _entry(sequence: int) -> ColumnElement[bool]:
    contract = select(Contract.id).order_by(col(Contract.id)).limit(1).scalar_subquery()
    return (col(ContractEvent.contract_id) == contract) & (col(ContractEvent.sequence) == sequence)


def _changed(**values: object) -> Executable:
    return update(Contract).where(col(Contract.state) == "concluded").values(**values)


OTHER_CODE = "HD-2222-2222-2222-2222"
FORGED: dict[str, Any] = {"version": template.VERSION, "seller": {"store": STORE}, "total": 1}

# What is done to the first of two contracts, which is concluded.
TAMPERING: dict[str, Executable] = {
    "terms": _changed(terms={"total": 1}),
    "terms that have no canonical form": _changed(terms={"total": 1.5}),
    "terms of half a letter": _changed(terms={"note": "\ud800"}),
    "terms with their hash": _changed(terms=FORGED, terms_hash=terms_hash(FORGED), total=1),
    "total": _changed(total=1),
    "template": _changed(template_version="2025-01"),
    "state": _changed(state="performed"),
    "offered earlier": _changed(offered_at=NOW - timedelta(days=1)),
    "deadline moved": _changed(lapses_at=TOO_LATE),
    "concluded earlier": _changed(concluded_at=NOW - timedelta(seconds=1)),
    "ended": _changed(ended_at=LATER),
    "code": _changed(code=OTHER_CODE),
    "actor": update(ContractEvent).where(_entry(3)).values(actor="guest"),
    "time": update(ContractEvent).where(_entry(2)).values(at=NOW + timedelta(microseconds=1)),
    "first": delete(ContractEvent).where(_entry(1)),
    "last": delete(ContractEvent).where(_entry(3)),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_with_the_database_is_found_and_others_stay_genuine(
    session: Session, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, other = make_concluded(session), make_contract(session, key="second")
    if what == "terms of half a letter" and session.get_bind().dialect.name == "postgresql":
        pytest.skip("its JSON cannot hold one")
    assert list(service.faults(session)) == []
    _without_guards(session)
    session.execute(TAMPERING[what])
    session.commit()
    session.expire_all()
    code = OTHER_CODE if what == "code" else code
    faults = list(service.faults(session))
    assert len(faults) == 1
    assert code in faults[0]
    found = service.verification(session, code, "vi", LATER)
    assert (found.known, found.genuine, found.store_name) == (True, False, "")
    assert service.verification(session, other, "vi", LATER).genuine
    session.rollback()
    assert verify_contracts.run(argparse.Namespace()) == 1
    captured = capsys.readouterr()
    assert code in captured.err
    assert "1 fault" in captured.out


def test_other_words_under_the_same_version_are_found(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    code = make_concluded(session)
    sections = (ORDER_2026_11.sections[1], *ORDER_2026_11.sections[1:])
    changed = {template.VERSION: replace(ORDER_2026_11, sections=sections)}
    monkeypatch.setattr(rules, "ORDER_TEMPLATES", changed)
    rules.text_hash.cache_clear()
    try:
        assert [code in fault and "words" in fault for fault in service.faults(session)] == [True]
        assert not service.verification(session, code, "vi", LATER).genuine
    finally:
        rules.text_hash.cache_clear()


def test_a_deadline_other_than_the_one_shown_is_not_offered(session: Session) -> None:
    contract = _contract(session, make_contract(session))
    with pytest.raises(ValueError, match="deadline"):
        service.offer(
            session,
            [
                service.Offered(
                    contract.order_id, "any", contract.seller_id, contract.terms, contract.terms_hash, TOO_LATE
                )
            ],
            NOW,
            "guest",
        )


def test_every_move_is_told_once_by_the_outbox(session: Session) -> None:
    performed, terminated, lapsed = (_contract(session, make_contract(session, key=key)) for key in ("a", "b", "c"))
    for contract in (performed, terminated):
        service.conclude(session, contract.order_id, None, NOW)
    service.perform(session, performed.order_id, LATER)
    service.terminate(session, terminated.order_id, "any", LATER, None)
    service.lapse(session, lapsed.order_id, "any", LATER, actor="guest")
    events = session.exec(select(OutboxEvent).where(col(OutboxEvent.topic).startswith("contract."))).all()
    assert sorted((event.topic, event.payload["contract_id"]) for event in events) == sorted(
        [
            ("contract.concluded", performed.id),
            ("contract.concluded", terminated.id),
            ("contract.performed", performed.id),
            ("contract.terminated", terminated.id),
            ("contract.lapsed", lapsed.id),
        ]
    )
    assert {event.payload["order_id"] for event in events} == {c.order_id for c in (performed, terminated, lapsed)}


def test_verifying_untouched_contracts_succeeds(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    make_concluded(session)
    session.commit()
    assert verify_contracts.run(argparse.Namespace()) == 0
    assert "hold" in capsys.readouterr().out


def test_an_acceptance_during_verification_is_not_taken_for_tampering(database: str) -> None:
    code = db.write_now(make_contract)
    order_id = db.read_now(service.order_of, code)
    engine, accepted = db.engine(), threading.Event()

    def accept_now() -> None:
        db.write_now(service.conclude, order_id, None, LATER)

    def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM contract_event" in statement and threading.current_thread() is reader and not accepted.is_set():
            accepted.set()
            other = threading.Thread(target=accept_now)
            other.start()
            other.join()

    reader = threading.current_thread()
    event.listen(engine, "before_cursor_execute", before)
    try:
        assert db.read_now(lambda session: list(service.faults(session))) == []
        assert accepted.is_set()
    finally:
        event.remove(engine, "before_cursor_execute", before)
    assert db.read_now(service.verification, code, "vi", LATER).state == "concluded"


def test_a_known_and_an_unknown_code_ask_the_database_the_same_one_question(database: str) -> None:
    code = db.write_now(make_concluded)
    asked: list[str] = []

    def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = db.engine()
    event.listen(engine, "before_cursor_execute", before)
    try:
        known = db.read_now(service.verification, code, "vi", LATER)
        unknown = db.read_now(service.verification, OTHER_CODE, "vi", LATER)
    finally:
        event.remove(engine, "before_cursor_execute", before)
    questions = [statement for statement in asked if "FROM contract" in statement]
    assert len(questions) == 2
    assert questions[0] == questions[1]
    assert (known.known, unknown.known) == (True, False)
