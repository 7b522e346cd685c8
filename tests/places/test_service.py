"""Finding communes by what people type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session, col, func, select

from marketplace.base import db
from marketplace.base.errors import NotFound
from marketplace.base.text import fold, words
from marketplace.places import service
from marketplace.places.models import Commune, FormerUnit, Province
from marketplace.places.views import CommuneView

EVERYTHING = 5000


@pytest.fixture
def places(all_places: str) -> Iterator[Session]:
    """A session on a database with all places."""
    with Session(db.engine().execution_options(writes=True), expire_on_commit=False) as opened:
        yield opened
        opened.rollback()


def names(found: tuple[CommuneView, ...]) -> list[str]:
    return [view.name for view in found]


def test_syncing_brings_every_place_and_a_second_time_changes_nothing(places: Session) -> None:
    counts = [places.exec(select(func.count()).select_from(table)).one() for table in (Province, Commune, FormerUnit)]
    assert counts == [34, 3321, 10_597]
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith("SELECT"):
            written.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    service.sync_reference_data(places)
    places.flush()
    event.remove(db.engine(), "before_cursor_execute", note)
    assert [statement for statement in written if not statement.startswith("BEGIN")] == []


def test_syncing_mends_a_renamed_commune_and_a_lost_former_unit(places: Session) -> None:
    spoilt = places.exec(select(Commune).where(Commune.name == "Phường Ninh Kiều")).one()
    code = spoilt.code
    spoilt.name, spoilt.folded = "Phường Ninh Kìu", "phuong ninh kiu"
    places.delete(places.exec(select(FormerUnit).where(FormerUnit.commune_code == code)).first())
    places.commit()
    service.sync_reference_data(places)
    places.commit()
    assert names(service.find_communes(places, "ninh kiều"))[0] == "Phường Ninh Kiều"
    assert places.exec(select(func.count()).select_from(FormerUnit)).one() == 10_597


def test_what_people_type_finds_the_commune_they_mean(places: Session) -> None:
    meant = {
        "hung loi ninh kieu": "Phường Tân An",
        "Hưng Lợi, Ninh Kiều": "Phường Tân An",
        "vi thanh": "Phường Vị Thanh",
        "NINH KIỀU": "Phường Ninh Kiều",
        "kieu ninh": "Phường Ninh Kiều",
        "phuong cai rang": "Phường Cái Răng",
        "cai r": "Phường Cái Răng",
        "vinh chau": "Phường Vĩnh Châu",
        "nang mau": "Xã Vị Thủy",
        "duong dong phu quoc": "Đặc khu Phú Quốc",
        "sai gon": "Phường Sài Gòn",
    }
    found = {typed: names(service.find_communes(places, typed))[:1] for typed in meant}
    assert found == {typed: [name] for typed, name in meant.items()}


def test_a_match_by_a_former_name_shows_that_name_first(places: Session) -> None:
    first = service.find_communes(places, "hung loi ninh kieu")[0]
    assert first.former[0] == "Phường Hưng Lợi, Quận Ninh Kiều, Thành phố Cần Thơ"
    assert len(first.former) > 1


def test_the_own_province_comes_before_others_and_another_one_may_be_asked_for(places: Session) -> None:
    ours = service.find_communes(places, "vinh", limit=40)
    assert {view.province for view in ours[:4]} == {"Thành phố Cần Thơ"}
    assert len({view.province for view in ours}) > 1
    assert service.find_communes(places, "vinh", province="40")[0].province == "Tỉnh Nghệ An"


def test_an_exact_name_elsewhere_comes_before_what_only_begins_so_at_home(places: Session) -> None:
    found = service.find_communes(places, "sai gon")
    assert (found[0].name, found[0].province) == ("Phường Sài Gòn", "Thành phố Hồ Chí Minh")


def test_a_former_name_of_the_own_province_comes_before_the_same_name_elsewhere(places: Session) -> None:
    found = service.find_communes(places, "hung loi")
    assert set(names(found[:2])) == {"Xã Phú Lộc", "Phường Tân An"}
    assert ("Xã Hùng Lợi", "Tỉnh Tuyên Quang") in {(view.name, view.province) for view in found}
    assert service.find_communes(places, "hung loi", province="08")[0].name == "Xã Hùng Lợi"


@pytest.mark.parametrize("typed", ["", "   ", "!?", "%", "🥭"])
def test_nothing_that_reads_as_a_word_finds_nothing(session: Session, typed: str) -> None:
    assert service.find_communes(session, typed) == ()


def test_at_most_so_many_come_back(places: Session) -> None:
    assert len(service.find_communes(places, "x")) == 10
    assert len(service.find_communes(places, "x", limit=3)) == 3


def test_a_commune_is_known_by_its_code_while_it_is_valid(places: Session) -> None:
    row = places.exec(select(Commune).where(Commune.name == "Phường Ninh Kiều")).one()
    view = service.commune(places, row.code)
    assert (view.name, view.province, view.province_code) == ("Phường Ninh Kiều", "Thành phố Cần Thơ", "92")
    for unknown in ("00000", "", "ninh-kieu", "' OR 1=1"):
        with pytest.raises(NotFound):
            service.commune(places, unknown)
    row.valid_to = row.valid_from
    places.add(row)
    places.commit()
    service.sync_reference_data(places)
    with pytest.raises(NotFound):
        service.commune(places, row.code)


def test_several_communes_come_at_once_and_unknown_codes_are_left_out(places: Session) -> None:
    codes = places.exec(select(Commune.code).order_by(col(Commune.code)).limit(3)).all()
    assert set(service.communes(places, [*codes, "99999"])) == set(codes)


def test_a_province_lists_its_communes_by_name(places: Session) -> None:
    found = service.communes_of(places, "92")
    assert len(found) == 103
    assert [view.name for view in found] == sorted((view.name for view in found), key=fold)


@settings(max_examples=60)
@given(data=st.data())
def test_any_beginnings_of_the_words_of_a_name_in_any_order_find_it(places: Session, data: st.DataObject) -> None:
    view = data.draw(st.sampled_from(service.communes_of(places, "92")))
    source = data.draw(st.sampled_from([f"{view.name} {view.province}", *view.former]))
    chosen = data.draw(st.permutations(words(source)))[: data.draw(st.integers(1, 6))]
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in chosen)
    assert view.code in {found.code for found in service.find_communes(places, typed, limit=EVERYTHING)}
