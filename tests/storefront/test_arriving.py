"""How one product arrives in the shopper's commune, before anything is in the basket."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from marketplace.base.errors import NotFound
from marketplace.delivery import service as delivery
from marketplace.delivery.models import DeliveryMethod
from marketplace.delivery.rules import MethodKind, Zone
from marketplace.storefront import arriving
from tests.factories import NOW, make_commune, make_product, make_seller


def test_every_way_that_reaches_a_commune_says_its_fee_and_days(session: Session) -> None:
    make_commune(session, "00004", "Phường Ba Đình", "01")
    seller_id = make_seller(session, commune_code="31117")
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    sku = make_product(session, seller_id=seller_id, price=40_000, minimum=1000, step=1000)
    here = arriving.ways_to(session, sku.code, "31117", "vi", NOW)
    away = arriving.ways_to(session, sku.code, "00004", "en", NOW)
    assert [(way.label, way.detail, way.fee_text) for way in here] == [
        ("Người bán giao", "1–2 ngày", "20.000\u00a0₫"),
        ("Đơn vị vận chuyển", "2–4 ngày", "32.000\u00a0₫"),
        ("Tự đến lấy", "0–1 ngày", "miễn phí"),
    ]
    assert [(way.label, way.detail) for way in away] == [("Carrier", "2–4 days")]


def test_a_shop_that_delivers_around_the_corner_only_brings_nothing_far(session: Session) -> None:
    make_commune(session, "00004", "Phường Ba Đình", "01")
    seller_id = make_seller(session, commune_code="31117")
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    for method in session.exec(select(DeliveryMethod).where(DeliveryMethod.kind == MethodKind.CARRIER)).all():
        method.zone = Zone.COMMUNE
    session.flush()
    sku = make_product(session, seller_id=seller_id)
    assert arriving.ways_to(session, sku.code, "00004", "vi", NOW) == ()


def test_what_is_not_there_is_not_found(session: Session) -> None:
    make_commune(session, "31117")
    sku = make_product(session)
    for code, commune in (("S9999999", "31117"), (sku.code, "99999")):
        with pytest.raises(NotFound):
            arriving.ways_to(session, code, commune, "vi", NOW)
