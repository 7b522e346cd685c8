"""Files of goods come in after a dry run, go on after a stop, and are taken back whole."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base import clock, db
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.models import OutboxEvent
from marketplace.base.state_machine import MoveRefused
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.models import Product, Sku
from marketplace.catalog.service import ListQuery
from marketplace.importing import service
from marketplace.importing.models import GoodsImport, GoodsImportRow
from marketplace.importing.rules import ColumnsMissing, ImportBusy, ImportState
from marketplace.importing.service import working
from marketplace.importing.views import ImportView
from tests.factories import NOW, make_account, make_category, make_owner, make_person, make_seller
from tests.importing.files import GUAVA, HEADERS, MANGO, arrived, bring_in, check, csv_file, run, take_back, xlsx_file


@pytest.fixture
def owner(database: str, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def make(session: Session) -> Person:
        make_category(session)
        make_category(session, "Gạo thơm")
        return make_owner(session, make_seller(session))

    return db.write_now(make)


def seen(person: Person, import_id: int) -> ImportView:
    return db.read_now(service.my_import, person, import_id, "vi", NOW)


def goods(person: Person) -> dict[str, tuple[int, str]]:
    found = db.read_now(catalog.my_products, person, "vi", limit=100).goods
    return {one.name: (one.price, one.on_hand_text) for one in found if one.status == "active"}


def listed(q: str = "") -> list[str]:
    return [card.name for card in db.read_now(catalog.list_products, ListQuery(q=q), "vi", NOW).cards]


def test_a_dry_run_changes_nothing_and_what_is_good_then_comes_in(owner: Person) -> None:
    import_id = check(owner, csv_file(MANGO, GUAVA))
    view = seen(owner, import_id)
    assert (view.good, view.new, view.existing, view.faulty) == (2, 2, 0, 0)
    assert goods(owner) == {}
    db.write_now(service.start, owner, import_id, ImportState.APPLYING, NOW)
    assert run(import_id) is ImportState.APPLIED
    assert goods(owner) == {"Xoài cát Hòa Lộc": (65_000, "12,5"), "Ổi lê": (20_000, "40")}
    assert sorted(listed()) == ["Xoài cát Hòa Lộc", "Ổi lê"]


def test_goods_are_known_again_by_the_sellers_own_code_and_change(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO, GUAVA))
    import_id = bring_in(owner, csv_file(("xoai", "70.000"), ("OI", "20.000"), headers=("Mã hàng", "Giá bán")))
    view = seen(owner, import_id)
    assert (view.made, view.changed, view.same) == (0, 1, 1)
    assert goods(owner) == {"Xoài cát Hòa Lộc": (70_000, "12,5"), "Ổi lê": (20_000, "40")}


def test_rows_of_one_product_code_are_its_variants_and_more_can_follow(owner: Person) -> None:
    one = ("G5", "ST25", "Gạo ST25", "Gạo thơm", "Túi 5 kg", "túi", "180000", "30")
    two = ("G10", "ST25", "", "", "Túi 10 kg", "túi", "350000", "20")
    bring_in(owner, csv_file(one, two))
    three = ("G25", "st25", "", "", "Bao 25 kg", "bao", "850000", "8")
    view = seen(owner, bring_in(owner, csv_file(three)))
    assert (view.made, view.changed) == (0, 1)
    with db.write() as session:
        product = session.exec(select(Product)).one()
        skus = session.exec(select(Sku).order_by(col(Sku.position))).all()
    assert [(sku.label, sku.price, sku.leads) for sku in skus] == [
        ("Túi 5 kg", 180_000, True),
        ("Túi 10 kg", 350_000, False),
        ("Bao 25 kg", 850_000, False),
    ]
    assert product.price == 180_000


WRONG: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a price that is none": (("A", "", "Cam", "Trái cây", "", "kg", "mười", "1"), "Giá (đ)", "Chưa đọc được số tiền"),
    "a price of nothing": (("A", "", "Cam", "Trái cây", "", "kg", "0", "1"), "Giá (đ)", "Giá phải từ"),
    "no price": (("A", "", "Cam", "Trái cây", "", "kg", "", "1"), "Giá (đ)", "chưa điền"),
    "a unit nobody knows": (("A", "", "Cam", "Trái cây", "", "sọt", "9000", "1"), "Đơn vị", "Chưa biết đơn vị “sọt”"),
    "no unit": (("A", "", "Cam", "Trái cây", "", "", "9000", "1"), "Đơn vị", "chưa điền"),
    "a category with a slip": (("A", "", "Cam", "Trái câyy", "", "kg", "9000", "1"), "Danh mục", "Có phải “Trái cây”"),
    "a category of nowhere": (("A", "", "Cam", "zzqq", "", "kg", "9000", "1"), "Danh mục", "trang Danh mục"),
    "stock in words": (("A", "", "Cam", "Trái cây", "", "kg", "9000", "nhiều"), "Tồn kho", "Số lượng chưa đúng"),
    "stock below nothing": (("A", "", "Cam", "Trái cây", "", "kg", "9000", "-3"), "Tồn kho", "Số lượng chưa đúng"),
    "no name": (("A", "", "", "Trái cây", "", "kg", "9000", "1"), "Tên sản phẩm", "chưa điền"),
    "a name of signs": (("A", "", "!!!", "Trái cây", "", "kg", "9000", "1"), "Tên sản phẩm", "chưa đúng"),
    "a name without an end": (
        ("A", "", "x" * 121, "Trái cây", "", "kg", "9000", "1"),
        "Tên sản phẩm",
        "nhiều nhất 120",
    ),
    "a name that turns": (("A", "", "Cam \u202egnas", "Trái cây", "", "kg", "9000", "1"), "Tên sản phẩm", "chưa đúng"),
    "a label without an end": (("A", "", "Cam", "Trái cây", "y" * 61, "kg", "9000", "1"), "Loại", "nhiều nhất 60"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_is_named_by_row_and_column_in_plain_words(owner: Person, case: str) -> None:
    row, column, words = WRONG[case]
    import_id = check(owner, csv_file(MANGO, row))
    view = seen(owner, import_id)
    assert (view.good, view.faulty) == (1, 1)
    assert [(fault.row, fault.column) for fault in view.faults] == [("3", column)]
    assert words in view.faults[0].text
    assert db.read_now(service.my_import, owner, import_id, "en", NOW).faults[0].text != view.faults[0].text


def test_what_the_file_has_no_column_for_is_named_in_words(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO))
    view = seen(owner, check(owner, csv_file(("XOAI", "70000"), ("MOI", "9000"), headers=("SKU", "Giá"))))
    assert (view.existing, view.faulty) == (1, 1)
    assert {fault.row for fault in view.faults} == {"3"}
    assert "Tên sản phẩm: Mục này chưa điền." in {fault.text for fault in view.faults}


def test_good_rows_go_in_and_faulty_ones_come_back_to_be_mended(owner: Person) -> None:
    bad = ("CAM", "", "Cam sành", "Trái cây", "", "kg", "mười", "5")
    import_id = bring_in(owner, csv_file(MANGO, bad))
    assert list(goods(owner)) == ["Xoài cát Hòa Lộc"]
    headers, columns, rows = db.read_now(service.mend_rows, owner, import_id, "vi")
    assert headers == [*HEADERS, "Cần sửa"]
    assert columns[:3] == ["sku", "product", "name"]
    assert [row[:-1] for row in rows] == [list(bad)]
    assert rows[0][-1].startswith("Giá (đ): Chưa đọc được số tiền")
    mended = [[*rows[0][:6], "30000", *rows[0][7:]]]
    view = seen(owner, bring_in(owner, csv_file(*mended, headers=headers)))
    assert view.made == 1
    assert goods(owner)["Cam sành"] == (30_000, "5")


def test_codes_that_stand_twice_or_belong_elsewhere_are_said(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO, ("G", "GAO", "Gạo", "Gạo thơm", "", "kg", "20000", "1")))
    again = ("xoai", "GAO", "", "", "", "", "70000", "1")
    view = seen(owner, check(owner, csv_file(GUAVA, GUAVA, again)))
    said = {(fault.row, fault.column): fault.text for fault in view.faults}
    assert said["3", "Mã SKU"] == "Mã này đã có ở dòng 2."
    assert "thuộc sản phẩm khác “Xoài cát Hòa Lộc”" in said["4", "Mã SKU"]


def test_rows_of_a_product_must_not_contradict_each_other(owner: Person) -> None:
    one = ("A", "P", "Gạo ST25", "Gạo thơm", "5 kg", "túi", "180000", "30")
    two = ("B", "P", "Gạo ST24", "", "10 kg", "túi", "350000", "20")
    view = seen(owner, check(owner, csv_file(one, two)))
    assert [(fault.row, fault.column) for fault in view.faults] == [("3", "Tên sản phẩm")]
    assert view.faulty == 1


def test_a_dash_empties_and_an_empty_cell_leaves(owner: Person) -> None:
    headers = (*HEADERS, "Mô tả", "Bảo quản", "Tháng có hàng", "Giá sỉ")
    bring_in(owner, csv_file((*MANGO, "Vườn nhà", "Nơi mát", "3-5", "10: 60000"), headers=headers))
    bring_in(
        owner, csv_file(("XOAI", "-", "", "-", "-"), headers=("SKU", "Mô tả", "Bảo quản", "Tháng có hàng", "Giá sỉ"))
    )
    with db.write() as session:
        product, sku = session.exec(select(Product)).one(), session.exec(select(Sku)).one()
    assert (product.description, product.storage, product.season, sku.tiers) == ("", "Nơi mát", 0, [])


def test_stock_that_moved_since_it_was_taken_out_is_not_written_over(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO, GUAVA))
    with db.write() as session:
        mango = session.exec(select(Sku).where(Sku.price == 65_000)).one()
    db.write_now(stock.set_on_hand, mango.id, 7_000, NOW)
    headers = ("SKU", "Tồn kho", "Tồn kho lúc xuất tệp")
    view = seen(owner, check(owner, csv_file(("XOAI", "20", "12,5"), ("OI", "50", "40"), headers=headers)))
    assert [fault.row for fault in view.faults] == ["2"]
    assert "lúc bạn xem là 12,5, giờ là 7" in view.faults[0].text
    bring_in(owner, csv_file(("XOAI", "12,5", "12,5"), ("OI", "50", "40"), headers=headers))
    assert goods(owner) == {"Xoài cát Hòa Lộc": (65_000, "7"), "Ổi lê": (20_000, "50")}


def test_stock_that_orders_hold_cannot_be_written_away(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO))
    _order("DH1", 5_000)
    view = seen(owner, check(owner, csv_file(("XOAI", "3"), headers=("SKU", "Tồn kho"))))
    assert "Đã có đơn giữ 5" in view.faults[0].text


def _order(reference: str, quantity: int) -> None:
    with db.write() as session:
        sku = session.exec(select(Sku)).first()
        assert sku is not None
        stock.hold(session, [stock.Demand(reference, {sku.id: quantity}, NOW + timedelta(days=1))], NOW)


def test_an_import_is_taken_back_whole(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO))
    before = goods(owner)
    import_id = bring_in(
        owner,
        csv_file(("XOAI", "", "Xoài cát Chu", "", "", "", "50000", "1"), GUAVA, ("X2", "", "", "", "", "", "", "")),
    )
    assert goods(owner) == {"Xoài cát Chu": (50_000, "1"), "Ổi lê": (20_000, "40")}
    take_back(owner, import_id)
    assert goods(owner) == before
    assert listed() == ["Xoài cát Hòa Lộc"]
    assert (seen(owner, import_id).taken_back, seen(owner, import_id).left) == (2, 0)
    assert seen(owner, bring_in(owner, csv_file(GUAVA))).made == 1


def test_what_was_sold_or_changed_since_is_left_and_named(owner: Person) -> None:
    import_id = bring_in(owner, csv_file(MANGO, GUAVA, ("CAM", "", "Cam", "Trái cây", "", "kg", "30000", "9")))
    _order("DH1", 1_000)
    with db.write() as session:
        guava = session.exec(select(Product).where(Product.name == "Ổi lê")).one()
    db.write_now(catalog.set_price, owner, guava.id, 25_000, NOW)
    take_back(owner, import_id)
    view = seen(owner, import_id)
    assert (view.taken_back, view.left) == (1, 2)
    assert set(view.left_names) == {"Xoài cát Hòa Lộc", "Ổi lê"}
    assert set(goods(owner)) == {"Xoài cát Hòa Lộc", "Ổi lê"}


def test_a_variant_added_by_a_file_rests_once_it_is_taken_back(owner: Person) -> None:
    bring_in(owner, csv_file(("A", "P", "Gạo ST25", "Gạo thơm", "5 kg", "túi", "180000", "30")))
    import_id = bring_in(owner, csv_file(("B", "P", "", "", "10 kg", "túi", "350000", "20")))
    take_back(owner, import_id)
    with db.write() as session:
        assert [(sku.label, sku.active) for sku in session.exec(select(Sku).order_by(col(Sku.position)))] == [
            ("5 kg", True),
            ("10 kg", False),
        ]


def test_killed_at_any_step_it_goes_on_where_it_was(owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"S{n}", "", f"Xoài số {n}", "Trái cây", "", "kg", "65000", "3") for n in range(23)]
    monkeypatch.setattr(working, "CHECKED_AT_ONCE", 5)
    monkeypatch.setattr(working, "APPLIED_AT_ONCE", 4)
    import_id = arrived(owner, csv_file(*rows))
    real, calls = catalog.put_whole, [0]

    def dying(*args: Any) -> list[int]:
        made = real(*args)
        calls[0] += 1
        if calls[0] % 2:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(catalog, "put_whole", dying)
    db.write_now(service.start, owner, import_id, ImportState.CHECKING, NOW)
    assert run(import_id) is ImportState.CHECKED
    db.write_now(service.start, owner, import_id, ImportState.APPLYING, NOW)
    for _ in range(20):
        try:
            if run(import_id) is ImportState.APPLIED:
                break
        except KeyboardInterrupt:
            with db.write() as session:
                job = session.get_one(GoodsImport, import_id)
                assert len(session.exec(select(Product.id)).all()) == job.done
    assert len(goods(owner)) == 23
    assert seen(owner, import_id).made == 23
    assert calls[0] > 6


def test_readers_hear_of_a_batch_at_once_and_each_product_begins_its_history(owner: Person) -> None:
    rows = [(f"S{n}", "", f"Xoài số {n}", "Trái cây", "", "kg", "65000", "3") for n in range(60)]
    bring_in(owner, csv_file(*rows))
    with db.write() as session:
        topics = session.exec(select(OutboxEvent.topic, OutboxEvent.payload)).all()
    told = [payload for topic, payload in topics if topic == "goods.changed"]
    assert len(told) == 3
    assert sum(len(payload["product_ids"]) for payload in told) == 60
    assert not [topic for topic, _ in topics if topic == "product.changed"]


def test_columns_can_be_chosen_and_needed_ones_are_asked_for(owner: Person) -> None:
    data = csv_file(("Cam", "Trái cây", "kg", "1,5", "20000"), headers=("Hàng", "Mục", "ĐVT", "Còn", "Bán"))
    import_id = arrived(owner, data)
    with pytest.raises(ColumnsMissing) as caught:
        db.write_now(service.start, owner, import_id, ImportState.CHECKING, NOW)
    assert "Tên sản phẩm" in caught.value.say("vi")
    chosen = ["name", "category", "unit", "stock", "price"]
    db.write_now(service.choose_columns, owner, import_id, chosen, "vi", NOW)
    db.write_now(service.start, owner, import_id, ImportState.CHECKING, NOW)
    assert run(import_id) is ImportState.CHECKED
    assert seen(owner, import_id).good == 1


def test_spreadsheet_numbers_are_what_they_are(owner: Person) -> None:
    row = ("CA", "", "Cá lóc", "Trái cây", "", "kg", 120000.0, 1.125)
    bring_in(owner, xlsx_file(row, ("CA2", "", "Cá rô", "Trái cây", "", "kg", 90000, 1500)), kind="xlsx")
    assert goods(owner) == {"Cá lóc": (120_000, "1,125"), "Cá rô": (90_000, "1500")}


def test_only_one_file_of_a_shop_runs_at_a_time_and_none_of_others_is_there(owner: Person) -> None:
    first, second = arrived(owner, csv_file(MANGO)), arrived(owner, csv_file(GUAVA))
    db.write_now(service.start, owner, first, ImportState.CHECKING, NOW)
    with pytest.raises(ImportBusy):
        db.write_now(service.start, owner, second, ImportState.CHECKING, NOW)
    stranger = db.write_now(lambda session: make_owner(session, make_seller(session, "Vườn khác")))
    nobody = db.write_now(lambda session: make_person(session, make_account(session)))
    for person in (stranger, nobody):
        with pytest.raises(NotFound):
            db.read_now(service.my_import, person, first, "vi", NOW)
        with pytest.raises(NotFound):
            db.write_now(service.start_undo, person, first, NOW)
    with pytest.raises(NotSignedIn):
        db.read_now(service.my_import, Person(), first, "vi", NOW)
    with pytest.raises(NotFound):
        db.write_now(service.begin, nobody, "x.csv", "csv", ["Tên"], NOW)
    with pytest.raises(MoveRefused):
        db.write_now(service.start_undo, owner, first, NOW)


def test_old_files_are_forgotten_a_few_rows_at_a_time(owner: Person) -> None:
    bring_in(owner, csv_file(MANGO, GUAVA))
    later = NOW + timedelta(days=31)
    while db.write_now(service.forget_old, later):
        pass
    with db.write() as session:
        assert session.exec(select(GoodsImport)).all() == []
        assert session.exec(select(GoodsImportRow)).all() == []
        assert len(session.exec(select(Product)).all()) == 2


def test_one_step_at_a_time_never_waits_for_the_whole(owner: Person) -> None:
    import_id = arrived(owner, csv_file(MANGO))
    assert asyncio.run(service.work_off()) == 0
    db.write_now(service.start, owner, import_id, ImportState.CHECKING, NOW)
    assert asyncio.run(service.work_off()) == 1
    assert db.read_now(service.state_of, import_id) is ImportState.CHECKING
