"""An application filled in step by step: its draft, its papers, its account for payouts."""

from __future__ import annotations

import asyncio
import io
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from sqlmodel import Session, select

from marketplace.accounts.rules import MemberRole, Role
from marketplace.accounts.views import GUEST, Person
from marketplace.base import media
from marketplace.base.errors import DomainError, FieldRequired, InputInvalid, InvalidInputs, NotFound, NotSignedIn
from marketplace.base.storage import storage
from marketplace.sellers import rules, service
from marketplace.sellers.models import ApplicationPhoto, Seller, SellerApplication, SellerMember
from marketplace.sellers.rules import ApplicationPaper, ApplicationStep, SellerKind, SellerStatus
from tests.factories import NOW, make_account, make_commune, make_owner, make_person, make_seller, make_staff

WHO = {"kind": "household", "shop_name": "Vườn Ba Tám", "legal_name": "Nguyễn Văn Tám", "tax_code": ""}
WHERE = {"commune": "31117", "street": "12 ấp Mỹ Thuận", "phone": "0912 345 678"}
BANK = {"bank": "970405", "bank_account": "6220 2010 12345", "bank_holder": "Nguyễn Văn Tám"}
ACCOUNT = "6220201012345"


def newcomer(session: Session) -> Person:
    make_commune(session)
    return make_person(session, make_account(session))


def save(session: Session, person: Person, entries: dict[str, str], seen: int = 0) -> tuple[int, tuple[str, ...]]:
    return service.save_application(session, person, entries, ApplicationStep.WHO, seen, NOW)


def fill(session: Session, person: Person, **changes: str) -> None:
    save(session, person, {**WHO, **WHERE, **BANK, **changes}, seen=1000)


def again(session: Session, person: Person) -> Person:
    return make_person(session, person.require_account())


