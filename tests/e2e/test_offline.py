"""Without a connection: what was seen stays to be seen, what was not says so, and everything comes back by itself."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, OpenPage, alive, go, sign_in

NAMES = "async () => (await caches.keys()).map((name) => name.split('-')[0]).sort()"
SEEN = (
    "async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith('pages-'))"
    ".map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"
)


def _until(page: Page, script: str, arg: object = None) -> None:
    """Wait until what a script of the page promises is true."""
    for _ in range(120):
        if page.evaluate(script, arg):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"never came true: {script}")


def _kept(page: Page, path: str) -> None:
    """Wait until the service worker is at work and keeps a page."""
    _until(page, f"async (path) => navigator.serviceWorker.controller && (await ({SEEN})()).includes(path)", path)


def _visit_home_and_a_product(page: Page) -> str:
    go(page, "/")
    _kept(page, "/")
    path = page.locator("main a[href^='/p/']").first.get_attribute("href") or ""
    go(page, path)
    _kept(page, path)
    page.wait_for_load_state("networkidle")
    return path


def test_what_was_seen_opens_offline_with_a_notice_and_comes_alive_again(open_page: OpenPage) -> None:
    page = open_page(PHONE, worker=True)
    path = _visit_home_and_a_product(page)
    name = page.locator("h1").inner_text()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#offline")).to_contain_text("ngoại tuyến")
    picture = page.locator("[data-gallery] img[alt]:not([alt=''])").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    page.goto("/")
    expect(page.locator("#offline")).to_contain_text("giá và số hàng còn có thể đã khác")
    page.goto("/basket")
    expect(page.locator("h1")).to_have_text("Bạn đang ngoại tuyến")
    expect(page.locator("[data-seen] a").filter(has_text=name)).to_be_visible()
    page.locator("[data-seen] a").filter(has_text=name).click()
    page.wait_for_url(f"**{path}")
    page.context.set_offline(False)
    alive(page)
    expect(page.locator("#offline")).to_have_count(0)


def test_the_notice_is_in_the_readers_language(open_page: OpenPage) -> None:
    page = open_page(PHONE, language="en", worker=True)
    _visit_home_and_a_product(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#offline")).to_contain_text("You are offline. This is the page as you saw it at")


def test_nothing_of_a_person_is_kept_and_whoever_signs_out_leaves_nothing_behind(open_page: OpenPage) -> None:
    page = open_page(PHONE, worker=True)
    _visit_home_and_a_product(page)
    sign_in(page, "0900900001", "/account/orders")
    go(page, "/basket")
    go(page, "/help")
    _kept(page, "/help")
    seen = page.evaluate(SEEN)
    assert not [path for path in seen if path.startswith(("/account", "/basket", "/orders", "/checkout", "/seller"))], (
        seen
    )
    page.evaluate("document.cookie = 'commune=31117;path=/'")
    page.evaluate("localStorage.setItem('recent-searches', '[\"xoai\"]')")
    go(page, "/account")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(lambda url: "/account" not in url)
    _until(page, f"async () => !(await ({SEEN})()).includes('/help')")
    assert page.evaluate("localStorage.getItem('recent-searches')") is None
    assert "commune" not in page.evaluate("document.cookie")


def test_a_new_release_takes_the_place_of_the_old_one(open_page: OpenPage) -> None:
    page = open_page(PHONE, worker=True)
    go(page, "/")
    _kept(page, "/")
    page.evaluate("caches.open('parts-older').then((cache) => cache.put('/x', new Response('x')))")
    page.evaluate("caches.open('pages-older').then((cache) => cache.put('/y', new Response('y')))")
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.unregister())")
    page.reload()
    _until(page, "async () => !(await caches.keys()).some((name) => name.endsWith('-older'))")
    assert page.evaluate(NAMES) == ["pages", "parts", "pictures"]
