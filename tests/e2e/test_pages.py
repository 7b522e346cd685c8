"""Every page of the journey: readable without JavaScript, alive without a jump, accessible, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go, sign_in

AXE = Path(__file__).resolve().parents[2] / ".web" / "node_modules" / "axe-core" / "axe.min.js"
"""There once the app is built, which the first test that needs it sees to."""
AXE_SAVES = {"resultTypes": ["violations"], "selectors": False, "preload": False}
"""Half of its time went into paths nobody reads, and into fetching style sheets and media for rules that are not on."""
PUBLIC = (
    "/",
    "/search",
    "/search?q=khong+co+mon+nay",
    "/search?q=sau+rieg&max_price=1",
    "/c/trai-cay",
    "/verify",
    "/statistics",
    "/help",
    "/help/buying",
    "/help/errors",
)
VIETNAMESE_LETTERS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def _first_product(page: Page) -> str:
    page.goto("/search")
    return page.locator("main ul a[href^='/p/']").first.get_attribute("href") or ""


def _lots(page: Page) -> tuple[str, str, str]:
    """The lots of some goods of the seller, one of them, and its passport."""
    go(page, "/seller/products")
    links = [link.get_attribute("href") or "" for link in page.locator("main a[href^='/seller/products/']").all()]
    for product in [href for href in links if re.fullmatch(r"/seller/products/\d+", href)]:
        go(page, f"{product}/lots")
        if (found := page.locator("main a[href^='/seller/lots/']")).count():
            lot = found.first.get_attribute("href") or ""
            return f"{product}/lots", lot, lot.removeprefix("/seller").replace("/lots/", "/lot/")
    raise AssertionError("none of the seller's goods has lots")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_reads_and_leads_on_without_javascript(open_page: OpenPage, path: str) -> None:
    page = open_page(PHONE, scripts=False)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1")).to_be_visible()
    assert page.title() != ""
    for block in page.locator("script[type='application/ld+json']").all():
        assert json.loads(block.text_content() or "")["@context"] == "https://schema.org"
    assert page.locator("a[href]").count() > 3


def test_a_product_and_its_shop_are_complete_without_javascript_and_can_be_put_into_the_basket(
    open_page: OpenPage,
) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto(_first_product(page))
    expect(page.locator("main")).to_contain_text("₫")
    data = [
        json.loads(block.text_content() or "") for block in page.locator("script[type='application/ld+json']").all()
    ]
    assert {"Product", "BreadcrumbList"} <= {item["@type"] for item in data}
    page.locator("main a[href^='/s/']").first.click()
    expect(page.locator("main")).to_contain_text("Thông tin người bán")


def test_an_unknown_product_is_a_real_404_that_leads_on(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    answer = page.goto("/p/khong-co-that")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main a[href='/search']")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/search", "/c/trai-cay"])
def test_the_live_page_takes_over_without_a_jump(open_page: OpenPage, path: str) -> None:
    page = open_page(PHONE)
    page.add_init_script(
        "window.tops=[];(function look(){const h=document.querySelector('main h1');"
        "if(h)window.tops.push(Math.round(h.getBoundingClientRect().top));requestAnimationFrame(look)})()"
    )
    go(page, path)
    page.wait_for_timeout(300)
    assert len(set(page.evaluate("window.tops"))) == 1


def test_what_was_typed_before_the_page_was_alive_stays(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto("/", wait_until="commit")
    page.wait_for_selector("input[name=q]")
    page.fill("input[name=q]", "mật ong")
    alive(page)
    expect(page.locator("input[name=q]")).to_have_value("mật ong")


def test_language_and_theme_switch_anywhere_and_stay(open_page: OpenPage) -> None:
    page = open_page(DESK)
    go(page, "/c/trai-cay")
    page.click("footer a[href*='language=en']")
    page.wait_for_url("**/c/trai-cay")
    alive(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main h1")).to_have_text("Fruit")
    page.click("footer a[href*='theme=dark']")
    alive(page)
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_an_open_page_outlives_a_new_version_that_took_its_parts_away(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    sign_in(page, "0900 900 002", "/seller")
    asked = []

    def gone_once(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=404)
        else:
            route.continue_()

    page.route("**/assets/_seller_._products_._index-*.js", gone_once)
    page.locator("a[href='/seller/products']").first.click()
    expect(page.locator("main h1")).to_have_text("Hàng của tôi")
    assert len(asked) == 2


def test_a_page_of_an_older_version_says_so_in_the_readers_language(open_page: OpenPage) -> None:
    page = open_page(PHONE)

    def older(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda said: server.send(re.sub(r'("state_schema":")\w+', r"\1older", str(said))))

    page.route_web_socket(re.compile("_event"), older)
    # It was loaded anew a moment ago already, which did not help.
    page.add_init_script("sessionStorage.setItem('reflex_last_reloaded_on_error', String(Date.now()))")
    page.goto("/")
    expect(page.locator("#notice")).to_contain_text("Chợ có phiên bản mới", timeout=15_000)
    assert "new version" not in page.locator("body").inner_text()
    expect(page.locator("#notice").get_by_role("button", name="Tải lại")).to_be_visible()


def test_figures_of_a_column_stand_below_each_other(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/search")
    widths = page.evaluate(
        """async () => {
            await document.fonts.ready;
            return ["400", "600"].map((weight) => ["1.111.111 ₫", "4.080.964 ₫"].map((price) => {
                const figure = Object.assign(document.createElement("span"), { className: "num", textContent: price });
                figure.style.fontWeight = weight;
                document.querySelector("main").append(figure);
                return figure.getBoundingClientRect().width;
            }));
        }"""
    )
    for ones, others in widths:
        assert ones == pytest.approx(others)


def test_changing_the_colours_or_the_language_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    go(page, "/account/sign-up")
    page.fill("#name", "Nguyễn Thị Hoa")
    page.click("footer a[href*='theme=dark']")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    expect(page.locator("#name")).to_have_value("Nguyễn Thị Hoa")
    page.click("footer a[href*='language=en']")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    alive(page)
    expect(page.locator("#name")).to_have_value("Nguyễn Thị Hoa")


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_and_back(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    sign_in(page, "0900 900 002", "/seller/products/new")
    for name, typed in {"name": "Xoài cát", "stock": "20", "price": "65.000", "step": "0,5", "minimum": "1"}.items():
        page.fill(f"#{name}", typed)
    page.select_option("#category", "trai-cay")
    page.select_option("#unit", "kg")
    page.request.post("/account/sign-out")
    page.locator("main form button[type=submit]").last.click()
    notice = page.locator("#notice")
    expect(notice).to_contain_text("Hãy đăng nhập")
    expect(page.locator("#name")).to_have_value("Xoài cát")
    notice.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/account/sign-in?next=%2Fseller%2Fproducts%2Fnew")


def test_a_page_there_is_not_stays_ours_when_the_app_comes_alive(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    answer = page.goto("/khong-co-trang-nay", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main h1")).to_have_text("Không có trang này")
    expect(page.locator("main a[href='/search']")).to_be_visible()


def test_english_pages_keep_no_vietnamese_of_ours(open_page: OpenPage) -> None:
    page = open_page(DESK, language="en")
    for path in (
        "/account/sign-in",
        "/account/sign-up",
        "/basket",
        "/checkout",
        "/verify",
        "/account",
        "/seller/start",
        "/help",
        "/help/selling",
        "/help/contracts",
        "/help/privacy",
        "/help/complaints",
        "/help/errors",
    ):
        go(page, path)
        shown = page.locator("body").inner_text().replace("Chợ Quê", "").replace("Tiếng Việt", "")
        assert not VIETNAMESE_LETTERS.search(shown), (path, VIETNAMESE_LETTERS.search(shown))


def test_axe_finds_nothing_serious_on_any_page_of_the_journey(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    found = {}
    product = _first_product(page)
    go(page, product)
    page.get_by_role("button", name="Thêm vào giỏ").click()
    expect(page.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    shop = page.locator("main a[href^='/s/']").first.get_attribute("href") or ""
    for path in (
        *PUBLIC,
        product,
        f"{product}/reviews",
        shop,
        "/basket",
        "/checkout",
        "/account",
        "/account/sign-in",
        "/account/sign-up",
        "/seller/start",
    ):
        found[path] = _serious(page, path)
    sign_in(page, "0900 900 002", "/seller")
    for path in (
        "/seller",
        "/seller/orders",
        "/seller/products",
        "/seller/products/new",
        "/seller/products/import",
        "/seller/shop",
        "/seller/shop/sections",
        "/seller/shop/preview",
        "/seller/reviews",
        "/seller/reports",
        "/account/shops",
        "/account/security",
        "/seller/people",
        "/account/data",
        "/account/addresses",
        "/account/code",
        "/seller/delivery",
        "/seller/runs",
        *_lots(page),
    ):
        found[path] = _serious(page, path)
    staff = open_page(DESK)
    sign_in(staff, "tinh@choque.example", "/staff")
    for path in ("/staff", "/staff/sellers", "/staff/lots", "/staff/figures", "/staff/reviews"):
        found[path] = _serious(staff, path)
    assert {path: faults for path, faults in found.items() if faults} == {}


def _serious(page: Page, path: str) -> list[str]:
    """Serious faults of a page on a phone and on a desk, and what is hard to read on a dark ground."""
    page.emulate_media(reduced_motion="reduce")
    go(page, path)
    # Through the protocol, since the page's own policy allows no foreign script.
    page.evaluate(AXE.read_text("utf-8"))
    faults = []
    for name, screen in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(screen)  # type: ignore[arg-type]
        for shade, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            page.evaluate("shade => { document.documentElement.className = shade }", shade)
            result = page.evaluate("options => axe.run(document, options)", {**AXE_SAVES, **rules})
            faults += [
                f"{name} {shade} {fault['id']}: {fault['nodes'][0]['html'][:160]}"
                for fault in result["violations"]
                if fault["impact"] in {"serious", "critical"}
            ]
    return faults
