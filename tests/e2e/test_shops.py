"""A shop given its face by its owner, followed and reviewed by a shopper, answered by the seller."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go, sign_in


def _picture(path: Path, color: tuple[int, int, int]) -> Path:
    Image.new("RGB", (1200, 500), color).save(path)
    return path


def test_an_owner_gives_the_shop_its_face_and_nothing_typed_is_lost(open_page: OpenPage, tmp_path: Path) -> None:
    owner = open_page(PHONE)
    sign_in(owner, "0900 900 002", "/seller/shop")
    owner.fill("#story", "Vườn nhà ba đời bên rạch Cái Răng.")
    owner.get_by_label("Sen hồng").check()
    owner.fill("#position", "21.0278, 105.8342")
    owner.get_by_role("button", name="Lưu trang gian hàng").click()
    expect(owner.locator("#problem-position")).to_contain_text("km")
    expect(owner.locator("#story")).to_have_value("Vườn nhà ba đời bên rạch Cái Răng.")
    owner.fill("#position", "")
    owner.get_by_role("button", name="Lưu trang gian hàng").click()
    expect(owner.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    before = owner.locator("main img.aspect-3\\/1").get_attribute("src")
    owner.set_input_files("input[data-upload='/seller/shop/banner']", _picture(tmp_path / "a.png", (30, 90, 200)))
    expect(owner.locator("main img.aspect-3\\/1")).not_to_have_attribute("src", before or "", timeout=20_000)

    go(owner, "/seller/shop/sections")
    owner.fill("#title", "Quà quê mang biếu")
    owner.get_by_role("button", name="Thêm một phần").click()
    section = owner.locator("main li", has=owner.locator("input[value='Quà quê mang biếu']"))
    section.locator("ul button").filter(has_text="Thêm").first.click()
    expect(section.get_by_role("button", name="Bỏ món khỏi phần này")).to_have_count(1)
    go(owner, "/seller/shop/preview")
    expect(owner.locator("main")).to_contain_text("Vườn nhà ba đời bên rạch Cái Răng.")
    expect(owner.locator("main")).to_contain_text("Quà quê mang biếu")
    expect(owner.locator(".shop-lotus")).to_be_visible()


def test_a_shopper_follows_a_shop_and_says_what_came_and_the_seller_answers(
    open_page: OpenPage, tmp_path: Path
) -> None:
    shopper = open_page(PHONE)
    sign_in(shopper, "0900 900 001", "/account/orders")
    shopper.locator("main li a", has=shopper.get_by_text("Đã giao", exact=True)).first.click()
    shopper.get_by_role("link", name="Viết đánh giá").first.click()
    alive(shopper)
    shopper.get_by_role("button", name="Gửi đánh giá").click()
    expect(shopper.locator("#problem-stars")).to_contain_text("từ 1 đến 5 sao")
    shopper.get_by_text("★").nth(3).click()
    shopper.fill("#text", "Tươi lắm, xem thêm tại chokhac.com")
    shopper.get_by_role("button", name="Gửi đánh giá").click()
    expect(shopper.locator("#problem-text")).to_contain_text("đường dẫn")
    shopper.fill("#text", "Tươi lắm, gói lá chuối rất khéo.")
    shopper.get_by_role("button", name="Gửi đánh giá").click()
    expect(shopper.get_by_role("status").filter(has_text="Cảm ơn bạn")).to_be_visible()
    shopper.set_input_files("input[type=file]", _picture(tmp_path / "b.png", (200, 90, 30)))
    expect(shopper.locator("main li img[src^='/media/']")).to_have_count(1, timeout=20_000)
    shopper.get_by_role("link", name="Về đơn hàng").click()
    alive(shopper)
    expect(shopper.locator("main")).to_contain_text("Bạn đã cho 4★")

    shop = shopper.locator("main a[href^='/s/']").first.get_attribute("href") or ""
    shopper.locator("main a[href^='/p/']").first.click()
    alive(shopper)
    expect(shopper.locator("#reviews")).to_contain_text("gói lá chuối rất khéo")
    shopper.get_by_role("link", name="Xem tất cả đánh giá").click()
    alive(shopper)
    shopper.get_by_role("link", name=re.compile("^4 sao")).first.click()
    alive(shopper)
    expect(shopper.locator("main")).to_contain_text("gói lá chuối rất khéo")

    guest = open_page(DESK)
    go(guest, shop)
    guest.get_by_role("button", name="Theo dõi").click()
    guest.wait_for_url("**/account/sign-in?next=/s/**")
    go(shopper, shop)
    follow = shopper.get_by_role("button", name=re.compile("heo dõi"))
    if follow.get_attribute("aria-pressed") == "false":
        follow.click()
        expect(follow).to_have_attribute("aria-pressed", "true")
    name = shopper.locator("main h1").inner_text()
    go(shopper, "/account/shops")
    expect(shopper.locator("main")).to_contain_text(name)

    seller = open_page(PHONE)
    sign_in(seller, "0900 900 002", "/seller/reviews")
    ours = seller.locator("main li").filter(has_text="gói lá chuối rất khéo")
    ours.get_by_text("Trả lời", exact=True).first.click()
    ours.locator("textarea[name=text]").fill("Cảm ơn chị Lan, hẹn mùa sau ạ.")
    ours.get_by_role("button", name="Trả lời").click()
    expect(seller.get_by_role("status").filter(has_text="Đã trả lời")).to_be_visible()
    expect(ours).to_contain_text("hẹn mùa sau")
