"""A shop's page: all of it before any script runs, its goods to search, its reviews told to search engines."""

from __future__ import annotations

import re

import pytest

from marketplace.accounts import service as accounts
from marketplace.accounts.views import GUEST, Person
from marketplace.base import clock, db
from marketplace.base.errors import NotFound
from marketplace.base.web import session_cookie_name
from marketplace.catalog import service as catalog
from marketplace.orders.service import reviewing
from marketplace.reviews import service as reviews
from marketplace.reviews.commands import AnswerDraft, Judgement, ReviewDraft
from marketplace.sellers import service as sellers
from marketplace.sellers.commands import ShopDraft
from marketplace.sellers.rules import SellerStatus
from marketplace.storefront import service as storefront
from tests.factories import NOW, make_account, make_owner, make_person, make_product, make_seller, make_staff
from tests.reviews.bought import Bought, received
from tests.storefront.test_http import post, structured, visit
from tests.storefront.test_sharing import picture_named


def _shop() -> tuple[int, Person, str]:
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
    return seller_id, owner, f"/s/gian-hang-{seller_id}"


@pytest.mark.usefixtures("database")
def test_what_the_owner_says_is_on_the_page_at_once_and_harmless() -> None:
    seller_id, owner, path = _shop()
    with db.write() as session:
        sku = make_product(session, "Chôm chôm nhãn", seller_id=seller_id)
    before = visit(path).text
    assert "shop-leaf" in before
    hours = (("06:00", "17:00"),) * 6 + (("", ""),)
    story = "Vườn <script>alert(1)</script> ba đời.\nHái lúc sáng."
    db.write_now(sellers.present_shop, owner, ShopDraft(story, "lotus", "10.04, 105.80", hours, (0, 1)), NOW)
    with db.write() as session:
        section = catalog.add_section(session, owner, "Nên thử <b>ngay</b>", "chosen", "", NOW)
        catalog.choose_product(session, owner, section, sku.product_id, NOW)
    page = visit(path).text
    assert "shop-lotus" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "Nên thử &lt;b&gt;ngay&lt;/b&gt;" in page
    for words in ("Hái lúc sáng.", "Thứ hai – Thứ bảy", "06:00 – 17:00", "Thứ hai, Thứ ba", "12 ấp Mỹ Thuận"):
        assert words in page
    (data,) = (block for block in structured(page) if block["@type"] == "Store")
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 10.04, "longitude": 105.8}
    assert len(data["openingHoursSpecification"]) == 6
    assert "aggregateRating" not in data
    assert re.search(r"<svg[^>]* viewBox=\"0 0 320 \d+\"", page)


@pytest.mark.usefixtures("sqlite_database")
def test_goods_are_looked_for_within_the_shop() -> None:
    seller_id, owner, path = _shop()
    with db.write() as session:
        for name in ("Gạo ST25", "Nếp than"):
            make_product(session, name, seller_id=seller_id)
        make_product(session, "Gạo của người khác")
        catalog.add_section(session, owner, "Khách hay mua", "best_sellers", "", NOW)
    assert "Khách hay mua" in visit(path).text
    found = visit(path, params={"q": "gao"}).text
    assert "Gạo ST25" in found
    assert not {"Nếp than", "Gạo của người khác", "Khách hay mua"} & set(re.findall(r"[^<>]+", found))
    assert '<meta name="robots" content="noindex' in found
    assert "Gian hàng không có món như vậy" in visit(path, params={"q": "tôm hùm"}).text


@pytest.mark.usefixtures("sqlite_database")
def test_a_shared_shop_shows_a_picture_of_itself() -> None:
    _, owner, path = _shop()
    first = picture_named(visit(path))
    assert first.startswith(f"{path}/share-")
    drawn = visit(first)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/jpeg")
    assert visit(f"{path}/share-{'0' * 32}.jpg").headers["location"] == first
    assert owner.signed_in


@pytest.mark.usefixtures("database")
def test_following_works_before_the_page_is_alive_and_leads_a_guest_to_sign_in() -> None:
    _, _, path = _shop()
    with db.write() as session:
        token = accounts.open_session(session, make_account(session), "test", clock.now())
    assert "người theo dõi" not in visit(path).text
    guest = post(f"{path}/follow")
    assert (guest.status_code, guest.headers["location"]) == (303, f"/account/sign-in?next={path}")
    known = post(f"{path}/follow", headers={"cookie": f"{session_cookie_name()}={token}"})
    assert (known.status_code, known.headers["location"]) == (303, path)
    assert "1 người theo dõi" in visit(path).text


