"""A long list grows as one nears its end, asks after a while, and is as it was when one comes back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go

GOODS = "main [data-grows] > li"
MORE = "main a[data-more]"
SAVING = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"


def _total(page: Page) -> int:
    return int((page.locator("main .num").first.text_content() or "").split()[0])


def test_more_goods_come_as_one_nears_the_end_each_once_until_there_are_no_more(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/search")
    expect(page.locator(GOODS)).to_have_count(24)
    for _ in range(4):
        page.locator(GOODS).last.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
    expect(page.locator(GOODS)).to_have_count(_total(page))
    expect(page.locator(MORE)).to_be_hidden()
    leads = [link.get_attribute("href") for link in page.locator(f"{GOODS} a").all()]
    assert len(leads) == len(set(leads))


def test_back_from_a_product_leads_to_the_same_place_of_the_list(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/search")
    page.locator(GOODS).last.scroll_into_view_if_needed()
    expect(page.locator(GOODS)).to_have_count(48)
    chosen = page.locator(GOODS).nth(40)
    chosen.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    name, top = chosen.locator("h3").text_content(), chosen.bounding_box()
    chosen.locator("a").click()
    page.wait_for_url("**/p/**")
    alive(page)
    page.go_back()
    alive(page)
    page.wait_for_timeout(400)
    assert page.locator(GOODS).count() >= 48
    again = page.locator(GOODS).nth(40)
    assert again.locator("h3").text_content() == name
    after = again.bounding_box()
    assert top is not None
    assert after is not None
    assert abs(after["y"] - top["y"]) < 8
    # Opened anew, the list begins at its beginning.
    go(page, "/")
    go(page, "/search")
    expect(page.locator(GOODS)).to_have_count(24)
    assert page.evaluate("scrollY") == 0


def test_who_saves_data_is_asked_and_goes_on_by_keyboard_from_the_first_new_product(open_page: OpenPage) -> None:
    page = open_page(DESK, language="en")
    page.add_init_script(SAVING)
    go(page, "/search")
    page.locator("footer").scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    expect(page.locator(GOODS)).to_have_count(24)
    page.locator(MORE).focus()
    page.keyboard.press("Enter")
    expect(page.locator(GOODS)).to_have_count(48)
    expect(page.locator(GOODS).nth(24).locator("a")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="24 more products.")).to_have_count(1)
    assert page.url.endswith("/search")


def test_without_scripts_the_next_page_is_a_page_of_its_own(open_page: OpenPage) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto("/search")
    page.locator(MORE).click()
    page.wait_for_url("**/search?after=*")
    expect(page.locator(GOODS).first).to_be_visible()


def test_without_a_connection_the_link_stays_and_leads_on_later(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/search")
    page.route("**/search?after=*", lambda route: route.abort())
    page.locator(GOODS).last.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    expect(page.locator(GOODS)).to_have_count(24)
    expect(page.locator(MORE)).to_be_visible()
    page.unroute("**/search?after=*")
    page.locator(MORE).click()
    expect(page.locator(GOODS)).to_have_count(48)
