"""Goods by the file in a real browser: sent, faults seen by row and column, brought in, mended, taken back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, OpenPage, alive, go, sign_in
from tests.importing.files import GUAVA, MANGO, csv_file

BAD = ("CAM-1", "", "Cam sành tệp", "Trái câyy", "", "sọt", "mười", "5")


def _send(seller: Page, path: Path) -> None:
    seller.set_input_files("#file", path)
    seller.get_by_role("button", name="Gửi tệp").click()
    seller.wait_for_url("**/seller/products/import?file=*")
    alive(seller)


def test_a_file_is_checked_first_its_good_rows_go_in_and_all_of_it_can_be_taken_back(
    open_page: OpenPage, tmp_path: Path
) -> None:
    path, picture = tmp_path / "vườn.csv", tmp_path / "anh.csv"
    path.write_bytes(
        csv_file(("T1", *MANGO[1:2], "Xoài tệp một", *MANGO[3:]), ("T2", "", "Ổi tệp hai", *GUAVA[3:]), BAD)
    )
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    seller = open_page(PHONE)
    sign_in(seller, "0900 900 002", "/seller/products")
    seller.get_by_role("link", name="Nhập, xuất tệp").click()
    seller.wait_for_selector("#file")
    seller.set_input_files("#file", picture)
    seller.get_by_role("button", name="Gửi tệp").click()
    seller.wait_for_url("**refused=file_unreadable")
    alive(seller)
    expect(seller.locator("#problem-file")).to_contain_text("Không đọc được tệp này")

    _send(seller, path)
    expect(seller.get_by_label("Giá (đ)")).to_have_value("price")
    # Goods that are there are found by their SKU alone; without it, all that makes new ones is asked for.
    seller.get_by_label("Mã SKU").select_option("")
    seller.get_by_label("Tên sản phẩm").select_option("")
    seller.get_by_role("button", name="Kiểm tra thử").click()
    expect(seller.locator("#problem-columns")).to_contain_text("Tên sản phẩm")
    seller.get_by_label("Mã SKU").select_option("sku")
    seller.get_by_label("Tên sản phẩm").select_option("name")
    seller.get_by_role("button", name="Kiểm tra thử").click()
    expect(seller.locator("tbody tr")).to_have_count(3, timeout=15_000)
    expect(seller.locator("tbody")).to_contain_text("Có phải “Trái cây”?")
    with seller.expect_download() as download:
        seller.get_by_role("link", name="Tải các dòng cần sửa").click()
    assert "CAM-1" in Path(download.value.path()).read_text("utf-8-sig")
    seller.get_by_role("button", name="Đưa 2 sản phẩm lên gian hàng").click()
    expect(seller.locator("main")).to_contain_text("Đã xong", timeout=15_000)

    shopper = open_page(PHONE)
    go(shopper, "/search?q=xoai+tep+mot")
    expect(shopper.locator("main")).to_contain_text("Xoài tệp một")
    seller.get_by_text("Rút lại cả tệp này").click()
    seller.get_by_role("button", name="Rút lại").click()
    expect(seller.locator("dl")).to_contain_text("đã rút lại", timeout=15_000)
    go(shopper, "/search?q=xoai+tep+mot")
    expect(shopper.locator("main")).not_to_contain_text("Xoài tệp một")