@pytest.mark.usefixtures("database")
def test_reviews_show_everywhere_at_once_and_go_with_their_hiding() -> None:
    with db.write() as session:
        bought = received(session)
        staff = make_staff(session)
        slug = catalog.named_products(session, [bought.product_id])[bought.product_id].href.removeprefix("/p/")
    product, shop = f"/p/{slug}", f"/s/gian-hang-{bought.seller_id}"
    places = (product, f"{product}/reviews", f"/api/v1/products/{slug}/reviews")
    assert "aggregateRating" not in visit(product).text
    _write(bought, ReviewDraft(stars=4, text="Ngọt <i>thanh</i>"))
    page = visit(product).text
    (data,) = (block for block in structured(page) if block["@type"] == "Product")
    assert data["aggregateRating"]["ratingValue"] == 4.0
    assert data["aggregateRating"]["reviewCount"] == 1
    assert "Ngọt &lt;i&gt;thanh&lt;/i&gt;" in page
    assert "Trần T. B." in page
    assert "★ 4,0" in visit("/search").text
    assert "1 đánh giá" in visit(shop).text
    card = visit("/api/v1/products").json()["items"][0]
    assert (card["rating"], card["reviews"]) == (4.0, 1)
    assert visit(f"/api/v1/stores/gian-hang-{bought.seller_id}").json()["rating"] == 4.0
    found = visit(f"/api/v1/products/{slug}/reviews").json()
    assert (found["total"], found["rating"], found["stars"]["4"]) == (1, 4.0, 1)
    assert found["items"][0]["author"] == "Trần T. B."
    assert visit(f"/api/v1/products/{slug}/reviews", params={"stars": 5}).json()["items"] == []
    review_id = found["items"][0]["id"]
    db.write_now(reviews.answer, bought.owner, AnswerDraft(review_id=review_id, text="Cảm ơn cô Bưởi"), NOW)
    assert "Cảm ơn cô Bưởi" in visit(product).text
    assert "Cảm ơn cô Bưởi" in visit(f"{product}/reviews").text
    db.write_now(reviews.hide, staff, Judgement(review_id=review_id, text="Thử"), NOW)
    assert not any("Trần T. B." in visit(place).text for place in places)
    assert visit("/api/v1/products").json()["items"][0]["rating"] is None
    assert "aggregateRating" not in visit(product).text


def _write(bought: Bought, draft: ReviewDraft) -> None:
    db.write_now(reviewing.write_review, GUEST, bought.number, bought.line_id, bought.key, draft, NOW)


@pytest.mark.usefixtures("sqlite_database")
def test_all_reviews_are_read_page_by_page_and_by_stars_without_javascript() -> None:
    with db.write() as session:
        first = received(session)
        for number in range(12):
            bought = received(session, of=first)
            draft = ReviewDraft(stars=5 if number % 2 else 3, text=f"Lần thứ {number}")
            reviewing.write_review(session, GUEST, bought.number, bought.line_id, bought.key, draft, NOW)
        slug = catalog.named_products(session, [first.product_id])[first.product_id].href.removeprefix("/p/")
    path = f"/p/{slug}/reviews"
    page = visit(path).text
    assert "Lần thứ 11" in page
    assert "Lần thứ 1<" not in page
    following = re.search(r'href="(/p/[^"]+after=[^"]+)"', page)
    assert following
    assert "Lần thứ 1<" in visit(following[1].replace("&amp;", "&")).text
    threes = visit(path, params={"stars": 3}).text
    assert "Lần thứ 10" in threes
    assert "Lần thứ 11" not in threes
    for junk in ("after=x", "stars=9", "stars=a&after=%00"):
        assert visit(f"{path}?{junk}").status_code == 200
    assert visit("/p/khong-co/reviews").status_code == 404


@pytest.mark.usefixtures("sqlite_database")
def test_the_owner_sees_the_page_before_shoppers_may() -> None:
    with db.write() as session:
        seller_id = make_seller(session, "Vườn Chờ Duyệt", status=SellerStatus.APPLIED)
        owner, stranger = make_owner(session, seller_id), make_person(session, make_account(session))
    assert visit(f"/s/gian-hang-{seller_id}").status_code == 404
    assert db.read_now(storefront.own_store, owner, "vi", NOW).name == "Vườn Chờ Duyệt"
    with pytest.raises(NotFound):
        db.read_now(storefront.own_store, stranger, "vi", NOW)
