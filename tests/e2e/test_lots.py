"""A lot's way: packed by its seller, seen by its buyer, recalled while the buyer looks on, acknowledged."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, OpenPage, go, sign_in

ADVICE = "Không ăn. Giữ bao bì, chúng tôi đến nhận lại."


def _order_to_pack(page: Page) -> str:
    """An order of the seller whose goods come from lots and are to be packed, by its number."""
    go(page, "/seller/orders?tab=confirmed")
    for number in page.locator("main li span.num.font-semibold").all_inner_texts():
        if not number.startswith("DH-"):
            continue
        go(page, f"/seller/orders/{number}")
        if page.locator("select[name^='lot-']").count():
            return number
    raise AssertionError("no order of goods with lots waits to be packed")


def test_a_lot_is_packed_recalled_while_its_buyer_looks_on_and_acknowledged(open_page: OpenPage) -> None:
    seller = open_page(PHONE)
    sign_in(seller, "0900 900 002", "/seller")
    number = _order_to_pack(seller)
    chosen = seller.locator("select[name^='lot-']").first.locator("option").first.inner_text().split(" · ")[0]
    # What is paid by weight is as heavy as the least that is stated: "Đã ghi 1,1–1,6 kg."
    stated = re.findall(r"Đã ghi ([\d,]+)", seller.locator("main").inner_text())
    for scales, weight in zip(seller.locator("input[name^='weight_']").all(), stated, strict=True):
        scales.fill(weight)
    seller.get_by_role("button", name="Đã đóng gói").click()
    lot = seller.locator("main a[href^='/lot/']").first
    expect(lot).to_have_text(f"Lô {chosen}")
    passport = lot.get_attribute("href") or ""
    go(seller, f"/seller/lots/{passport.removeprefix('/lot/')}")
    buyer_of = seller.locator("main li", has_text=number)
    expect(buyer_of).to_be_visible()

    anybody = open_page(PHONE, scripts=False)
    anybody.goto(passport)
    expect(anybody.locator("main")).not_to_contain_text("đã bị thu hồi")

    seller.get_by_text("Thu hồi lô này").click()
    seller.fill("#reason", "Mẫu vượt mức dư lượng")
    seller.get_by_role("button", name="Thu hồi và báo mọi người mua").click()
    expect(seller.locator("#problem-advice")).not_to_be_empty()
    seller.fill("#advice", ADVICE)
    seller.get_by_role("button", name="Thu hồi và báo mọi người mua").click()
    expect(buyer_of).to_contain_text("Đã báo lúc")

    anybody.reload()
    expect(anybody.locator("main [role=alert]")).to_contain_text(ADVICE)
    go(seller, f"/seller/orders/{number}")
    expect(seller.locator("main")).to_contain_text("đóng gói từ lô đã thu hồi")


def test_a_buyer_acknowledges_a_recall_and_the_seller_sees_it_at_once(open_page: OpenPage) -> None:
    buyer, seller = open_page(PHONE), open_page(PHONE)
    sign_in(buyer, "0900 900 001", "/account/orders")
    buyer.locator("main a", has_text="Có hàng bị thu hồi").first.click()
    expect(buyer.locator("main [role=alert]")).to_contain_text("Bạn cần làm gì")
    passport = buyer.get_by_role("link", name="Xem hồ sơ lô hàng").get_attribute("href") or ""
    number = re.search(r"DH-[\w-]+", buyer.url)
    assert number is not None
    sign_in(seller, "0900 900 002", "/seller")
    go(seller, f"/seller/lots/{passport.removeprefix('/lot/')}")
    line = seller.locator("main li", has_text=number[0])
    expect(line).to_contain_text("Đã báo lúc")
    buyer.get_by_role("button", name="Tôi đã biết và sẽ làm theo").click()
    expect(buyer.locator("main [role=alert]")).to_contain_text("Bạn đã xác nhận lúc")
    expect(line).to_contain_text("Đã biết")
