"""A seller says how the shop delivers; a shopper from that commune sees it and chooses it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go, sign_in

STREET = "12 Trần Hưng Đạo"


def _pick_commune(page: Page, typed: str) -> None:
    page.fill("#commune", typed)
    page.locator("#commune-suggestions li").first.click()


def _add_round(owner: Page) -> None:
    owner.get_by_role("button", name="Thêm cách tự giao").click()
    owner.fill("#base_fee", "chín ngàn")
    owner.get_by_role("button", name="Lưu cách giao này").click()
    expect(owner.locator("#problem-base_fee")).to_contain_text("số tiền")
    expect(owner.locator("#problem-commune")).not_to_be_empty()
    _pick_commune(owner, "ninh kieu")
    expect(owner.get_by_role("list", name="Các xã, phường đã chọn")).to_contain_text("Phường Ninh Kiều")
    owner.fill("#base_fee", "9k")
    owner.fill("#cutoff", "15:00")
    owner.get_by_role("button", name="Lưu cách giao này").click()
    expect(owner.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("đặt trước 15:00")


def test_a_way_and_a_window_a_seller_adds_are_what_a_shopper_chooses(open_page: OpenPage) -> None:
    owner = open_page(PHONE)
    sign_in(owner, "0900 900 002", "/seller")
    owner.get_by_role("link", name="Giao hàng").click()
    alive(owner)
    _add_round(owner)
    owner.get_by_role("button", name="Thêm điểm lấy hàng").click()
    owner.fill("#name", "Sạp thử 12")
    _pick_commune(owner, "cai khe")
    owner.fill("#street", "12 Mậu Thân")
    owner.get_by_role("button", name="Lưu điểm lấy hàng").click()
    point = owner.locator("main li", has=owner.get_by_role("heading", name="Sạp thử 12"))
    for weekday in ("2", "5"):
        point.locator("select").select_option(weekday)
        point.locator("input[name=opens]").fill("07:00")
        point.locator("input[name=closes]").fill("10:00")
        point.locator("input[name=capacity]").fill("3")
        point.get_by_role("button", name="Thêm giờ lấy").click()
        expect(point.get_by_role("button", name="Bỏ giờ")).to_have_count(1 if weekday == "2" else 2)

    shopper = open_page(DESK)
    go(shopper, "/s/" + _shop_of(owner))
    shopper.locator("main a[href^='/p/']").first.click()
    alive(shopper)
    shopper.get_by_role("button", name="Thêm vào giỏ").first.click()
    expect(shopper.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    go(shopper, "/basket")
    shopper.fill("#place", "ninh kieu")
    shopper.locator("#place-suggestions li").first.click()
    expect(shopper.get_by_role("list", name="Cách giao")).to_contain_text("9.000")
    go(shopper, "/checkout")
    expect(shopper.locator("#commune")).to_have_value("Phường Ninh Kiều, Thành phố Cần Thơ")
    for field, value in (("#name", "Trần Thị Bưởi"), ("#phone", "0912345678"), ("#street", STREET)):
        shopper.fill(field, value)
    shopper.get_by_role("button", name="Xem hợp đồng").click()
    window = shopper.locator("label", has_text="Đến lấy tại Sạp thử 12").first
    window.click()
    expect(window.get_by_role("radio")).to_be_checked()
    expect(shopper.locator("details")).to_contain_text("Cách nhận: Đến lấy tại Sạp thử 12")
    shopper.get_by_role("checkbox").check()
    shopper.get_by_role("button", name="Tôi đồng ý và đặt hàng").click()
    shopper.get_by_role("link", name="Theo dõi đơn").click()
    alive(shopper)
    expect(shopper.locator("main")).to_contain_text("07:00–10:00")

    owner.get_by_role("button", name="Bỏ cách này").first.click()
    expect(owner.locator("main")).not_to_contain_text("đặt trước 15:00")


def _shop_of(owner: Page) -> str:
    """The slug of the owner's shop, as its centre links to it."""
    other = owner.context.new_page()
    go(other, "/seller")
    href = other.locator("main a[href^='/s/']").first.get_attribute("href") or ""
    other.close()
    return href.removeprefix("/s/")
