"""Certificates of a product or its whole shop: entered by the seller, shown while they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from marketplace.accounts.views import Person
from marketplace.base import clock, outbox
from marketplace.base.errors import NotFound
from marketplace.base.inputs import Problems, read_line
from marketplace.base.media import StoredDocument, document_url
from marketplace.base.text import Locale, Text
from marketplace.catalog.commands import CertificateDraft
from marketplace.catalog.models import Certificate, Product
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import (
    CERTIFICATE_LABELS,
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    MOST_CERTIFICATES,
    CertificateKind,
    TooManyCertificates,
    check_stars,
    check_validity,
    counts,
)
from marketplace.catalog.service.variants import changed, own_product
from marketplace.catalog.views import CertificateView

UNTIL = Text("có giá trị đến {date}", "valid until {date}")
OVER = Text("đã hết hạn {date}", "expired {date}")
NUMBER = Text("số {number}", "no. {number}")


def add_certificate(session: Session, person: Person, product_id: int, draft: CertificateDraft, now: datetime) -> int:
    """Enter a certificate of a product or of its whole shop; returns its id. Raises every field's problem."""
    product = own_product(session, person, product_id)
    draft = _checked(draft, clock.local_date(now))
    known = session.scalars(select(col(Certificate.id)).where(_of(product))).all()
    if len(known) >= MOST_CERTIFICATES:
        raise TooManyCertificates(limit=MOST_CERTIFICATES)
    certificate = Certificate(
        seller_id=product.seller_id,
        product_id=None if draft.of_shop else product.id,
        kind=draft.kind,
        stars=draft.stars,
        number=draft.number,
        issuer=draft.issuer,
        issued_on=draft.issued_on,
        expires_on=draft.expires_on,
        created_at=now,
    )
    session.add(certificate)
    session.flush()
    _tell(session, product, certificate, now)
    return certificate.id


def remove_certificate(session: Session, person: Person, product_id: int, certificate_id: int, now: datetime) -> None:
    """Take a certificate away; raises NotFound."""
    product = own_product(session, person, product_id)
    certificate = _own(session, product, certificate_id)
    session.delete(certificate)
    session.flush()
    _tell(session, product, certificate, now)


def attach_document(
    session: Session, person: Person, product_id: int, certificate_id: int, document: StoredDocument, now: datetime
) -> None:
    """Show a stored picture or PDF of a certificate, instead of one shown before; raises NotFound."""
    product = own_product(session, person, product_id)
    certificate = _own(session, product, certificate_id)
    certificate.document, certificate.document_kind = document.key, document.kind
    session.add(certificate)
    _tell(session, product, certificate, now)


def my_certificates(
    session: Session, person: Person, product_id: int, locale: Locale, now: datetime
) -> tuple[CertificateView, ...]:
    """All certificates of an own product and of its shop, those that are over too; raises NotFound."""
    product = own_product(session, person, product_id)
    rows = session.scalars(select(Certificate).where(_of(product)).order_by(col(Certificate.id))).all()
    return tuple(_view(row, locale, clock.local_date(now)) for row in rows)


def certificates_of(session: Session, product: Product, locale: Locale, today: date) -> tuple[CertificateView, ...]:
    """What counts today of a product's certificates and its shop's."""
    rows = session.scalars(
        select(Certificate)
        .where(_of(product), col(Certificate.expires_on) >= today)
        .order_by(col(Certificate.stars).is_(None), col(Certificate.id))
    ).all()
    return tuple(_view(row, locale, today) for row in rows)


def worn_stars(held: Iterable[CertificateView]) -> tuple[int, str]:
    """The stars a product wears, the most of the certificates that count, and their last day (`05/01/2026`); 0 for none."""
    stars, last_day = max(((one.stars, one.expires) for one in held if one.stars), default=(0, ""))
    return stars, date.fromisoformat(last_day).strftime("%d/%m/%Y") if last_day else ""


def certificates_of_shop(
    session: Session, seller_id: int, locale: Locale, now: datetime
) -> tuple[CertificateView, ...]:
    """What counts today of a whole shop's certificates."""
    today = clock.local_date(now)
    rows = session.scalars(
        select(Certificate)
        .where(
            col(Certificate.seller_id) == seller_id,
            col(Certificate.product_id).is_(None),
            col(Certificate.expires_on) >= today,
        )
        .order_by(col(Certificate.id))
    ).all()
    return tuple(_view(row, locale, today) for row in rows)


def _of(product: Product) -> ColumnElement[bool]:
    of_shop = and_(col(Certificate.seller_id) == product.seller_id, col(Certificate.product_id).is_(None))
    return or_(col(Certificate.product_id) == product.id, of_shop)


def _own(session: Session, product: Product, certificate_id: int) -> Certificate:
    found = session.scalars(select(Certificate).where(col(Certificate.id) == certificate_id, _of(product))).first()
    if found is None:
        raise NotFound
    return found


def _checked(draft: CertificateDraft, today: date) -> CertificateDraft:
    problems = Problems()
    number, issuer = draft.number, draft.issuer
    with problems.noting():
        check_stars(draft.kind, draft.stars, of_product=not draft.of_shop)
    with problems.noting():
        number = read_line(draft.number, field="number", limit=LONGEST_NUMBER)
    with problems.noting():
        issuer = read_line(draft.issuer, field="issuer", limit=LONGEST_ISSUER)
    with problems.noting():
        check_validity(draft.issued_on, draft.expires_on, today)
    problems.refuse()
    return replace(draft, number=number, issuer=issuer)


def _tell(session: Session, product: Product, certificate: Certificate, now: datetime) -> None:
    changed(session, product, now)
    if certificate.product_id is None:
        outbox.announce(session, CHANGED, {"seller_id": product.seller_id}, now)


def _view(row: Certificate, locale: Locale, today: date) -> CertificateView:
    still = counts(row.expires_on, today)
    told = (NUMBER.say(locale, number=row.number) if row.number else "", row.issuer)
    return CertificateView(
        id=row.id,
        kind=CertificateKind(row.kind).value,
        stars=row.stars or 0,
        title=CERTIFICATE_LABELS[CertificateKind(row.kind)].say(locale, stars=row.stars),
        number=row.number,
        issuer=row.issuer,
        told=" · ".join(part for part in told if part),
        issued=row.issued_on.isoformat() if row.issued_on else "",
        expires=row.expires_on.isoformat(),
        until_text=(UNTIL if still else OVER).say(locale, date=row.expires_on.strftime("%d/%m/%Y")),
        counts=still,
        of_shop=row.product_id is None,
        document_href=document_url(row.document, row.document_kind),
    )
