"""A seller's goods in a real browser: what is typed and what is sold meanwhile are both kept."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, OpenPage, alive, go, sign_in

UPRIGHT = 6
"""EXIF's word for a photo whose camera was held upright."""


def _lying_photo(folder: Path) -> Path:
    """A portrait, blue sky above, as phones store it: lying on its side, with a note to turn it."""
    portrait = Image.effect_noise((1800, 2600), 90).convert("RGB")
    portrait.paste((20, 60, 200), (0, 0, 1800, 900))
    exif = Image.Exif()
    exif[0x0112] = UPRIGHT
    path = folder / "vuon.jpg"
    portrait.rotate(90, expand=True).save(path, "JPEG", quality=95, exif=exif)
    return path


def _fill(seller: Page, name: str) -> None:
    seller.fill("#name", name)
    seller.select_option("#category", "trai-cay")
    seller.fill("#price", "65k")
    seller.fill("#stock", "1.500")


def test_a_new_product_made_with_an_impatient_thumb_is_one_with_its_photo_upright_and_small(
    open_page: OpenPage, tmp_path: Path
) -> None:
    seller = open_page(PHONE)
    sign_in(seller, "0900 900 002", "/seller/products/new")
    photo, unreadable = _lying_photo(tmp_path), tmp_path / "anh.jpg"
    unreadable.write_bytes(b"not a picture " * 100)
    seller.set_input_files("input[type=file]", [photo, unreadable])
    expect(seller.locator("#photos li")).to_have_count(2)
    save = seller.get_by_role("button", name="Đăng bán")
    save.click()
    expect(seller.locator("#problem-name")).not_to_be_empty()
    expect(seller.locator("#name")).to_have_attribute("aria-invalid", "true")
    expect(seller.locator("#name")).to_be_focused()
    _fill(seller, "Ổi lê vườn thử")
    expect(seller.get_by_text(re.compile(r"Bạn nhận 63\.700.₫ mỗi kg"))).to_be_visible()
    sent: list[int] = []
    seller.on(
        "request",
        lambda request: (
            sent.append(int(request.header_value("content-length") or 0)) if request.url.endswith("/pictures") else None
        ),
    )
    save.dblclick()
    seller.wait_for_url(re.compile(r"/seller/products/\d+$"))
    expect(seller.locator("main")).to_contain_text("Đã đăng bán")
    cover = seller.locator("main li img[src^='/media/']")
    expect(cover).to_have_count(1, timeout=20_000)
    expect(seller.locator("#photos li")).to_contain_text("không phải ảnh JPEG")
    assert 0 < sent[0] < photo.stat().st_size / 2
    expect(seller.locator("#stock")).to_have_value("1500")
    cover.evaluate("image => image.decode()")
    wide, high, blue = cover.evaluate(
        "image => { const c = document.createElement('canvas'); c.width = c.height = 9; const p = c.getContext('2d');"
        "p.drawImage(image, 0, 0, 9, 9); const d = p.getImageData(4, 1, 1, 1).data;"
        "return [image.naturalWidth, image.naturalHeight, d[2] - d[0]] }"
    )
    assert wide < high
    assert blue > 100
    go(seller, "/seller/products")
    seller.get_by_label("Tìm trong hàng của tôi").fill("oi le vuon thu")
    expect(seller.locator("main ul > li")).to_have_count(1)


def test_what_changed_while_a_form_was_open_is_neither_undone_nor_does_it_undo_what_was_typed(
    open_page: OpenPage,
) -> None:
    seller = open_page(PHONE)
    sign_in(seller, "0900 900 002", "/seller/products")
    row = seller.locator("main ul > li").first
    price, stock = row.get_by_label("Giá"), row.get_by_label("Còn trong kho")
    form = seller.context.new_page()
    form.goto(row.locator("a[href^='/seller/products/']").first.get_attribute("href") or "")
    alive(form)
    drawn = form.input_value("#stock")

    stock.fill("777")
    stock.press("Enter")
    expect(row).to_contain_text("Đã lưu tồn kho 777")
    price.fill("72k5")
    price.press("Enter")
    expect(row).to_contain_text("Đã lưu giá 72.500")
    expect(price).to_have_value("72.500")
    price.fill("72.5")
    price.press("Enter")
    expect(row.get_by_role("alert").first).to_contain_text("Chưa đọc được số tiền")
    expect(price).to_have_value("72.5")

    form.fill("#price", "80.000")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    expect(form.locator("#stock")).to_have_value("777")
    assert drawn != "777"

    form.fill("#stock", "500")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    stock.fill("900")
    stock.press("Enter")
    expect(row).to_contain_text("lúc bạn xem là 777, giờ là 500")
    expect(stock).to_have_value("900")
    row.get_by_role("button", name="Vẫn lưu 900").click()
    expect(row).to_contain_text("Đã lưu tồn kho 900")

    go(seller, "/seller/products")
    form.fill("#stock", "321")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form.locator("#problem-stock")).to_contain_text("lúc bạn xem là 500, giờ là 900")
    expect(form.locator("#stock")).to_have_value("321")
    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form.get_by_role("status").filter(has_text="Đã lưu")).to_be_visible()
    go(seller, "/seller/products")
    expect(stock).to_have_value("321")
