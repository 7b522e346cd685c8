"""One application with everything its review needs."""

from __future__ import annotations

from sqlmodel import Session

from marketplace.accounts import service as accounts
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.history import moves_of
from marketplace.sellers import rules
from marketplace.sellers.models import Seller
from marketplace.sellers.rules import STATUS_LABELS, SellerStatus
from marketplace.sellers.service.deciding import application
from marketplace.sellers.service.papers import sent_papers
from marketplace.sellers.views import ApplicationFile, MoveView


def application_file(session: Session, person: Person, seller_id: int) -> ApplicationFile:
    """An application with its papers, its account and its history; raises as `application`."""
    facts = application(session, person, seller_id)
    seller = session.get_one(Seller, seller_id)
    bank = rules.bank_named(seller.bank or "")
    papers = sent_papers(session, seller_id)
    moves = moves_of(session, "seller", seller_id)
    names = accounts.contacts(session, {move.by_account_id for move in moves if move.by_account_id is not None})
    return ApplicationFile(
        facts=facts,
        bank_name=bank.name if bank else "",
        bank_account=seller.bank_account or "",
        bank_holder=seller.bank_holder or "",
        papers=tuple(papers.items()),
        missing=tuple(paper for paper in rules.PAPERS_ASKED[facts.kind] if paper not in papers),
        moves=tuple(
            MoveView(
                state=STATUS_LABELS[SellerStatus(move.to_state)],
                at_text=clock.show_time(move.at),
                by=names[move.by_account_id].name if move.by_account_id in names else "",
                reason=move.reason or "",
            )
            for move in moves
        ),
    )
