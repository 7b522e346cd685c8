"""A message's way out: written sealed in the transaction it belongs to, carried by the outbox, then erased."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from marketplace.base import clock, crypto, db, outbox
from marketplace.base.messages.message import Channel, Message, NotDelivered, Refused
from marketplace.base.messages.sending import sender_for
from marketplace.base.models import OutgoingMessage

log = structlog.get_logger(__name__)

TOPIC = f"{outbox.OUTWARD}written"
SEAL = "message"
LASTS = timedelta(days=2)
"""How long a message that nobody could deliver is still worth delivering, unless it says otherwise."""
ROWS_KEPT = timedelta(days=30)
SENT, REFUSED, STALE = "sent", "refused", "stale"


def post(
    session: Session, channel: Channel, message: Message, kind: str, now: datetime, *, lasts: timedelta = LASTS
) -> int:
    """Send a message once this transaction commits, for as long as it is of use; `kind` says in a word what it is.

    Until it is sent the row holds it sealed, whom it is for included; afterwards and at its end it holds nothing of it.
    """
    row = OutgoingMessage(
        channel=channel,
        kind=kind,
        sealed=crypto.seal(SEAL, json.dumps(asdict(message))),
        written_at=now,
        expires_at=now + lasts,
    )
    session.add(row)
    session.flush()
    outbox.emit(session, TOPIC, {"message_id": row.id}, now)
    return row.id


async def carry(payload: dict[str, Any]) -> None:
    """Hand one message over and erase it; for the outbox, which comes again when this raises.

    Whoever dies between the handing over and the erasing lets it go out a second time, under the same reference.
    """
    row = await db.reading(_waiting, int(payload["message_id"]))
    if row is None or row.sealed is None:
        return
    if clock.now() >= row.expires_at:
        await db.writing(_erase, row.id, STALE, clock.now())
        return
    sender = sender_for(Channel(row.channel))
    if sender is None:
        raise NotDelivered("no sender")
    ended = SENT
    try:
        await sender.send(Message(**json.loads(crypto.unseal(SEAL, row.sealed))), f"message-{row.id}")
    except Refused as error:
        log.warning("message refused", message_id=row.id, channel=row.channel, kind=row.kind, reason=str(error))
        ended = REFUSED
    await db.writing(_erase, row.id, ended, clock.now())


def erase_stale(session: Session, now: datetime) -> int:
    """Take what is in messages that are no longer of use, and forget old rows; for the background."""
    stale = update(OutgoingMessage).where(
        col(OutgoingMessage.expires_at) <= now, col(OutgoingMessage.sealed).is_not(None)
    )
    erased = db.row_count(session.execute(stale.values(sealed=None, ended=STALE, ended_at=now)))
    old = delete(OutgoingMessage).where(col(OutgoingMessage.expires_at) < now - ROWS_KEPT)
    return erased + db.row_count(session.execute(old))


def _waiting(session: Session, message_id: int) -> OutgoingMessage | None:
    row = session.exec(select(OutgoingMessage).where(OutgoingMessage.id == message_id)).first()
    if row is not None:
        session.expunge(row)
    return row


def _erase(session: Session, message_id: int, ended: str, now: datetime) -> None:
    session.execute(
        update(OutgoingMessage)
        .where(col(OutgoingMessage.id) == message_id)
        .values(sealed=None, ended=ended, ended_at=now)
    )
