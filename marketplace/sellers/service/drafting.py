"""An application being filled in, step by step, on one device or several."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import show_phone
from marketplace.accounts.views import Person
from marketplace.base.errors import InputInvalid, TextTooLong
from marketplace.base.inputs import cleaned
from marketplace.places import service as places
from marketplace.sellers import rules
from marketplace.sellers.commands import ApplyCommand
from marketplace.sellers.models import ApplicationPhoto, Seller, SellerApplication
from marketplace.sellers.rules import ApplicationStep, SellerKind
from marketplace.sellers.service.applying import apply, apply_again, check_entries, check_may_apply, own_application
from marketplace.sellers.service.papers import papers_of, send_papers
from marketplace.sellers.views import ApplicationStart, SellerView

DRAFTS_STAY = timedelta(days=180)
"""From one season to the next: personal data and pictures of papers are not kept for longer without need."""


def start_of_application(session: Session, person: Person) -> ApplicationStart:
    """What the form starts with, so that nobody types again what is known: the draft, else the last application, else
    the account's phone. A bank account is told to its owner alone. Raises NotSignedIn.
    """
    account_id = person.require_account()
    draft = _draft(session, account_id)
    contact = accounts.contacts(session, [account_id])[account_id]
    known = {"name": contact.name, "phone": show_phone(contact.phone) if contact.phone else ""}
    typed = {**known, **_sent(session, person), **(draft.typed if draft else {})}
    commune = places.communes(session, {typed.get("commune", "")}).get(typed.get("commune", ""))
    bank = rules.bank_named(typed.get("bank", ""))
    return ApplicationStart(
        kind=typed["kind"] if typed.get("kind") in set(SellerKind) else SellerKind.FARM.value,
        shop_name=typed.get("shop_name", ""),
        legal_name=typed.get("legal_name", ""),
        # A commune that was merged away since has to be picked anew.
        commune_code=commune.code if commune else "",
        commune_text=f"{commune.name}, {commune.province}" if commune else "",
        street=typed.get("street", ""),
        phone=typed.get("phone", ""),
        tax_code=typed.get("tax_code", ""),
        bank=bank.code if bank else "",
        bank_name=bank.name if bank else "",
        bank_account=typed.get("bank_account", ""),
        bank_holder=typed.get("bank_holder", "") or rules.holder_of(typed.get("legal_name", "") or typed["name"]),
        step=draft.step if draft else ApplicationStep.WHO.value,
        version=draft.version if draft else 0,
        papers=tuple(papers_of(session, account_id).items()),
    )


def save_application(
    session: Session, person: Person, entries: Mapping[str, str], step: ApplicationStep, seen: int, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Keep what was typed, as typed; `seen` is the version this device knew.

    Returns the new version, and which entries of another device were replaced: the later save wins. What cannot be
    read is left out, and refused once the step is done. Raises NotSignedIn, ApplicationClosed.
    """
    account_id = person.require_account()
    check_may_apply(session, person)
    if unknown := entries.keys() - rules.TYPED:
        raise InputInvalid(field=min(unknown))
    for name, value in entries.items():
        if len(value) > rules.TYPED_LIMIT:
            raise TextTooLong(field=name, limit=rules.TYPED_LIMIT)
    saved = {name: cleaned(value) for name, value in entries.items()}
    draft = _draft(session, account_id, locked=True) or SellerApplication(account_id=account_id, saved_at=now)
    lost = rules.overwritten(draft.typed, draft.written, saved, seen)
    changed = {name: value for name, value in saved.items() if draft.typed.get(name) != value}
    if changed or draft.step != step or draft.version == 0:
        draft.version += 1
        draft.typed = {**draft.typed, **changed}
        draft.written = {**draft.written, **dict.fromkeys(changed, draft.version)}
        draft.step = step.value
        draft.saved_at = now
        session.add(draft)
        session.flush()
    return draft.version, lost


def check_step(session: Session, person: Person, step: ApplicationStep) -> None:
    """Whether everything a step asks is there and right; raises each problem by field."""
    account_id = person.require_account()
    check_entries(
        session,
        command_of(start_of_application(session, person)),
        papers_of(session, account_id),
        rules.STEP_FIELDS[step],
    )


def send_application(session: Session, person: Person, now: datetime) -> SellerView:
    """Send the draft to the staff, for the first time or mended; raises as `apply` and `apply_again`, or PaperMissing."""
    account_id = person.require_account()
    command = command_of(start_of_application(session, person))
    check_entries(session, command, papers_of(session, account_id))
    mine = own_application(session, person)
    sent = apply(session, person, command, now) if mine is None else apply_again(session, person, mine.id, command, now)
    send_papers(session, account_id, sent.id)
    draft = _draft(session, account_id, locked=True)
    if draft is not None:
        session.delete(draft)
        session.flush()
    return sent


def command_of(start: ApplicationStart) -> ApplyCommand:
    """What stands in the form as a command."""
    return ApplyCommand.model_construct(
        kind=SellerKind(start.kind),
        shop_name=start.shop_name,
        legal_name=start.legal_name,
        commune=start.commune_code,
        street=start.street,
        phone=start.phone,
        tax_code=start.tax_code,
        bank=start.bank,
        bank_account=start.bank_account,
        bank_holder=start.bank_holder,
    )


def forget_abandoned_applications(session: Session, now: datetime) -> int:
    """Delete drafts nobody went on with, and papers never sent; their files go with the pictures nobody names."""
    before = now - DRAFTS_STAY
    drafts = delete(SellerApplication).where(col(SellerApplication.saved_at) < before)
    papers = delete(ApplicationPhoto).where(
        col(ApplicationPhoto.seller_id).is_(None),
        col(ApplicationPhoto.added_at) < before,
        col(ApplicationPhoto.account_id).not_in(select(SellerApplication.account_id)),
    )
    return sum(session.connection().execute(forgetting).rowcount for forgetting in (drafts, papers))


def _draft(session: Session, account_id: int, *, locked: bool = False) -> SellerApplication | None:
    statement = select(SellerApplication).where(SellerApplication.account_id == account_id)
    return session.exec(statement.with_for_update() if locked else statement).first()


def _sent(session: Session, person: Person) -> dict[str, str]:
    sent = own_application(session, person)
    if sent is None:
        return {}
    seller = session.get_one(Seller, sent.id)
    return {
        "kind": sent.kind.value,
        "shop_name": sent.store_name,
        "legal_name": "" if sent.legal_name == sent.store_name else sent.legal_name,
        "commune": sent.commune_code,
        "street": sent.street,
        "phone": show_phone(sent.phone),
        "tax_code": sent.tax_code or "",
        "bank": seller.bank or "",
        "bank_account": seller.bank_account or "",
        "bank_holder": seller.bank_holder or "",
    }
