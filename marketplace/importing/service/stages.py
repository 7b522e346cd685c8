"""What every stage of an import shares: its row under lock, whom it acts for, and what a product looked like."""

from __future__ import annotations

import hashlib
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session, select

from marketplace.accounts.rules import MemberRole
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.catalog.commands import WholeProduct
from marketplace.importing.models import GoodsImport
from marketplace.importing.rules import ImportState

MOVED = "import.moved"
"""`{"import_id": n}`: a file of goods came further."""
WHOLE = TypeAdapter(WholeProduct)


def tell(session: Session, job: GoodsImport, now: datetime) -> None:
    """Let open pages know that a file came further."""
    job.moved_at = now
    session.add(job)
    outbox.announce(session, MOVED, {"import_id": job.id}, now)


def locked(session: Session, import_id: int, state: ImportState) -> GoodsImport | None:
    """An import that is at this stage, locked for its next step."""
    return session.exec(
        select(GoodsImport).where(GoodsImport.id == import_id, GoodsImport.state == state).with_for_update()
    ).first()


def digest(goods: WholeProduct) -> str:
    """All that is known of a product in one short text: another one says that it was changed, ordered or sold since."""
    return hashlib.sha256(WHOLE.dump_json(goods)).hexdigest()


def acting_for(job: GoodsImport) -> Person:
    """Whoever said yes to an import, with no more rights than it needs."""
    return Person(
        account_id=job.account_id,
        seller_ids=frozenset({job.seller_id}),
        member_roles=frozenset({(job.seller_id, MemberRole.OWNER)}),
    )
