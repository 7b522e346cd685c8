"""Several orders at once, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, OpenPage, go, sign_in


def test_a_seller_chooses_an_order_prints_its_sheets_and_accepts_it_from_the_list(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    sign_in(page, "0900 900 002", "/seller/orders?tab=placed")
    orders = page.locator("main ul > li")
    number = orders.first.locator("a[href^='/seller/orders/']").inner_text().split()[0]
    page.get_by_label(f"Chọn đơn {number}").check()
    expect(page.get_by_role("status").filter(has_text="Đã chọn 1")).to_be_visible()
    for name in ("Phiếu soạn hàng", "Nhãn gói hàng"):
        answer = page.request.get(page.get_by_role("link", name=name).get_attribute("href") or "")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF")
    page.get_by_role("button", name="Nhận 1 đơn và ký").click()
    expect(page.get_by_role("status").filter(has_text="Đã nhận 1 đơn")).to_be_visible()
    expect(page.get_by_label(f"Chọn đơn {number}")).to_have_count(0)
    go(page, "/seller/orders")
    page.get_by_placeholder("Tìm mã đơn").fill(number.lower())
    expect(orders).to_have_count(1)
    expect(orders.first).to_contain_text(re.compile("hợp đồng đã giao kết"))
