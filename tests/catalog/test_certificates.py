"""Certificates count to the end of their last day in Vietnam, and are their shop's alone to enter."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from marketplace.accounts.views import Person
from marketplace.base import media
from marketplace.base.errors import DomainError, NotFound
from marketplace.base.storage import storage
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import CertificateDraft
from marketplace.catalog.models import Product
from marketplace.catalog.rules import MOST_CERTIFICATES, CertificateKind, TooManyCertificates
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import ListedProduct, ProductView
from tests.factories import NOW, make_owner, make_product, make_seller

OCOP = CertificateDraft(
    kind=CertificateKind.OCOP,
    stars=4,
    number="123/QĐ-UBND",
    issuer="UBND thành phố Cần Thơ",
    issued_on=date(2025, 1, 1),
    expires_on=date(2026, 3, 1),
)
GAP = replace(OCOP, kind=CertificateKind.VIETGAP, stars=None, number="VG-1")
LAST_MOMENT = datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC)
"""A second before midnight in Vietnam."""


class Stall:
    """A shop with a product and its owner."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seller_id = make_seller(session)
        self.owner: Person = make_owner(session, self.seller_id)
        self.product_id = make_product(session, seller_id=self.seller_id).product_id

    def add(self, draft: CertificateDraft = OCOP, now: datetime = NOW, **changes: Any) -> int:
        return catalog.add_certificate(self.session, self.owner, self.product_id, replace(draft, **changes), now)

    def view(self, now: datetime = NOW, product_id: int = 0) -> ProductView:
        slug = self.session.get_one(Product, product_id or self.product_id).slug
        return catalog.product_by_slug(self.session, slug, "vi", now)

    def total(self, now: datetime = NOW, **asked: Any) -> int:
        return catalog.list_products(self.session, ListQuery(**asked), "vi", now).total

    def card(self, now: datetime) -> ListedProduct:
        return catalog.list_products(self.session, ListQuery(), "vi", now).cards[0]


@pytest.fixture
def stall(session: Session) -> Stall:
    return Stall(session)


def test_a_badge_goes_by_itself_at_midnight_on_card_page_and_filter(stall: Stall) -> None:
    stall.add()
    stall.add(GAP)
    for now, titles, stars in (
        (LAST_MOMENT, ["OCOP 4★", "VietGAP"], 4),
        (LAST_MOMENT + timedelta(seconds=1), [], 0),
    ):
        assert [one.title for one in stall.view(now).certificates] == titles
        assert (stall.view(now).ocop_stars, stall.card(now).ocop_stars) == (stars, stars)
        found = catalog.list_products(stall.session, ListQuery(ocop=3), "vi", now).cards
        assert len(found) == bool(stars)


def test_a_certificate_is_shown_with_number_issuer_and_last_day(stall: Stall) -> None:
    stall.add()
    (one,) = stall.view().certificates
    assert one.told == "số 123/QĐ-UBND · UBND thành phố Cần Thơ"
    assert one.until_text == "có giá trị đến 01/03/2026"
    assert one.document_href == ""


def test_a_certificate_of_the_whole_shop_counts_for_all_its_goods(stall: Stall) -> None:
    other = make_product(stall.session, "Bưởi", seller_id=stall.seller_id).product_id
    foreign = make_product(stall.session, "Cam").product_id
    stall.add(GAP, of_shop=True)
    assert [one.title for one in stall.view(product_id=other).certificates] == ["VietGAP"]
    assert stall.view(product_id=foreign).certificates == ()


def test_a_product_wears_the_most_stars_that_count_and_none_without(stall: Stall) -> None:
    first = stall.add()
    second = stall.add(stars=5, expires_on=date(2026, 2, 1))
    assert stall.view().ocop_stars == 5
    catalog.remove_certificate(stall.session, stall.owner, stall.product_id, second, NOW)
    assert stall.view().ocop_stars == 4
    catalog.remove_certificate(stall.session, stall.owner, stall.product_id, first, NOW)
    assert (stall.view().ocop_stars, stall.view().certificates) == (0, ())


def test_fewer_stars_that_still_hold_take_over_at_the_moment_more_of_them_lapse(stall: Stall) -> None:
    stall.add()
    stall.add(stars=5, expires_on=date(2026, 2, 1))
    midnight = datetime(2026, 2, 1, 17, tzinfo=UTC)
    for now, stars, until in (
        (midnight - timedelta(seconds=1), 5, "01/02/2026"),
        (midnight, 4, "01/03/2026"),
        (LAST_MOMENT, 4, "01/03/2026"),
    ):
        assert stall.view(now).ocop_text == f"OCOP {stars}★ đến {until}"
        assert (stall.view(now).ocop_stars, stall.card(now).ocop_stars) == (stars, stars)
        assert stall.total(now, ocop=stars) == 1
        assert stall.total(now, ocop=5) == (stars == 5)
    assert stall.total(LAST_MOMENT + timedelta(seconds=1), ocop=3) == 0


