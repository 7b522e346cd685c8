"""A product's page: its pictures looked at by every means, and delivery to the shopper's commune."""

from __future__ import annotations

import json
import urllib.request

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go


def _with_pictures(address: str, least: int = 2) -> str:
    with urllib.request.urlopen(f"{address}/api/v1/products?limit=60", timeout=10) as answer:
        slugs = [item["slug"] for item in json.load(answer)["items"]]
    for slug in slugs:
        with urllib.request.urlopen(f"{address}/api/v1/products/{slug}", timeout=10) as answer:
            if len(json.load(answer)["pictures"]) >= least:
                return f"/p/{slug}"
    raise AssertionError("no product has so many pictures")


def _at(page: Page) -> int:
    return int(page.locator("main [data-gallery]").evaluate("row => Math.round(row.scrollLeft / row.clientWidth)"))


def test_arrows_small_pictures_and_keys_lead_through_the_pictures_and_the_counter_follows(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(DESK)
    go(page, _with_pictures(address))
    page.locator("main [data-gallery]").hover()
    page.get_by_role("button", name="Ảnh sau").click()
    expect(page.locator("main [data-at]")).to_have_text("2")
    expect(page.get_by_role("button", name="Xem ảnh 2")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Xem ảnh 1").click()
    expect(page.locator("main [data-at]")).to_have_text("1")
    page.locator("main [data-zoom]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("main [data-at]")).to_have_text("2")
    assert _at(page) == 1


def test_a_picture_is_looked_at_closely_and_the_focus_comes_back(open_page: OpenPage, address: str) -> None:
    page = open_page(DESK)
    go(page, _with_pictures(address))
    page.locator("main [data-zoom]").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    image = dialog.locator("img").first
    before = image.bounding_box()
    page.keyboard.press("Enter")
    expect(dialog.locator("[data-near]")).to_have_count(1)
    after = image.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.5
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(dialog.locator("[data-at]")).to_have_text("2")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # Looked through to the second one: there the page goes on.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Phóng to ảnh 2"
    assert _at(page) == 1


def test_a_finger_opens_the_close_look_before_the_page_is_alive(open_page: OpenPage, address: str) -> None:
    page = open_page(PHONE)
    page.route("**/assets/app-*.js", lambda route: route.abort())
    page.goto(_with_pictures(address))
    page.locator("main [data-zoom]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    tap = "slide => slide.dispatchEvent(new PointerEvent('click', { bubbles: true, pointerType: 'touch' }))"
    slide = page.get_by_role("dialog").get_by_role("button", name="Phóng to ảnh 1")
    slide.evaluate(tap)
    expect(page.locator("[data-near]")).to_have_count(0)
    slide.evaluate(tap)
    expect(page.locator("[data-near]")).to_have_count(1)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_without_scripts_the_pictures_stand_in_a_row_and_lead_to_themselves(open_page: OpenPage, address: str) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto(_with_pictures(address))
    links = page.locator("main [data-zoom]")
    assert links.count() >= 2
    expect(page.get_by_role("button", name="Ảnh sau")).to_be_hidden()
    answer = page.request.get(links.first.get_attribute("href") or "")
    assert answer.headers["content-type"] == "image/webp"


def test_browsers_that_take_avif_are_offered_it(open_page: OpenPage, address: str) -> None:
    page = open_page(PHONE)
    go(page, _with_pictures(address))
    shown = page.locator("main [data-gallery] img[srcset]").first
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.currentSrc").endswith(".avif")


def test_fee_and_day_to_a_commune_are_told_without_leaving_the_page_and_remembered(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(PHONE)
    path = _with_pictures(address)
    go(page, path)
    page.locator("#place").click()
    page.keyboard.type("ninh kieu", delay=40)
    page.get_by_role("option").first.click()
    delivery = page.locator("section").filter(has=page.locator("#place"))
    expect(delivery).to_contain_text("Giao đến Phường Ninh Kiều, Thành phố Cần Thơ")
    expect(delivery).to_contain_text("₫")
    expect(delivery).to_contain_text("/20")
    assert page.url.endswith(path)
    # The next visit knows it before the app is alive, and so does the list.
    page.route("**/assets/app-*.js", lambda route: route.abort())
    page.reload()
    expect(page.locator("main")).to_contain_text("Giao đến Phường Ninh Kiều")
    page.unroute("**/assets/app-*.js")
    go(page, "/search")
    page.locator(".filters-summary").click()
    page.locator(".filters a[href*='deliver_to=']").first.click()
    page.wait_for_url("**deliver_to=31135**")
    # And so does the checkout.
    go(page, path)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    go(page, "/checkout")
    expect(page.locator("#commune")).to_have_value("Phường Ninh Kiều, Thành phố Cần Thơ")


def test_before_the_page_is_alive_a_commune_is_chosen_all_the_same(open_page: OpenPage, address: str) -> None:
    page = open_page(PHONE)
    page.route("**/assets/app-*.js", lambda route: route.abort())
    page.goto(_with_pictures(address))
    page.locator("#place").click()
    page.keyboard.type("ninh kieu", delay=40)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Giao đến Phường Ninh Kiều")
    page.unroute("**/assets/app-*.js")
    page.reload()
    alive(page)
    expect(page.locator("main")).to_contain_text("Giao đến Phường Ninh Kiều")
