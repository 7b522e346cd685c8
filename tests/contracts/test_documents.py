"""Sealed documents: what is drawn, that nothing can be changed unnoticed, and what strangers' files are told."""

from __future__ import annotations

import asyncio
import io
import random
import shutil
import stat
import subprocess
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader
from sqlalchemy import text
from sqlmodel import Session, func, select

from marketplace.base import db, sheets
from marketplace.base.errors import Busy, NotFound
from marketplace.contracts import documents, service, template
from marketplace.contracts.documents import Finding, checking, drawing, inspecting, keeping, running, sealing
from marketplace.contracts.models import Contract, ContractDocument
from marketplace.contracts.rules import ContractState, sha256
from marketplace.settings import settings as app_settings
from tests.contracts.agreements import BUYER, GOODS, STREET, make_concluded, make_contract
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)
MUCH_LATER = NOW + timedelta(days=400)


def _text(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def _sealed(session: Session, *, concluded: bool = False) -> tuple[str, bytes]:
    code = make_concluded(session) if concluded else make_contract(session)
    return code, documents.sealed(session, code, NOW)


def _judge(session: Session, data: bytes, now: datetime = NOW) -> documents.DocumentVerdict:
    return documents.verdict(session, data, now)


def _later_update(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root[pdf_name("/Changed")] = TextStringObject("after the seal")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _signed_range(data: bytes) -> tuple[int, int]:
    """Where the signature's own bytes begin and end; all others are signed."""
    start, length, rest, _ = PdfReader(io.BytesIO(data)).get_fields()["DauNenTang"]["/V"]["/ByteRange"]  # type: ignore[index]
    assert start == 0
    return int(length), int(rest)


def test_an_offer_says_in_vietnamese_first_that_it_is_not_concluded(session: Session) -> None:
    code, pdf = _sealed(session)
    words = _text(pdf)
    for expected in (
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập – Tự do – Hạnh phúc",
        "ĐỀ NGHỊ GIAO KẾT – CHƯA GIAO KẾT",
        "OFFER – NOT CONCLUDED YET",
        code,
        BUYER,
        STREET,
        GOODS,
        "97.500 ₫",
        "không phải chữ ký số của các bên",
        "Trang 1/2",
    ):
        assert expected in words
    assert words.index("Bên mua:") < words.index("Buyer:")


def test_every_state_says_what_it_is(session: Session) -> None:
    code, _ = _sealed(session, concluded=True)
    concluded = _text(documents.sealed(session, code, NOW))
    assert "ĐÃ GIAO KẾT" in concluded
    assert "CHƯA GIAO KẾT" not in concluded
    assert "Bên bán chấp nhận" in concluded
    service.perform(session, service.order_of(session, code), LATER)
    assert "ĐÃ THỰC HIỆN XONG" in _text(documents.sealed(session, code, LATER))


def test_the_document_carries_the_whole_terms_hash_and_each_entry_of_evidence(session: Session) -> None:
    code, pdf = _sealed(session)
    contract = session.exec(select(Contract).where(Contract.code == code)).one()
    dense = _text(pdf).replace(" ", "")
    assert contract.terms_hash in dense
    for entry in service.evidence_of(session, contract.id):
        assert entry.hash[:16] in dense
    assert f"{app_settings().public}/verify/{code}" in dense


def test_what_people_typed_is_never_read_as_markup(session: Session) -> None:
    note = '#panic("x") *đậm* = tiêu đề $x^2$ @ref <nhãn> \\ #read("/etc/passwd")'
    words = _text(documents.sealed(session, make_contract(session, note=note), NOW))
    assert note.replace(" ", "") in words.replace(" ", "")


def test_what_the_fonts_lack_is_spelled_out_instead_of_stopping_the_contract(session: Session) -> None:
    words = _text(documents.sealed(session, make_contract(session, note="Xoài 🥭 芒果"), NOW))
    assert "Xoài [U+1F96D] [U+8292][U+679C]" in words


def test_what_turns_the_reading_direction_is_spelled_out_too_should_a_record_ever_hold_it() -> None:
    assert sheets.drawable("100 \u202e000 ₫") == "100 [U+202E]000 ₫"


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@example("a" * 300)
@example("\u0301\u0302")
def test_any_text_can_be_drawn(typed: str) -> None:
    shown = sheets.drawable(typed)
    assert all(character in sheets._characters() for character in shown)
    terms = _plain_terms(typed)
    sheet = drawing.Sheet(
        "HD-2222-2222-2222-2222",
        ContractState.OFFERED,
        terms,
        "0" * 64,
        "x",
        NOW,
        NOW,
        None,
        None,
        [],
        NOW,
        "x",
    )
    assert drawing.draw(sheet).startswith(b"%PDF-")


def _plain_terms(word: str) -> dict[str, object]:
    both = {"vi": word, "en": word}
    return {
        "version": template.VERSION,
        "seller": dict.fromkeys(("store", "legal_name", "kind", "tax_code", "address", "phone"), word),
        "buyer": dict.fromkeys(("name", "phone", "address"), word),
        "lines": [{"name": word, "quantity": "1", "unit": both, "price": 1, "total": 1}],
        "delivery": {"label": both, "days": both, "fee": 0},
        "payment": {"label": both},
        "goods_total": 1,
        "total": 1,
        "acceptance_hours": 12,
        "note": word,
    }


def test_the_list_of_characters_is_what_both_fonts_can_show() -> None:
    covered = [set(map(chr, TTFont(path).getBestCmap())) for path in sheets.FONTS.glob("*.ttf")]
    assert len(covered) == 2
    assert all(sheets._characters() <= characters for characters in covered)
    assert {font.stat().st_size < 300_000 for font in sheets.FONTS.glob("*.ttf")} == {True}


def test_only_our_own_fonts_are_used() -> None:
    assert sheets.fonts().families() == ["Be Vietnam Pro"]


def test_a_document_is_made_once_for_each_state(session: Session) -> None:
    code, first = _sealed(session)
    assert documents.sealed(session, code, LATER) == first
    service.conclude(session, service.order_of(session, code), None, LATER)
    concluded = documents.sealed(session, code, LATER)
    assert concluded != first
    assert documents.sealed(session, code, MUCH_LATER) == concluded
    assert session.exec(select(func.count()).select_from(ContractDocument)).one() == 2


def test_an_offer_nobody_answered_is_drawn_as_lapsed_before_it_is_swept(session: Session) -> None:
    code, _ = _sealed(session)
    assert "ĐỀ NGHỊ ĐÃ HẾT HIỆU LỰC" in _text(documents.sealed(session, code, MUCH_LATER))


def test_those_who_ask_at_once_get_the_same_document(database: str) -> None:
    code = db.write_now(make_contract)
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: db.write_now(documents.sealed, code, NOW), range(6)))
    assert len(set(made)) == 1
    assert db.read_now(documents.verdict, made[0], NOW).valid


