"""The whole way from a search to an order without a mouse or a finger."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, OpenPage, alive, go


def _tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until what the selector names has the focus, visibly."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
    else:
        raise AssertionError(f"{selector} is not reached by Tab")
    ring = page.evaluate(
        "() => { const shown = [document.activeElement, document.activeElement.parentElement]"
        ".map((element) => getComputedStyle(element));"
        " return shown.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) }"
    )
    assert ring, f"{selector} shows no focus"


def _fill_the_basket(page: Page) -> None:
    go(page, "/")
    _tab_to(page, "input[name=q]")
    page.keyboard.type("gao")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    alive(page)
    _tab_to(page, "main a[href^='/p/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/p/**")
    alive(page)
    _tab_to(page, "#quantity")
    before = page.locator("#quantity").input_value()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#quantity")).not_to_have_value(before)
    _tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()


def _pick_commune(page: Page) -> None:
    _tab_to(page, "#commune")
    page.keyboard.type("ninh kieu", delay=30)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#commune")).to_have_attribute(
        "aria-activedescendant", options.first.get_attribute("id") or "no option"
    )
    page.keyboard.press("Enter")
    expect(page.locator("#commune")).to_have_value("Phường Ninh Kiều, Thành phố Cần Thơ")


def test_the_first_stop_leads_past_the_header(open_page: OpenPage) -> None:
    page = open_page(DESK)
    go(page, "/")
    page.keyboard.press("Tab")
    expect(page.locator("a[href='#main']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_shopper_without_a_mouse_searches_fills_the_basket_and_orders(open_page: OpenPage) -> None:
    page = open_page(DESK)
    _fill_the_basket(page)
    go(page, "/basket")
    _tab_to(page, "main a[href='/checkout']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout")
    alive(page)

    _tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("Nguyễn Thị Hoa")
    _tab_to(page, "#phone")
    page.keyboard.type("0912345678")
    _pick_commune(page)
    _tab_to(page, "#street")
    page.keyboard.type("12 Trần Hưng Đạo")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Các bên")
    expect(page.locator("main h1")).to_be_focused()
    _tab_to(page, "input[name=agree]")
    page.keyboard.press("Space")
    _tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Đã đặt hàng")
    expect(page.locator("main h1")).to_be_focused()
    _tab_to(page, "main a[href^='/orders/']")