def test_goods_are_found_and_counted_by_certificates_of_their_own_and_of_their_shop_until_midnight(
    stall: Stall,
) -> None:
    make_product(stall.session, "Bưởi", seller_id=stall.seller_id)
    make_product(stall.session, "Cam")
    stall.add(GAP, of_shop=True)
    stall.add(GAP, kind=CertificateKind.ORGANIC, expires_on=date(2026, 2, 1))
    stall.add()
    assert [stall.total(certificate=kind) for kind in CertificateKind] == [1, 2, 0, 1]
    listed = catalog.list_products(stall.session, ListQuery(), "vi", NOW, counted=True)
    assert listed.counts.certificates == {"ocop": 1, "vietgap": 2, "globalgap": 0, "organic": 1}
    assert [stall.total(LAST_MOMENT, certificate=kind) for kind in CertificateKind] == [1, 2, 0, 0]
    assert [stall.total(LAST_MOMENT + timedelta(seconds=1), certificate=kind) for kind in CertificateKind] == [0] * 4


def test_a_certificate_of_the_shop_that_is_taken_away_counts_for_none_of_its_goods(stall: Stall) -> None:
    shown = stall.add(GAP, of_shop=True)
    assert stall.total(certificate=CertificateKind.VIETGAP) == 1
    catalog.remove_certificate(stall.session, stall.owner, stall.product_id, shown, NOW)
    assert stall.total(certificate=CertificateKind.VIETGAP) == 0


def test_the_seller_still_sees_what_is_over(stall: Stall) -> None:
    stall.add()
    mine = catalog.my_certificates(
        stall.session, stall.owner, stall.product_id, "vi", LAST_MOMENT + timedelta(seconds=1)
    )
    assert [(one.counts, one.until_text) for one in mine] == [(False, "đã hết hạn 01/03/2026")]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "OCOP without stars": ({"stars": None}, "stars"),
    "OCOP of two stars": ({"stars": 2}, "stars"),
    "OCOP of a shop": ({"of_shop": True}, "stars"),
    "VietGAP with stars": ({"kind": CertificateKind.VIETGAP}, "stars"),
    "no number": ({"number": " "}, "number"),
    "no issuer": ({"issuer": ""}, "issuer"),
    "over already": ({"expires_on": date(2026, 1, 4)}, "expires_on"),
    "issued after its end": ({"issued_on": date(2026, 4, 1)}, "expires_on"),
    "for ever": ({"expires_on": date(2099, 1, 1)}, "expires_on"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_entry_is_refused_beside_its_field(stall: Stall, case: str) -> None:
    changes, field = WRONG[case]
    with pytest.raises(DomainError) as caught:
        stall.add(**changes)
    assert caught.value.field == field
    assert caught.value.say("vi")


def test_nobody_else_enters_removes_or_proves_a_certificate(stall: Stall) -> None:
    certificate = stall.add()
    stranger = make_owner(stall.session, make_seller(stall.session, "Vườn khác"))
    document = media.StoredDocument("a" * 32, media.PDF)
    with pytest.raises(NotFound):
        catalog.add_certificate(stall.session, stranger, stall.product_id, OCOP, NOW)
    with pytest.raises(NotFound):
        catalog.remove_certificate(stall.session, stranger, stall.product_id, certificate, NOW)
    with pytest.raises(NotFound):
        catalog.attach_document(stall.session, stranger, stall.product_id, certificate, document, NOW)
    for _ in range(MOST_CERTIFICATES - 1):
        stall.add()
    with pytest.raises(TooManyCertificates):
        stall.add()


def test_a_document_is_known_by_its_content_and_shown_with_its_certificate(stall: Stall) -> None:
    certificate = stall.add()
    stored = asyncio.run(media.store_document(b"%PDF-1.7\nhello\n%%EOF\n"))
    catalog.attach_document(stall.session, stall.owner, stall.product_id, certificate, stored, NOW)
    (one,) = stall.view().certificates
    assert one.document_href == f"/media/documents/{stored.key}.pdf"
    assert (storage().read(media.document_name(stored.key)) or b"").startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 cut off", b"%PDF-x\n%%EOF", b"<html>%PDF-1.7 %%EOF", b"", b"%PDF-1.4" + b"0" * media.LARGEST_BYTES],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError) as caught:
        asyncio.run(media.store_document(data))
    assert caught.value.field == "picture"