def test_an_unknown_contract_has_no_document(session: Session) -> None:
    with pytest.raises(NotFound):
        documents.sealed(session, "HD-2222-2222-2222-2222", NOW)


def test_documents_and_keys_are_for_our_eyes_only(session: Session) -> None:
    _sealed(session)
    var = app_settings().var
    files = [*(var / "contracts").iterdir(), *(var / "keys").iterdir()]
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in files} == {0o700}
    assert b"ENCRYPTED PRIVATE KEY" in (var / "keys" / "seal-0001.pem").read_bytes()


def test_a_lost_or_changed_file_is_said_to_be_so_and_never_made_anew(session: Session) -> None:
    code, pdf = _sealed(session)
    (path,) = (app_settings().var / "contracts").iterdir()
    assert list(documents.faults(session)) == []
    for damage in (lambda: path.write_bytes(pdf[:-1]), path.unlink):
        damage()
        with pytest.raises(keeping.DocumentLost):
            documents.sealed(session, code, NOW)
        assert [code in fault for fault in documents.faults(session)] == [True]
    path.write_bytes(pdf)
    assert documents.sealed(session, code, NOW) == pdf


def test_a_file_and_its_record_replaced_together_are_found_without_our_seal(session: Session) -> None:
    code, pdf = _sealed(session)
    contract_id = session.exec(select(Contract.id).where(Contract.code == code)).one()
    unsealed = pdf[: pdf.index(b"%%EOF") + 6]
    key = f"contracts/{sha256(unsealed)}.pdf"
    (app_settings().var / key).write_bytes(unsealed)
    session.execute(
        text("UPDATE contract_document SET sha256 = :hash, media_key = :key WHERE contract_id = :id"),
        {"hash": sha256(unsealed), "key": key, "id": contract_id},
    )
    session.expire_all()
    assert ["our seal" in fault for fault in documents.faults(session)] == [True]
    assert not _judge(session, unsealed).valid