def photo() -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Điện thoại của Tám"
    Image.new("RGB", (640, 400), (90, 160, 60)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_what_was_typed_is_there_on_the_next_device_at_the_same_step(session: Session) -> None:
    person = newcomer(session)
    version, lost = service.save_application(session, person, WHERE, ApplicationStep.WHERE, 0, NOW)
    start = service.start_of_application(session, again(session, person))
    assert (version, lost) == (1, ())
    assert (start.step, start.version, start.street, start.commune_code) == ("where", 1, "12 ấp Mỹ Thuận", "31117")
    assert start.commune_text == "Phường Ninh Kiều, Thành phố Cần Thơ"


def test_what_cannot_be_sent_yet_is_kept_as_typed_all_the_same(session: Session) -> None:
    person = newcomer(session)
    save(session, person, {"phone": "09", "tax_code": "12 abc", "shop_name": ""})
    start = service.start_of_application(session, person)
    assert (start.phone, start.tax_code, start.shop_name) == ("09", "12 abc", "")
    with pytest.raises(DomainError) as refused:
        service.check_step(session, person, ApplicationStep.WHERE)
    assert isinstance(refused.value, InvalidInputs)
    assert {problem.field for problem in refused.value.problems} == {"commune", "street", "phone"}


def test_the_later_of_two_devices_wins_and_is_told_what_it_replaced(session: Session) -> None:
    person = newcomer(session)
    first, _ = save(session, person, {"street": "Ấp 1", "shop_name": "Vườn"})
    second, lost = save(session, person, {"street": "Ấp 2"}, seen=first)
    assert lost == ()
    third, lost = save(session, person, {"street": "Ấp 3", "shop_name": "Vườn Chín"}, seen=first)
    assert (third, lost) == (second + 1, ("street",))
    assert service.start_of_application(session, person).street == "Ấp 3"
    # The same words twice are nobody's loss, and entries of the other device stand beside.
    assert save(session, person, {"street": "Ấp 3", "phone": "0912"}, seen=0)[1] == ()
    assert service.start_of_application(session, person).shop_name == "Vườn Chín"


names = st.sampled_from(sorted(rules.TYPED))


@given(st.lists(st.tuples(st.integers(0, 1), names, st.text("ab", max_size=1), st.booleans()), max_size=30))
def test_no_word_is_replaced_in_silence(saves: list[tuple[int, str, str, bool]]) -> None:
    kept: dict[str, str] = {}
    written: dict[str, int] = {}
    author: dict[str, int] = {}
    seen, version = [0, 0], 0
    known: list[dict[str, str]] = [{}, {}]
    for device, name, value, looks in saves:
        if looks:
            seen[device], known[device] = version, dict(kept)
        lost = rules.overwritten(kept, written, {name: value}, seen[device])
        others = author.get(name, device) != device and kept.get(name, "") != known[device].get(name, "")
        if others and kept.get(name, "") != value:
            assert lost == (name,)
        if lost:
            assert kept.get(name, "") != value
        if kept.get(name) != value:
            version += 1
            kept[name], written[name], author[name] = value, version, device
        seen[device], known[device] = version, dict(kept)


def test_entries_nobody_asked_for_and_endless_ones_are_not_kept(session: Session) -> None:
    person = newcomer(session)
    with pytest.raises(InputInvalid):
        save(session, person, {"status": "approved"})
    with pytest.raises(DomainError) as refused:
        save(session, person, {"street": "x" * 1001})
    assert refused.value.field == "street"
    assert session.exec(select(SellerApplication)).all() == []
    with pytest.raises(NotSignedIn):
        save(session, GUEST, {"street": "Ấp 1"})


def test_a_draft_is_sent_whole_and_is_gone_then(session: Session) -> None:
    person = newcomer(session)
    fill(session, person)
    service.keep_paper(session, person, ApplicationPaper.IDENTITY_FRONT, "a" * 32, NOW)
    sent = service.send_application(session, person, NOW)
    assert (sent.status, sent.store_name, sent.kind) == (SellerStatus.APPLIED, "Vườn Ba Tám", SellerKind.HOUSEHOLD)
    seller = session.get_one(Seller, sent.id)
    assert (seller.bank, seller.bank_account, seller.bank_holder) == ("970405", ACCOUNT, "NGUYEN VAN TAM")
    assert session.exec(select(SellerApplication)).all() == []
    assert session.exec(select(ApplicationPhoto.seller_id)).all() == [sent.id]
    with pytest.raises(rules.ApplicationClosed):
        save(session, again(session, person), {"street": "Ấp 9"})
    with pytest.raises(rules.ApplicationClosed):
        service.keep_paper(session, again(session, person), ApplicationPaper.IDENTITY_FRONT, "b" * 32, NOW)


def test_a_refused_applicant_mends_the_draft_of_what_was_sent(session: Session) -> None:
    person = newcomer(session)
    fill(session, person)
    sent = service.send_application(session, person, NOW)
    service.refuse(session, make_staff(session), sent.id, "Thiếu số nhà", NOW)
    owner = again(session, person)
    start = service.start_of_application(session, owner)
    assert (start.street, start.bank_account, start.bank_holder) == ("12 ấp Mỹ Thuận", ACCOUNT, "NGUYEN VAN TAM")
    save(session, owner, {"street": "34 ấp Mỹ Thuận"})
    mended = service.send_application(session, owner, NOW)
    assert (mended.id, mended.street, mended.status) == (sent.id, "34 ấp Mỹ Thuận", SellerStatus.APPLIED)


def test_who_exists_by_registration_shows_it_before_sending(session: Session) -> None:
    person = newcomer(session)
    fill(session, person, kind="cooperative", tax_code="0100233488")
    with pytest.raises(rules.PaperMissing) as refused:
        service.send_application(session, person, NOW)
    assert refused.value.field == "cooperative"
    with pytest.raises(rules.PaperMissing):
        service.check_step(session, person, ApplicationStep.PAPERS)
    service.check_step(session, person, ApplicationStep.WHO)
    service.keep_paper(session, person, ApplicationPaper.COOPERATIVE, "c" * 32, NOW)
    assert service.send_application(session, person, NOW).kind is SellerKind.COOPERATIVE


def test_an_account_for_payouts_may_come_later_but_not_by_half(session: Session) -> None:
    person = newcomer(session)
    fill(session, person, bank="", bank_account="")
    service.check_step(session, person, ApplicationStep.BANK)
    fill(session, person, bank="970405", bank_account="")
    with pytest.raises(FieldRequired) as refused:
        service.check_step(session, person, ApplicationStep.BANK)
    assert refused.value.field == "bank_account"
    fill(session, person, bank="", bank_account="")
    assert session.get_one(Seller, service.send_application(session, person, NOW).id).bank is None


def test_the_account_is_told_to_nobody_who_only_helps_and_to_no_view_of_the_shop(session: Session) -> None:
    person = newcomer(session)
    fill(session, person)
    sent = service.send_application(session, person, NOW)
    helper = make_account(session, "Phạm Thị Út")
    session.add(SellerMember(seller_id=sent.id, account_id=helper, role=MemberRole.STAFF))
    session.flush()
    start = service.start_of_application(session, make_person(session, helper))
    assert (start.bank, start.bank_account, start.street) == ("", "", "")
    store = service.stores_by_seller(session, [sent.id])[sent.id]
    for view in (sent, store):
        assert ACCOUNT not in str([getattr(view, field.name) for field in fields(view)])


def test_a_helper_in_anothers_shop_opens_one_of_their_own(session: Session) -> None:
    other = make_seller(session)
    helper = make_account(session)
    session.add(SellerMember(seller_id=other, account_id=helper, role=MemberRole.STAFF))
    session.flush()
    person = make_person(session, helper)
    fill(session, person)
    assert service.send_application(session, person, NOW).id != other


def test_papers_are_seen_by_their_owner_and_once_sent_by_who_reviews_that_commune(session: Session) -> None:
    person = newcomer(session)
    make_commune(session, "31120", "Xã Phong Điền")
    fill(session, person)
    service.keep_paper(session, person, ApplicationPaper.IDENTITY_FRONT, "a" * 32, NOW)
    here = make_staff(session, Role.COMMUNE_STAFF, "31117")
    staff = (make_staff(session), here)
    others = (
        GUEST,
        newcomer(session),
        make_owner(session, make_seller(session)),
        make_staff(session, Role.COMMUNE_STAFF, "31120"),
        make_staff(session, Role.DIGITAL_TEAM, "31117"),
        make_staff(session, Role.OPERATOR),
    )
    service.check_may_see_paper(session, person, "a" * 32)
    for somebody in (*staff, *others):
        with pytest.raises(NotFound):
            service.check_may_see_paper(session, somebody, "a" * 32)
    service.send_application(session, person, NOW)
    for somebody in staff:
        service.check_may_see_paper(session, somebody, "a" * 32)
    for somebody in others:
        with pytest.raises(NotFound):
            service.check_may_see_paper(session, somebody, "a" * 32)


@pytest.mark.usefixtures("sqlite_database")
def test_a_private_picture_is_kept_without_what_the_phone_wrote_and_lies_under_no_open_name() -> None:
    first, second = (asyncio.run(media.store_private(photo())) for _ in range(2))
    assert first != second
    data = storage().read(media.private_name(first))
    assert data is not None
    assert "Tám".encode() not in data
    with Image.open(io.BytesIO(data)) as kept:
        assert (kept.format, kept.size, len(kept.getexif())) == ("WEBP", (640, 400), 0)
    assert media.FILE.fullmatch(media.private_name(first).rpartition("/")[2]) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("agri", "Agribank"),
        ("nong nghiep", "Agribank"),
        ("Á Châu", "ACB"),
        ("vietin", "VietinBank"),
        ("970436", "Vietcombank"),
    ],
)
def test_a_bank_is_found_by_what_people_call_it(typed: str, first: str) -> None:
    assert rules.find_banks(typed)[0].name == first


