"""The search box proposes while one types, on a phone and by keyboard, and remembers only in this browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go

BOX = "header input[name=q]"
LIST = "#search-suggestions"


def test_a_query_is_chosen_by_arrows_and_searched_by_enter_and_remembered_here(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/")
    box, options = page.locator(BOX), page.locator(f"{LIST} [role=option]")
    box.click()
    expect(page.locator(LIST)).to_be_hidden()
    with page.expect_response("**/api/v1/suggestions?**"):
        box.press_sequentially("sau r", delay=20)
    expect(options.first).to_have_text("sầu riêng")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "no option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.locator(LIST)).to_be_hidden()
    expect(box).to_have_value("sau r")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search?q=s%E1%BA%A7u+ri%C3%AAng")
    alive(page)
    expect(page.locator("h1")).to_contain_text("sầu riêng")

    box.fill("")
    expect(options).to_have_text(["sầu riêngĐã tìm", "Xóa những gì đã tìm"])
    options.last.click()
    expect(page.locator(LIST)).to_be_hidden()
    assert page.evaluate("() => localStorage.getItem('recent-searches')") is None


def test_enter_without_a_choice_searches_for_what_was_typed_and_a_product_leads_to_its_page(
    open_page: OpenPage,
) -> None:
    page = open_page(DESK, language="en")
    go(page, "/")
    box = page.locator(BOX)
    box.press_sequentially("xoai cat", delay=20)
    goods = page.locator(f"{LIST} [role=option]:has(img)")
    expect(goods.first).to_contain_text("₫")
    box.press("Enter")
    page.wait_for_url("**/search?q=xoai+cat")
    alive(page)
    box.focus()
    goods.first.click()
    page.wait_for_url("**/p/**")


def test_the_box_is_a_plain_form_without_scripts(open_page: OpenPage) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto("/")
    page.fill(BOX, "gao")
    page.press(BOX, "Enter")
    page.wait_for_url("**/search?q=gao")
    expect(page.locator(LIST)).to_be_hidden()
