"""One product: as shoppers see it, and as baskets and orders need it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from marketplace.accounts.views import GUEST
from marketplace.base.errors import NotFound, NotSignedIn
from marketplace.base.media import StoredPicture
from marketplace.catalog import service as catalog
from marketplace.catalog import stock
from marketplace.catalog.models import Product
from marketplace.catalog.rules import ProductStatus, Unit
from marketplace.sellers.rules import SellerStatus
from tests.catalog.counting import counting
from tests.factories import NOW, make_category, make_owner, make_product, make_seller


def slug_of(session: Session, product_id: int) -> str:
    return session.get_one(Product, product_id).slug


def test_a_products_page_has_all_it_shows(session: Session) -> None:
    fruit = make_category(session, "Trái cây")
    pomelos = make_category(session, "Bưởi", parent_id=fruit)
    seller_id = make_seller(session)
    sku = make_product(
        session, "Bưởi da xanh", seller_id=seller_id, category_id=pomelos, on_hand=12_500, ocop=(4, date(2026, 1, 5))
    )
    make_product(session, "Bưởi năm roi", seller_id=seller_id, category_id=pomelos)
    stored = StoredPicture("a" * 32, 1280, 960, "data:image/webp;base64,AA")
    catalog.add_picture(session, make_owner(session, seller_id), sku.product_id, stored, NOW)
    view = catalog.product_by_slug(session, slug_of(session, sku.product_id), "vi", NOW)
    assert (view.name, view.chosen.sku, view.chosen.price, view.chosen.price_text) == (
        "Bưởi da xanh",
        sku.code,
        65_000,
        "65.000\u00a0₫",
    )
    assert (view.chosen.step, view.chosen.minimum, view.chosen.available, view.in_stock) == (500, 500, 12_500, True)
    assert view.chosen.stock_text == "còn 12,5 kg"
    assert "0,5 kg" in view.chosen.steps_text
    assert [step.slug for step in view.path] == ["trai-cay", "buoi"]
    assert view.ocop_text == "OCOP 4★ đến 05/01/2026"
    assert [(picture.width, picture.height) for picture in view.pictures] == [(1280, 960)]
    assert (view.pictures[0].key, view.pictures[0].number) == (stored.key, "1")
    assert [card.name for card in view.related] == ["Bưởi năm roi"]
    english = catalog.product_by_slug(session, view.slug, "en", NOW)
    assert english.chosen.stock_text == "12.5 kg left"
    tomorrow = catalog.product_by_slug(session, view.slug, "vi", NOW + timedelta(days=1))
    assert (tomorrow.ocop_stars, tomorrow.ocop_text) == (0, "")


def test_less_than_the_least_order_is_sold_out(session: Session) -> None:
    sku = make_product(session, on_hand=900, step=500, minimum=1_000)
    view = catalog.product_by_slug(session, slug_of(session, sku.product_id), "vi", NOW)
    assert (view.in_stock, view.chosen.stock_text) == (False, "tạm hết hàng")


@pytest.mark.parametrize("reason", ["paused", "shop suspended", "unknown"])
def test_what_is_not_offered_is_not_found(session: Session, reason: str) -> None:
    paused = make_product(session, status=ProductStatus.PAUSED)
    suspended = make_product(session, seller_id=make_seller(session, status=SellerStatus.SUSPENDED))
    slugs = {
        "paused": slug_of(session, paused.product_id),
        "shop suspended": slug_of(session, suspended.product_id),
        "unknown": "khong-co",
    }
    with pytest.raises(NotFound):
        catalog.product_by_slug(session, slugs[reason], "vi", NOW)


@pytest.mark.parametrize("reason", ["paused", "not approved"])
def test_what_shoppers_may_not_see_yet_is_shown_to_its_own_seller_alone(session: Session, reason: str) -> None:
    waits = reason == "not approved"
    seller = make_seller(session, status=SellerStatus.APPLIED if waits else SellerStatus.APPROVED)
    status = ProductStatus.ACTIVE if waits else ProductStatus.PAUSED
    sku = make_product(session, "Xoài non", seller_id=seller, price=42_000, status=status)
    owner = make_owner(session, seller)
    seen = catalog.preview_product(session, owner, sku.product_id, "vi", NOW)
    assert (seen.name, seen.chosen.price_text) == ("Xoài non", "42.000\u00a0₫")
    stranger = make_owner(session, make_seller(session))
    with pytest.raises(NotFound):
        catalog.preview_product(session, stranger, sku.product_id, "vi", NOW)
    with pytest.raises(NotSignedIn):
        catalog.preview_product(session, GUEST, sku.product_id, "vi", NOW)
    with pytest.raises(NotFound):
        catalog.product_by_slug(session, seen.slug, "vi", NOW)


def test_baskets_get_all_their_goods_in_one_query_with_what_can_still_be_promised(session: Session) -> None:
    skus = [make_product(session, f"Hàng {n}", on_hand=10_000, unit=Unit.BOX) for n in range(5)]
    stock.hold(session, [stock.Demand("DH-1", {skus[0].id: 4_000}, NOW + timedelta(hours=1))], NOW)
    stock.hold(session, [stock.Demand("DH-2", {skus[0].id: 1_000}, NOW + timedelta(hours=9))], NOW)
    stock.allocate(session, "DH-2", NOW)
    with counting(session) as statements:
        found = catalog.skus_for_sale(session, [sku.id for sku in skus], NOW)
    assert len(statements) == 1
    assert [found[sku.id].available for sku in skus] == [5_000, 10_000, 10_000, 10_000, 10_000]
    assert catalog.skus_for_sale(session, [skus[0].id], NOW + timedelta(hours=1))[skus[0].id].available == 9_000
    first = found[skus[0].id]
    assert (first.code, first.unit_text.say("vi"), first.unit_text.say("en")) == (skus[0].code, "hộp", "box")
    assert catalog.sku_for_sale(session, first.code, NOW) == first
    assert catalog.skus_for_sale(session, [], NOW) == {}
    with pytest.raises(NotFound):
        catalog.sku_for_sale(session, "KHONGCO", NOW)