def test_nothing_else_waits_while_a_document_is_drawn(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = db.write_now(make_contract)
    order_id = db.read_now(service.order_of, code)
    draw = drawing.draw

    def while_drawing(sheet: drawing.Sheet) -> bytes:
        with ThreadPoolExecutor(1) as other:
            other.submit(db.write_now, service.conclude, order_id, None, LATER).result()
        return draw(sheet)

    monkeypatch.setattr(drawing, "draw", while_drawing)
    offer = asyncio.run(documents.fetching(code, NOW))
    monkeypatch.undo()
    # What was asked for is the offer; it is on record as such, and as superseded by now.
    assert "CHƯA GIAO KẾT" in _text(offer)
    assert db.read_now(documents.verdict, offer, LATER).finding is Finding.SUPERSEDED
    assert "ĐÃ GIAO KẾT" in _text(asyncio.run(documents.fetching(code, LATER)))


def test_who_comes_second_with_the_same_document_leaves_no_file_behind(session: Session) -> None:
    code = make_contract(session)
    first, second = (keeping.make(session, code, NOW) for _ in range(2))
    assert first.sha256 != second.sha256
    assert keeping.keep(session, first) == keeping.keep(session, second) == first.data
    assert [path.name for path in (app_settings().var / "contracts").iterdir()] == [f"{first.sha256}.pdf"]


def test_strangers_files_hold_no_connection_and_the_queue_before_them_is_short(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, free = threading.Semaphore(0), threading.Event()

    def slow(data: bytes, now: datetime) -> None:
        started.release()
        free.wait(20)

    async def crowd() -> list[object]:
        answers = [
            asyncio.create_task(documents.verifying(b"%PDF-1.7\n" + bytes([number]), NOW))
            for number in range(running.AT_ONCE + running.MOST_WAITING)
        ]
        for _ in range(running.AT_ONCE):
            assert await asyncio.to_thread(started.acquire, True, 20)
        # Each has looked for its file on record by now, and stands in the queue.
        async with asyncio.timeout(20):
            while running.reading_desk().waiting < len(answers):  # noqa: ASYNC110 – a queue tells nobody how long it is
                await asyncio.sleep(0.01)
        assert db.engine().pool.checkedout() == 0  # type: ignore[attr-defined]
        with pytest.raises(Busy):
            await documents.verifying(b"%PDF-1.7\none more", NOW)
        free.set()
        return [answer.finding for answer in await asyncio.gather(*answers)]

    monkeypatch.setattr(checking, "inspect_apart", slow)
    assert set(asyncio.run(crowd())) == {Finding.UNREADABLE}
    assert running.reading_desk().waiting == 0


def test_a_record_that_was_changed_is_never_sealed(session: Session) -> None:
    code = make_contract(session)
    session.execute(text("UPDATE contract SET terms_hash = :hash WHERE code = :code"), {"hash": "0" * 64, "code": code})
    session.expire_all()
    with pytest.raises(keeping.RecordBroken):
        documents.sealed(session, code, NOW)


def test_a_sealed_document_is_genuine(session: Session) -> None:
    code, pdf = _sealed(session, concluded=True)
    verdict = _judge(session, pdf)
    assert (verdict.valid, verdict.code, verdict.finding) == (True, code, Finding.GENUINE)
    (signature,) = verdict.signatures
    assert (signature.signer, signature.valid) == (sealing.NAME, True)
    assert datetime.fromisoformat(signature.at or "") == NOW
    assert "Đã giao kết" in verdict.reason.vi
    assert "Concluded" in verdict.reason.en


def test_the_document_of_an_earlier_state_is_superseded(session: Session) -> None:
    code, offer = _sealed(session)
    service.conclude(session, service.order_of(session, code), None, LATER)
    verdict = _judge(session, offer, LATER)
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.SUPERSEDED)
    assert verdict.signatures[0].valid
    assert "Đã giao kết" in verdict.reason.vi
    assert _judge(session, documents.sealed(session, code, LATER), LATER).valid


def test_the_document_of_a_concluded_contract_stays_valid_when_it_is_performed(session: Session) -> None:
    code, pdf = _sealed(session, concluded=True)
    service.perform(session, service.order_of(session, code), LATER)
    verdict = _judge(session, pdf, LATER)
    assert (verdict.valid, verdict.code, verdict.finding) == (True, code, Finding.FULFILLED)
    assert "đã thực hiện xong" in verdict.reason.vi


def test_the_document_of_a_contract_since_terminated_no_longer_stands(session: Session) -> None:
    code, pdf = _sealed(session, concluded=True)
    service.terminate(session, service.order_of(session, code), "any", LATER, None)
    verdict = _judge(session, pdf, LATER)
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.SUPERSEDED)
    assert "Đã chấm dứt" in verdict.reason.vi