def test_the_list_of_banks_names_each_once_by_six_digits() -> None:
    codes = [bank.code for bank in rules.banks()]
    assert len(set(codes)) == len(codes) > 40
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len({bank.name for bank in rules.banks()}) == len(codes)
    assert rules.find_banks("khong co") == rules.find_banks("  ") == ()


@pytest.mark.parametrize("typed", ["12345", "1" * 20, "12ab56", "١٢٣٤٥٦", "-123456", "=1+1"])
def test_what_is_no_account_number_is_refused(typed: str) -> None:
    with pytest.raises(rules.BankAccountWrong):
        rules.parse_bank_account(typed)


@given(st.integers(6, 19).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length)))
def test_every_number_of_6_to_19_digits_is_an_account_and_masked_to_its_last_four(number: str) -> None:
    assert rules.parse_bank_account(f" {number[:3]} {number[3:]}") == number
    assert rules.mask_account(number) == f"•••• {number[-4:]}"


def test_holders_are_written_as_banks_do_and_another_script_is_refused() -> None:
    assert rules.parse_bank_holder("Nguyễn  văn Đức") == "NGUYEN VAN DUC"
    for typed in ("Нгуен", "<script>", "=SUM(A1)", "NGUYEN VАN"):
        with pytest.raises(rules.BankHolderWrong):
            rules.parse_bank_holder(typed)


def test_drafts_and_papers_nobody_went_on_with_are_forgotten_and_what_was_sent_is_not(session: Session) -> None:
    gone, sent = newcomer(session), newcomer(session)
    for number, person in enumerate((gone, sent)):
        fill(session, person)
        service.keep_paper(session, person, ApplicationPaper.IDENTITY_FRONT, f"{number}" * 32, NOW)
    service.send_application(session, sent, NOW)
    session.flush()
    assert service.forget_abandoned_applications(session, NOW + timedelta(days=179)) == 0
    assert service.forget_abandoned_applications(session, NOW + timedelta(days=181)) == 2
    assert session.exec(select(SellerApplication)).all() == []
    assert session.exec(select(ApplicationPhoto.key)).all() == ["1" * 32]
