"""From a basket to orders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, func, select

from marketplace.accounts.views import GUEST
from marketplace.base.errors import InvalidInputs, NotFound
from marketplace.baskets.rules import BasketOrdered
from marketplace.catalog import service as catalog
from marketplace.catalog.models import StockHold, StockLevel
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.delivery import service as delivery
from marketplace.orders.models import OrderLine, Purchase, SellerOrder
from marketplace.orders.rules import IdempotencyKeyReused, TermsChanged, TermsNotAccepted
from marketplace.orders.service import placing, reading
from marketplace.payments.models import Payment
from tests.catalog.counting import counting
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import accept_terms, details, fill_basket, place


def _shop(session: Session) -> int:
    seller_id = make_seller(session)
    delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
    return seller_id


def _counts(session: Session) -> list[int]:
    return [
        session.exec(select(func.count()).select_from(table)).one()
        for table in (Purchase, SellerOrder, OrderLine, Contract, Payment, StockHold)
    ]


def test_a_basket_of_two_sellers_becomes_two_orders_each_with_contract_payment_and_held_stock(session: Session) -> None:
    rice, fish = (make_product(session, name, seller_id=_shop(session)) for name in ("Gạo ST25", "Cá thác lác"))
    answer = place(session, [(rice.code, 1500), (fish.code, 500)])
    assert len(answer["orders"]) == 2
    assert _counts(session) == [1, 2, 2, 2, 2, 2]
    assert {order["status"] for order in answer["orders"]} == {"placed"}
    assert session.exec(select(StockLevel.held).where(StockLevel.sku_id == rice.id)).one() == 1500
    kinds = session.exec(
        select(ContractEvent.kind).order_by(col(ContractEvent.contract_id), col(ContractEvent.sequence))
    ).all()
    assert list(kinds) == ["shown", "accepted_by_buyer"] * 2


def test_what_is_ordered_is_exactly_what_was_reviewed(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session), price=65_000)
    basket = fill_basket(session, [(sku.code, 1500)])
    reviewed = placing.review(session, basket, details(note={}), NOW)
    answer = placing.place(session, GUEST, basket, accept_terms(session, basket), "k", NOW)
    contract = session.exec(select(Contract)).one()
    assert contract.terms_hash == reviewed.orders[0].terms_hash
    assert contract.terms == reviewed.orders[0].terms
    assert answer["orders"][0]["total"] == reviewed.total == 97_500 + reviewed.orders[0].chosen.fee


def test_the_same_key_and_body_give_the_same_answer_and_one_set_of_orders(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket)
    first = placing.place(session, GUEST, basket, command, "key", NOW)
    again = placing.place(session, GUEST, basket, command, "key", NOW + timedelta(minutes=5))
    assert first == again
    assert _counts(session) == [1, 1, 1, 1, 1, 1]


def test_another_body_with_the_same_key_is_refused(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket)
    placing.place(session, GUEST, basket, command, "key", NOW)
    other = command.model_copy(update={"note": {"x": "khác"}})
    with pytest.raises(IdempotencyKeyReused):
        placing.place(session, GUEST, basket, other, "key", NOW)


def test_a_basket_is_ordered_once_whatever_the_key(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket)
    placing.place(session, GUEST, basket, command, "key", NOW)
    with pytest.raises(BasketOrdered):
        placing.place(session, GUEST, basket, command, "another", NOW)


def test_a_price_that_rose_since_the_review_is_refused_with_the_new_total(session: Session) -> None:
    seller_id = _shop(session)
    sku = make_product(session, seller_id=seller_id, price=65_000)
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket)
    catalog.set_price(session, make_owner(session, seller_id), sku.product_id, 70_000, NOW)
    session.commit()
    with pytest.raises(TermsChanged) as refused:
        placing.place(session, GUEST, basket, command, "key", NOW)
    assert "90.000" in str(refused.value.values["total"])
    session.rollback()
    assert _counts(session) == [0, 0, 0, 0, 0, 0]


def test_ordering_without_accepting_the_contract_is_refused(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    basket = fill_basket(session, [(sku.code, 1000)])
    command = accept_terms(session, basket).model_copy(update={"accepted_terms_hash": ""})
    with pytest.raises(TermsNotAccepted):
        placing.place(session, GUEST, basket, command, "key", NOW)


def test_every_wrong_entry_is_named_with_its_field(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session), on_hand=1000)
    basket = fill_basket(session, [(sku.code, 5000)])
    wrong = details(buyer={"name": "A", "phone": "12"}, address={"commune": "99999", "street": "x"}, payment="card")
    with pytest.raises(InvalidInputs) as refused:
        placing.review(session, basket, wrong, NOW)
    assert {problem.field for problem in refused.value.problems} == {
        sku.code, "buyer.phone", "payment", "address.commune",
    }  # fmt: skip


def test_a_checkout_asks_as_much_of_the_database_for_many_lines_as_for_few(session: Session) -> None:
    shops = [_shop(session), _shop(session)]
    goods = [(make_product(session, f"Hàng {n}", seller_id=shops[n % 2]).code, 1000) for n in range(14)]
    counts = []
    for key, lines in (("few", goods[:2]), ("many", goods[2:])):
        basket = fill_basket(session, lines)
        command = accept_terms(session, basket)
        session.flush()
        with counting(session) as statements:
            placing.place(session, GUEST, basket, command, key, NOW)
            session.flush()
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 30


def test_a_private_link_opens_its_order_and_no_other(session: Session) -> None:
    sku = make_product(session, seller_id=_shop(session))
    first = place(session, [(sku.code, 1000)], key="a")["orders"][0]
    second = place(session, [(sku.code, 1000)], key="b")["orders"][0]
    shown = reading.order_for_party(session, GUEST, first["number"], first["access_key"], "vi", NOW)
    assert shown.number == first["number"]
    for key in ("", second["access_key"], "x" * 40):
        with pytest.raises(NotFound):
            reading.order_for_party(session, GUEST, first["number"], key, "vi", NOW)