def test_a_lapsed_offer_is_not_valid_even_before_it_is_swept(session: Session) -> None:
    code, pdf = _sealed(session)
    assert _judge(session, pdf).valid
    verdict = _judge(session, pdf, MUCH_LATER)
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.SUPERSEDED)


def test_every_flipped_byte_that_is_signed_breaks_the_seal(sqlite_database: str) -> None:
    _, pdf = db.write_now(_sealed)
    gap_start, gap_end = _signed_range(pdf)
    chance = random.Random(7)
    signed = [*range(gap_start), *range(gap_end, len(pdf))]
    # Most of the file is fonts; the structure at its end is short and where attacks live.
    positions = chance.sample(signed, 60) + chance.sample(range(gap_end, len(pdf)), 20)
    for position in positions:
        changed = bytearray(pdf)
        changed[position] ^= 1 << chance.randrange(8)
        try:
            found = inspecting.signatures(bytes(changed), sealing.certificates(), NOW)
        except inspecting.Unreadable:
            continue
        assert not any(signature.holds for signature in found), position


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # Bytes are judged alike whatever remembers them.
def test_flipped_bytes_are_never_valid_not_even_in_the_signature_itself(session: Session) -> None:
    _, pdf = _sealed(session)
    gap_start, gap_end = _signed_range(pdf)
    for position in (10, len(pdf) // 2, gap_start + 200, gap_end - 5, len(pdf) - 3):
        changed = bytearray(pdf)
        changed[position] ^= 1
        verdict = _judge(session, bytes(changed))
        assert not verdict.valid
        assert verdict.finding is not Finding.GENUINE


def test_a_changed_word_is_called_altered_and_names_its_contract(session: Session) -> None:
    code, pdf = _sealed(session)
    changed = bytearray(pdf)
    changed[_signed_range(pdf)[0] // 2] ^= 1
    verdict = _judge(session, bytes(changed))
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.ALTERED)
    assert [signature.valid for signature in verdict.signatures] == [False]


def test_what_was_added_after_the_seal_is_found(session: Session) -> None:
    code, pdf = _sealed(session)
    verdict = _judge(session, _later_update(pdf))
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.EXTENDED)
    assert [signature.valid for signature in verdict.signatures] == [False]


def test_bytes_behind_the_end_are_found(session: Session) -> None:
    _, pdf = _sealed(session)
    verdict = _judge(session, pdf + b"\n% more\n")
    assert not verdict.valid
    assert not any(signature.valid for signature in verdict.signatures)


def test_the_seal_of_somebody_else_with_our_name_is_refused(session: Session) -> None:
    code, _ = _sealed(session)
    drawn = next((app_settings().var / "contracts").iterdir()).read_bytes()
    unsealed = drawn[: drawn.index(b"%%EOF") + 6]
    forged = sealing.seal_with(sealing.new_seal(NOW), unsealed, code, NOW)
    verdict = _judge(session, forged)
    assert (verdict.valid, verdict.code, verdict.finding) == (False, None, Finding.FOREIGN)
    assert [(signature.signer, signature.valid) for signature in verdict.signatures] == [(sealing.NAME, False)]


def test_what_our_key_sealed_but_nobody_recorded_is_not_genuine(session: Session) -> None:
    code, pdf = _sealed(session)
    unsealed = pdf[: pdf.index(b"%%EOF") + 6]
    verdict = _judge(session, sealing.seal(unsealed, code, NOW))
    assert (verdict.valid, verdict.code, verdict.finding) == (False, code, Finding.UNRECORDED)


def test_an_unsealed_document_is_unknown(session: Session) -> None:
    _, pdf = _sealed(session)
    assert _judge(session, pdf[: pdf.index(b"%%EOF") + 6]).finding is Finding.UNKNOWN


