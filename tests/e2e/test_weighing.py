"""Goods ordered by the piece and paid by weight, in real browsers: from the shelf over the scales to the buyer's page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import APIRequestContext, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, go, sign_in


def _weighed_goods(request: APIRequestContext, store: str) -> dict[str, Any]:
    found = request.get(f"/api/v1/products?store={store}&limit=60").json()["items"]
    return next(item for item in found if item["weighed"] and item["in_stock"])


def _order(request: APIRequestContext, sku: str) -> dict[str, Any]:
    basket = request.post("/api/v1/baskets").json()["id"]
    line = request.put(f"/api/v1/baskets/{basket}/lines/{sku}", data={"quantity": "1"})
    assert line.ok, line.text()
    commune = request.get("/api/v1/communes?q=hung loi ninh").json()[0]["code"]
    details = {
        "buyer": {"name": "Nguyễn Thị Hoa", "phone": "0912 345 678"},
        "address": {"commune": commune, "street": "12 Trần Hưng Đạo"},
    }
    reviewed = request.post(f"/api/v1/baskets/{basket}/review", data=details).json()
    accepted = {**details, "accepted_terms_hash": reviewed["terms_hash"]}
    headers = {"Idempotency-Key": f"weighing-{basket}"}
    placed = request.post(f"/api/v1/baskets/{basket}/checkout", data=accepted, headers=headers)
    assert placed.ok, placed.text()
    answer: dict[str, Any] = placed.json()["orders"][0]
    return answer


def test_a_piece_is_weighed_when_packed_and_both_sides_see_what_it_comes_to(open_page: OpenPage) -> None:
    seller, buyer = open_page(DESK), open_page(PHONE)
    sign_in(seller, "0900900002", "/seller")
    store = (seller.locator("main a[href^='/s/']").first.get_attribute("href") or "").removeprefix("/s/")
    goods = _weighed_goods(buyer.request, store)
    weighed = goods["weighed"]
    assert goods["price"] == weighed["highest"]
    go(buyer, f"/p/{goods['slug']}")
    expect(buyer.locator("main")).to_contain_text("kg · khoảng")
    buyer.get_by_role("button", name="Thêm vào giỏ").click()
    expect(buyer.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    go(buyer, "/basket")
    expect(buyer.locator("main")).to_contain_text("tối đa")

    order = _order(buyer.request, goods["sku"])
    assert order["estimated"]
    go(buyer, f"/orders/{order['number']}?key={order['access_key']}")
    expect(buyer.locator("main")).to_contain_text("tối đa")
    go(seller, f"/seller/orders/{order['number']}")
    seller.get_by_role("button", name="Nhận đơn và ký").click()
    pack = seller.get_by_role("button", name="Đã đóng gói")
    weight = seller.locator("input[name^=weight_]")
    problem = seller.locator("[id^=problem-weight_]")
    pack.click()
    expect(problem).to_contain_text("Hãy cân rồi ghi khối lượng")
    expect(weight).to_have_attribute("aria-invalid", "true")
    weight.fill(str(weighed["from_grams"]))
    pack.click()
    expect(problem).to_contain_text("dấu phẩy")
    expect(weight).to_have_value(str(weighed["from_grams"]))
    grams = weighed["from_grams"] + 50
    weight.fill(f"{grams / 1000:.2f}".replace(".", ","))
    pack.click()
    expect(pack).to_have_count(0)
    final = f"{weighed['price_per_kg'] * grams // 1000:,}".replace(",", ".")
    for page in (seller, buyer):
        expect(page.locator("main")).to_contain_text("cân được", timeout=10_000)
        expect(page.locator("main")).to_contain_text(final)
        expect(page.locator("main")).not_to_contain_text("tối đa")
    document = buyer.request.get(buyer.locator("main a[href*='/pdf']").get_attribute("href") or "")
    assert document.body().startswith(b"%PDF")
