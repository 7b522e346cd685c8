"""The first sale, in real browsers, by everyone it concerns."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go, sign_in


def _photo(folder: Path) -> Path:
    picture = Image.effect_noise((900, 700), 60).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG")
    path = folder / "anh.jpg"
    path.write_bytes(buffer.getvalue())
    return path


def _open_shop(seller: Page, name: str, phone: str, photo: Path) -> None:
    go(seller, "/seller/start")
    seller.click("main a[href^='/account/sign-up']")
    seller.wait_for_url("**/account/sign-up**")
    alive(seller)
    seller.fill("#name", "Phạm Thị Sáu")
    seller.fill("#identifier", phone)
    seller.fill("#password", "vuon xoai ba doi")
    seller.click("main button[type=submit]")
    seller.wait_for_url(lambda url: "/sign-up" not in url)
    alive(seller)
    seller.fill("#shop_name", name)
    seller.get_by_role("button", name="Tiếp tục").click()
    seller.locator("#commune").press_sequentially("vi thanh", delay=30)
    seller.locator("#commune-suggestions [role=option]").first.click()
    seller.fill("#street", "Ấp 4")
    expect(seller.locator("#phone")).to_have_value(phone)
    seller.get_by_role("button", name="Tiếp tục").click()
    seller.set_input_files("input[data-upload$=identity_front]", photo)
    expect(seller.locator("main img[src^='/seller/papers/']")).to_have_count(1, timeout=20_000)
    seller.get_by_role("button", name="Tiếp tục").click()
    seller.locator("#bank").press_sequentially("agri", delay=30)
    seller.locator("#bank-suggestions [role=option]").first.click()
    expect(seller.locator("#bank_holder")).to_have_value("PHAM THI SAU")
    seller.fill("#bank_account", "6220 2010 12345")
    seller.get_by_role("button", name="Tiếp tục").click()
    seller.get_by_role("button", name="Gửi để duyệt").click()
    expect(seller.locator("main h1")).to_contain_text("đang chờ duyệt")


def _review(staff: Page, name: str) -> None:
    go(staff, "/staff/sellers")
    staff.get_by_role("link", name=f"Xem và duyệt {name}").click()
    staff.wait_for_url(re.compile(r"/staff/sellers/\d+$"))
    alive(staff)
    expect(staff.locator("main")).to_contain_text("6220201012345")
    # A picture with no width was not let through to the staff's eyes.
    expect(staff.locator("main a[data-zoom] img")).to_have_js_property("naturalWidth", 900)


def _ask_for_more(seller: Page, staff: Page, name: str) -> None:
    _review(staff, name)
    staff.locator("summary", has_text="Yêu cầu bổ sung").click()
    staff.get_by_label("Số nhà, đường, ấp").check()
    staff.fill("#message", "Xin ghi thêm số nhà.")
    staff.get_by_role("button", name="Gửi lại cho người nộp").click()
    expect(seller.locator("main h1")).to_contain_text("cần bổ sung", timeout=10_000)
    expect(seller.locator("main")).to_contain_text("Xin ghi thêm số nhà.")
    seller.get_by_role("button", name="Sửa và gửi lại").click()
    seller.get_by_role("button", name="Tiếp tục").click()
    seller.fill("#street", "Số 12, ấp 4")
    for _ in range(3):
        title = seller.locator("main h1").inner_text()
        seller.get_by_role("button", name="Tiếp tục").click()
        expect(seller.locator("main h1")).not_to_have_text(title)
    seller.get_by_role("button", name="Gửi để duyệt").click()
    # The open review hears that it was sent again.
    expect(staff.locator("main")).to_contain_text("Số 12, ấp 4", timeout=10_000)


def _approve(staff: Page) -> None:
    button = staff.get_by_role("button", name="Duyệt, cho mở bán")
    button.click()
    expect(button).to_have_count(0)


def _add_product(seller: Page, name: str, photo: Path) -> str:
    go(seller, "/seller/products/new")
    seller.set_input_files("input[type=file]", photo)
    seller.fill("#name", name)
    seller.select_option("#category", "trai-cay")
    seller.select_option("#unit", "kg")
    seller.fill("#stock", "20")
    seller.fill("#price", "65.000")
    seller.fill("#step", "0,5")
    seller.fill("#minimum", "1")
    seller.dblclick("main form button[type=submit]")
    seller.wait_for_url(re.compile(r"/seller/products/\d+$"))
    expect(seller.locator("main li img[src^='/media/']")).to_have_count(1, timeout=20_000)
    return seller.locator("main a[href^='/p/']").get_attribute("href") or ""


def _fill_basket(shopper: Page, address_of_goods: str, quantity: str) -> None:
    go(shopper, address_of_goods)
    shopper.fill("#quantity", quantity)
    shopper.get_by_role("button", name="Thêm vào giỏ").click()
    expect(shopper.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()


def _check_out(shopper: Page) -> list[str]:
    go(shopper, "/basket")
    shopper.click("main a[href='/checkout']")
    shopper.wait_for_url("**/checkout")
    alive(shopper)
    review = shopper.get_by_role("button", name="Xem hợp đồng")
    review.click()
    expect(shopper.locator("#problem-name")).to_have_text("Mục này chưa điền.")
    expect(shopper.locator("#name")).to_be_focused()
    expect(shopper.locator("#name")).to_have_attribute("aria-invalid", "true")
    expect(shopper.locator("#email")).to_have_attribute("aria-invalid", "false")
    shopper.fill("#name", "Nguyễn Thị Hoa")
    shopper.fill("#phone", "12")
    shopper.locator("#commune").press_sequentially("hung loi ninh", delay=30)
    shopper.locator("#commune-suggestions [role=option]").first.click()
    shopper.fill("#street", "12 Trần Hưng Đạo")
    review.click()
    expect(shopper.locator("#problem-phone")).not_to_be_empty()
    expect(shopper.locator("#name")).to_have_value("Nguyễn Thị Hoa")
    shopper.fill("#phone", "0912 345 678")
    review.click()
    expect(shopper.locator("main")).to_contain_text("Các bên")
    shopper.get_by_role("button", name="Quay lại sửa").click()
    expect(shopper.locator("#street")).to_have_value("12 Trần Hưng Đạo")
    shopper.get_by_role("button", name="Xem hợp đồng").click()
    order = shopper.get_by_role("button", name="Tôi đồng ý và đặt hàng")
    order.click()
    expect(shopper.locator("#problem-agree")).not_to_be_empty()
    shopper.check("input[name=agree]")
    order.dblclick()
    expect(shopper.locator("main")).to_contain_text("Đã đặt hàng")
    return [link.get_attribute("href") or "" for link in shopper.locator("main a[href^='/orders/']").all()]


def test_a_new_seller_a_guest_the_staff_and_anyone_see_the_first_sale_through(
    open_page: OpenPage, tmp_path: Path
) -> None:
    seller, staff, shopper = open_page(PHONE), open_page(DESK), open_page(PHONE)
    photo = _photo(tmp_path)
    _open_shop(seller, "Vườn Sáu Phạm", "0977 123 456", photo)
    sign_in(staff, "tinh@choque.example", "/staff")
    _ask_for_more(seller, staff, "Vườn Sáu Phạm")
    _approve(staff)
    expect(seller.locator("main h1")).to_contain_text("đã mở", timeout=10_000)
    goods = _add_product(seller, "Xoài tứ quý vườn Sáu Phạm", photo)

    go(shopper, "/")
    shopper.fill("input[name=q]", "xoai tu quy vuon sau pham")
    shopper.press("input[name=q]", "Enter")
    shopper.wait_for_url("**/search**")
    alive(shopper)
    shopper.locator(f"main a[href='{goods}']").click()
    shopper.wait_for_url("**/p/**")
    _fill_basket(shopper, goods, "1.5")
    go(shopper, "/search?sort=price_asc")
    others = [link.get_attribute("href") or "" for link in shopper.locator("main ul a[href^='/p/']").all()]
    other = next(link for link in others if link != goods)
    go(shopper, other)
    shopper.get_by_role("button", name="Thêm vào giỏ").click()
    expect(shopper.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    links = _check_out(shopper)
    assert len(links) == 2

    sign_in(seller, "0977123456", "/seller") if "/sign-in" in seller.url else go(seller, "/seller")
    expect(seller.locator("main")).to_contain_text("1,5 kg Xoài tứ quý vườn Sáu Phạm", timeout=10_000)
    number = seller.locator("main a[href^='/seller/orders/']").first.inner_text()
    link = next(link for link in links if number in link)
    go(shopper, link)
    expect(shopper.locator("main")).to_contain_text("Chờ người bán nhận")

    go(seller, f"/seller/orders/{number}")
    seller.get_by_role("button", name="Nhận đơn và ký").click()
    expect(shopper.locator("main")).to_contain_text("Đã giao kết", timeout=10_000)
    for step in ("Đã đóng gói", "Đã giao cho người chở", "Khách đã nhận hàng", "Đã thu tiền mặt"):
        seller.get_by_role("button", name=step).click()
        expect(seller.get_by_role("button", name=step)).to_have_count(0)
    expect(shopper.locator("main")).to_contain_text("Hoàn tất", timeout=10_000)
    expect(shopper.locator("main")).to_contain_text("Đã thu đủ tiền")

    go(shopper, goods)
    expect(shopper.locator("main")).to_contain_text("còn 18,5 kg")
    code = re.search(r"HD-[A-Z0-9-]+", _text(shopper, link))
    assert code is not None
    anyone = open_page(DESK)
    go(anyone, f"/verify/{code[0]}")
    expect(anyone.locator("main")).to_contain_text("Hợp đồng thật")
    expect(anyone.locator("main")).not_to_contain_text("Nguyễn Thị Hoa")
    document = shopper.request.get(
        shopper.evaluate("document.querySelector('a[href*=\"/pdf\"]')?.href") or _pdf(shopper, link)
    )
    assert document.status == 200
    assert document.body().startswith(b"%PDF")


def _text(page: Page, link: str) -> str:
    go(page, link)
    return page.locator("main").inner_text()


def _pdf(page: Page, link: str) -> str:
    go(page, link)
    return page.locator("main a[href*='/pdf']").get_attribute("href") or ""
