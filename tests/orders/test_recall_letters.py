"""A buyer is written to when goods of theirs are recalled: what is said, where to, once, and where nothing goes out."""

from __future__ import annotations

import json

import pytest
from sqlmodel import Session, col, select

from marketplace.accounts.views import GUEST
from marketplace.base import crypto
from marketplace.base.models import OutboxEvent, OutgoingMessage
from marketplace.orders.service import reading, recall_letters, recalling
from tests.factories import NOW
from tests.lots.orchard import ADVICE, HOUR, REASON, Orchard


def recalled(session: Session, **buyer: str) -> tuple[str, str, list[OutboxEvent]]:
    """An order whose goods were recalled: its number and key, and what happened."""
    orchard = Orchard(session)
    code = orchard.enter(harvested_grams=20_000)
    number, key = orchard.packed(2, code, GUEST, buyer={"name": "Lan", "phone": "0912 345 678", **buyer})
    recalling.recall(session, orchard.owner, code, REASON, ADVICE, NOW + HOUR)
    told = session.exec(select(OutboxEvent).where(OutboxEvent.topic == "order.recalled")).all()
    return number, key, list(told)


def written(session: Session) -> list[dict[str, str]]:
    rows = session.exec(select(OutgoingMessage).order_by(col(OutgoingMessage.id))).all()
    assert all(row.kind == "recall" for row in rows)
    return [json.loads(crypto.unseal("message", row.sealed or "")) for row in rows]


def test_phone_and_mailbox_hear_what_why_and_what_to_do(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_SMTP_URL", "smtp://localhost:2525")
    number, key, (event,) = recalled(session, email="lan@example.vn")
    recall_letters.tell_buyer(session, event.payload, NOW + HOUR)
    text, mail = written(session)
    assert (text["to"], mail["to"]) == ("+84912345678", "lan@example.vn")
    for words in (text["text"], mail["text"]):
        assert all(said in words for said in (number, "XC-1", REASON, ADVICE, f"/orders/{number}?key={key}"))
    assert number in mail["subject"]
    # The link in it opens the order, which asks to say that one knows.
    view = reading.order_for_buyer(session, GUEST, number, key, "vi", NOW + 2 * HOUR)
    assert view.must_acknowledge


def test_a_buyer_without_mailbox_gets_a_text_message_alone(session: Session) -> None:
    _, _, (event,) = recalled(session)
    recall_letters.tell_buyer(session, event.payload, NOW + HOUR)
    assert [message["to"] for message in written(session)] == ["+84912345678"]


def test_where_no_message_goes_out_the_page_and_a_call_tell_them(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, (event,) = recalled(session)
    monkeypatch.setattr("marketplace.base.messages.is_open", lambda _: False)
    recall_letters.tell_buyer(session, event.payload, NOW + HOUR)
    assert written(session) == []