def _bomb() -> bytes:
    """Four megabytes that want to become four thousand, where a reader looks first."""
    packer = zlib.compressobj(9)
    # After a full flush every block of the same zeros packs to the same bytes.
    first = packer.compress(bytes(4_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + (packer.compress(bytes(4_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)) * 1000
    head = f"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length {len(packed)}>>".encode()
    return b"%PDF-1.7\n1 0 obj\n" + head + b"stream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", Finding.NOT_PDF),
        (b"PK\x03\x04 a zip", Finding.NOT_PDF),
        (b"%PDF-1.7\n%" + b"x" * 10_000_000, Finding.TOO_LARGE),
        (b"%PDF-1.7\n", Finding.UNREADABLE),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, Finding.UNREADABLE),
        (b"%PDF-1.7\nstartxref\n9\n%%EOF", Finding.UNREADABLE),
        (_bomb(), Finding.UNREADABLE),
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\nstartxref\n9\n%%EOF", Finding.UNREADABLE),
    ],
    ids=["empty", "zip", "large", "header", "noise", "loop", "bomb", "deep"],
)
def test_strangers_files_get_a_plain_answer(sqlite_database: str, data: bytes, finding: Finding) -> None:
    verdict = db.read_now(documents.verdict, data, NOW)
    assert (verdict.valid, verdict.code, verdict.finding, verdict.signatures) == (False, None, finding, ())
    assert verdict.reason.vi
    assert verdict.reason.en


@settings(max_examples=60)
@given(data=st.data())
def test_reading_a_mutilated_document_fails_in_one_way_only(mutilated: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(mutilated) - 1))
    length = data.draw(st.integers(1, 400))
    filling = data.draw(
        st.binary(max_size=60) | st.sampled_from([b"<<", b">>", b"[", b"(", b"0 0 R", b"stream", b"-1"])
    )
    changed = mutilated[:start] + filling + mutilated[start + length :]
    if changed == mutilated:
        return
    try:
        found = inspecting.signatures(changed, sealing.certificates(), NOW)
    except inspecting.Unreadable:
        return
    assert not any(signature.holds for signature in found)


@pytest.fixture
def mutilated(sqlite_database: str) -> bytes:
    return db.write_now(_sealed)[1]


def test_a_file_that_takes_too_long_is_given_up(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "SECONDS", 0.001)
    assert db.read_now(documents.verdict, b"%PDF-1.7\n", NOW).finding is Finding.UNREADABLE
    monkeypatch.undo()


def test_when_the_key_is_retired_a_new_one_seals_and_old_documents_stay_genuine(session: Session) -> None:
    code, offer = _sealed(session)
    (old,) = (app_settings().var / "keys").iterdir()
    content = old.read_bytes()
    old.write_bytes(content[content.index(b"-----BEGIN CERTIFICATE") :])
    service.conclude(session, service.order_of(session, code), None, LATER)
    concluded = documents.sealed(session, code, LATER)
    assert sorted(path.name for path in old.parent.iterdir()) == ["seal-0001.pem", "seal-0002.pem"]
    assert _judge(session, concluded, LATER).valid
    earlier = _judge(session, offer, LATER)
    assert earlier.finding is Finding.SUPERSEDED
    assert earlier.signatures[0].valid
    old.unlink()
    assert not _judge(session, offer, LATER).signatures[0].valid


def test_a_document_stays_genuine_when_its_certificate_has_run_out(session: Session) -> None:
    _, pdf = _sealed(session, concluded=True)
    assert _judge(session, pdf, NOW + timedelta(days=365 * (sealing.YEARS + 5))).valid


def test_the_key_opens_only_with_the_secret_of_this_installation(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.write_now(_sealed)
    (path,) = (app_settings().var / "keys").iterdir()
    assert sealing.current_seal(NOW).certificate.public_bytes(serialization.Encoding.DER) == sealing.certificates()[0]
    monkeypatch.setattr(sealing, "secret_for", lambda purpose: b"another secret")
    sealing._open.cache_clear()
    with pytest.raises(sealing.SealUnreadable, match=path.name):
        sealing.current_seal(NOW)


needs_poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not installed")


@needs_poppler
def test_another_reader_agrees(sqlite_database: str, tmp_path: Path) -> None:
    _, pdf = db.write_now(_sealed)
    changed = bytearray(pdf)
    changed[_signed_range(pdf)[0] // 2] ^= 1
    assert "Signature is Valid" in _pdfsig(tmp_path, pdf)
    assert "Total document signed" in _pdfsig(tmp_path, pdf)
    assert "ETSI.CAdES.detached" in _pdfsig(tmp_path, pdf)
    assert "Digest Mismatch" in _pdfsig(tmp_path, bytes(changed))
    assert "Total document signed" not in _pdfsig(tmp_path, _later_update(pdf))


def _pdfsig(folder: Path, pdf: bytes) -> str:
    path = folder / "contract.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
    return done.stdout
