"""A product in several variants: each with its price and stock, one that leads, and sales that come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace.accounts.views import Person
from marketplace.base.errors import DomainError, NotFound
from marketplace.baskets import service as baskets
from marketplace.baskets.rules import NotForSale
from marketplace.catalog import service as catalog
from marketplace.catalog.commands import ProductDescription, VariantDraft
from marketplace.catalog.models import PriceAsked, Product
from marketplace.catalog.rules import (
    MOST_VARIANTS,
    Content,
    GoodsShown,
    LastVariant,
    Measure,
    Sale,
    SaleInvalid,
    StockMoved,
    Tier,
    TooManyVariants,
    Unit,
)
from marketplace.catalog.service import ListQuery
from marketplace.catalog.views import ListedProduct, ProductView
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.orders.models import OrderLine
from marketplace.orders.rules import TermsChanged
from marketplace.orders.service import placing
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.orders.shopping import accept_terms, fill_basket

DAY = timedelta(days=1)
BOX = VariantDraft(
    label="", unit=Unit.BOX, price=300_000, stock=20_000, content=Content(5_000, Measure.GRAM), unit_grams=5_000
)


class Stall:
    """A shop with one product sold by the kilogram at 65,000, and its owner."""

    def __init__(self, session: Session, **product: Any) -> None:
        self.session = session
        self.seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": self.seller_id}, NOW)
        self.owner: Person = make_owner(session, self.seller_id)
        self.sku = make_product(session, seller_id=self.seller_id, **product)
        self.product_id = self.sku.product_id

    def add(self, **changes: Any) -> str:
        return catalog.add_variant(self.session, self.owner, self.product_id, replace(BOX, **changes), NOW)

    def view(self, sku: str = "", now: Any = NOW, **choice: Any) -> ProductView:
        slug = self.session.get_one(Product, self.product_id).slug
        return catalog.product_by_slug(self.session, slug, "vi", now, sku=sku, **choice)

    def card(self, now: Any = NOW) -> ListedProduct:
        return catalog.list_products(self.session, ListQuery(), "vi", now).cards[0]

    def change(self, code: str, now: Any = NOW, **changes: Any) -> None:
        draft = VariantDraft(unit=Unit.KILOGRAM, price=65_000, stock=100_000, step=500, minimum=500)
        catalog.change_variant(
            self.session, self.owner, self.product_id, code, replace(draft, **changes), now, stock_shown=100_000
        )


@pytest.fixture
def stall(session: Session) -> Stall:
    return Stall(session)


def test_a_product_in_two_variants_is_one_card_and_one_page_with_both(stall: Stall) -> None:
    box = stall.add()
    view = stall.view()
    assert [(one.label, one.price, one.unit, one.available) for one in view.variants] == [
        ("kg", 65_000, "kg", 100_000),
        ("hộp 5 kg", 300_000, "box", 20_000),
    ]
    assert [(one.price_per_base, one.base_text) for one in view.variants] == [(None, ""), (60_000, "60.000\u00a0₫/kg")]
    assert (view.chosen.sku, view.several_variants) == (stall.sku.code, True)
    chosen = stall.view(box)
    assert (chosen.chosen.sku, [one.chosen for one in chosen.variants]) == (box, [False, True])
    assert stall.view("KHONGCO").chosen.sku == stall.sku.code
    found = catalog.list_products(stall.session, ListQuery(), "vi", NOW)
    assert [(card.sku, card.price, card.price_unit) for card in found.cards] == [(stall.sku.code, 65_000, "kg")]


def test_a_page_rather_shows_a_variant_that_can_be_had(session: Session) -> None:
    stall = Stall(session, on_hand=0)
    box = stall.add()
    assert stall.view(rather_in_stock=True).chosen.sku == box
    assert stall.view(stall.sku.code, rather_in_stock=True).chosen.sku == stall.sku.code
    assert stall.view().in_stock


def test_the_first_variant_that_is_offered_leads_in_lists(stall: Stall) -> None:
    box = stall.add()
    catalog.move_variant(stall.session, stall.owner, stall.product_id, box, -1, NOW)
    assert (stall.card().sku, stall.card().price, stall.card().base_text) == (box, 300_000, "60.000\u00a0₫/kg")
    catalog.switch_variant(stall.session, stall.owner, stall.product_id, box, NOW)
    assert (stall.card().sku, stall.card().price) == (stall.sku.code, 65_000)
    assert [one.sku for one in stall.view().variants] == [stall.sku.code]
    mine = catalog.my_product(stall.session, stall.owner, stall.product_id, "vi")
    assert [(one.sku, one.active) for one in mine.variants] == [(box, False), (stall.sku.code, True)]
    assert mine.others == 1


def test_the_last_variant_that_is_offered_cannot_rest(stall: Stall) -> None:
    with pytest.raises(LastVariant):
        catalog.switch_variant(stall.session, stall.owner, stall.product_id, stall.sku.code, NOW)


def test_a_variant_that_rests_is_not_sold(stall: Stall) -> None:
    box = stall.add()
    basket = fill_basket(stall.session, [(box, 1000)])
    catalog.switch_variant(stall.session, stall.owner, stall.product_id, box, NOW)
    assert isinstance(baskets.view(stall.session, basket, NOW).problems[0], NotForSale)
    with pytest.raises(NotForSale):
        baskets.put_line(stall.session, basket, box, 2000, NOW)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a name taken": ({"label": "KG", "content": None}, "label"),
    "a name that is too long": ({"label": "x" * 61}, "label"),
    "a price of nothing": ({"price": 1}, "price"),
    "a sale that lowers nothing": ({"sale": Sale(300_000, NOW, NOW + DAY)}, "sale_price"),
    "wholesale below the minimum": ({"tiers": (Tier(1_000, 200_000),)}, "tiers"),
    "a content of nothing": ({"content": Content(0, Measure.GRAM)}, "content"),
    "a minimum off its step": ({"minimum": 1_500}, "minimum"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_entry_of_a_variant_is_refused_beside_its_field(stall: Stall, case: str) -> None:
    changes, field = WRONG[case]
    with pytest.raises(DomainError) as caught:
        stall.add(**changes)
    assert caught.value.field == field
    assert caught.value.say("vi")


def test_variants_end_somewhere_and_are_the_owners_alone(stall: Stall) -> None:
    stranger = make_owner(stall.session, make_seller(stall.session, "Vườn khác"))
    with pytest.raises(NotFound):
        catalog.add_variant(stall.session, stranger, stall.product_id, BOX, NOW)
    with pytest.raises(NotFound):
        catalog.switch_variant(stall.session, stall.owner, stall.product_id, "KHONGCO", NOW)
    for number in range(1, MOST_VARIANTS):
        stall.add(label=f"Loại {number}")
    with pytest.raises(TooManyVariants):
        stall.add(label="Loại cuối")


def test_a_shop_hears_of_any_variant_that_runs_low(stall: Stall) -> None:
    stall.add(stock=2_000)
    low = catalog.my_products(stall.session, stall.owner, "vi", show=GoodsShown.LOW)
    assert [(one.low, one.sold_out) for one in low.goods] == [(True, False)]
    assert low.counts.low == 1
    assert low.counts.sold_out == 0


def test_stock_that_moved_meanwhile_is_not_overwritten(stall: Stall) -> None:
    with pytest.raises(StockMoved):
        catalog.change_variant(
            stall.session, stall.owner, stall.product_id, stall.sku.code, replace(BOX, stock=7_000), NOW, stock_shown=1
        )


def test_a_product_of_several_is_described_without_touching_what_they_cost(stall: Stall) -> None:
    stall.add()
    told = ProductDescription(name="Xoài cát chu", category="trai-cay", description="Giòn.")
    catalog.describe_product(stall.session, stall.owner, stall.product_id, told, NOW)
    view = stall.view()
    assert (view.name, [one.price for one in view.variants]) == ("Xoài cát chu", [65_000, 300_000])


def test_a_sale_lowers_card_page_basket_and_contract_and_strikes_what_was_really_asked(stall: Stall) -> None:
    begins = NOW + 10 * DAY
    sale = Sale(50_000, begins, begins + DAY)
    stall.change(stall.sku.code, sale=sale)
    basket = fill_basket(stall.session, [(stall.sku.code, 2000)])
    for now, price, before in ((begins - DAY, 65_000, ""), (begins, 50_000, "65.000\u00a0₫"), (sale.until, 65_000, "")):
        view, card = stall.view(now=now).chosen, stall.card(now)
        assert (view.price, card.price) == (price, price)
        assert (view.before_text, card.before_text) == (before, before)
        line = baskets.view(stall.session, basket, now).lines[0]
        assert (line.price, line.total) == (price, price * 2)
        command = accept_terms(stall.session, basket, now)
        assert placing.review(stall.session, basket, command, now).orders[0].terms["lines"][0]["price"] == price


def test_a_sale_that_ends_between_review_and_order_is_refused_with_the_new_total(stall: Stall) -> None:
    stall.change(stall.sku.code, sale=Sale(50_000, NOW, NOW + DAY))
    basket = fill_basket(stall.session, [(stall.sku.code, 1000)])
    command = accept_terms(stall.session, basket)
    with pytest.raises(TermsChanged) as refused:
        placing.place(stall.session, stall.owner, basket, command, "key", NOW + DAY)
    assert "85.000" in str(refused.value.values["total"])


def test_goods_new_on_the_market_have_no_former_price(stall: Stall) -> None:
    box = stall.add()
    assert stall.view(box).chosen.before is None
    catalog.change_variant(
        stall.session, stall.owner, stall.product_id, box,
        replace(BOX, sale=Sale(250_000, NOW + DAY, NOW + 3 * DAY)), NOW, stock_shown=20_000,
    )  # fmt: skip
    on_sale = stall.view(box, NOW + DAY).chosen
    assert (on_sale.price, on_sale.before, on_sale.before_text) == (250_000, None, "")
    assert on_sale.sale_text


def test_lists_follow_a_sale_by_the_clock_and_what_was_asked_stays_on_record(stall: Stall) -> None:
    sale = Sale(50_000, NOW + DAY, NOW + 2 * DAY)
    stall.change(stall.sku.code, sale=sale)

    def cheap(now: Any) -> int:
        return len(catalog.list_products(stall.session, ListQuery(max_price=60_000), "vi", now).cards)

    assert [cheap(now) for now in (NOW, sale.since, sale.until)] == [0, 1, 0]
    prices = []
    for now in (NOW, sale.since, sale.since, sale.until):
        catalog.turn_prices(stall.session, now)
        prices.append(stall.session.get_one(Product, stall.product_id).price)
    assert prices == [65_000, 50_000, 50_000, 65_000]
    assert catalog.turn_prices(stall.session, sale.until) == 0
    asked = stall.session.exec(select(PriceAsked).where(PriceAsked.sku_id == stall.sku.id)).all()
    assert (50_000, sale.since, sale.until) in {(row.price, row.since, row.until) for row in asked}


def test_a_price_may_not_fall_below_its_sale_or_its_wholesale_prices(stall: Stall) -> None:
    stall.change(stall.sku.code, sale=Sale(50_000, NOW, NOW + DAY))
    with pytest.raises(SaleInvalid):
        catalog.set_price(stall.session, stall.owner, stall.product_id, 50_000, NOW)


def test_wholesale_prices_count_by_quantity_in_basket_contract_and_order(stall: Stall) -> None:
    stall.change(stall.sku.code, tiers=(Tier(10_000, 60_000), Tier(50_000, 55_500)))
    assert [(tier.from_text, tier.price) for tier in stall.view().chosen.tiers] == [
        ("từ 10 kg", 60_000), ("từ 50 kg", 55_500),
    ]  # fmt: skip
    basket = fill_basket(stall.session, [(stall.sku.code, 10_500)])
    command = accept_terms(stall.session, basket)
    placing.place(stall.session, stall.owner, basket, command, "key", NOW)
    line = stall.session.exec(select(OrderLine)).one()
    assert (line.price, line.total) == (60_000, 630_000)
    terms = stall.session.exec(select(Contract)).one().terms
    assert (terms["lines"][0]["price"], terms["goods_total"]) == (60_000, 630_000)


def test_a_line_names_its_variant_from_basket_to_contract(stall: Stall) -> None:
    box = stall.add(label="Loại 1")
    basket = fill_basket(stall.session, [(box, 1000)])
    line = baskets.view(stall.session, basket, NOW).lines[0]
    assert (line.full_name.vi, line.grams) == ("Xoài cát Hòa Lộc – Loại 1", 5_000)
    placing.place(stall.session, stall.owner, basket, accept_terms(stall.session, basket), "key", NOW)
    assert stall.session.exec(select(OrderLine.variant)).one() == "Loại 1"
    assert stall.session.exec(select(Contract)).one().terms["lines"][0]["variant"]["vi"] == "Loại 1"


def test_the_only_variant_needs_no_name_in_a_line(stall: Stall) -> None:
    basket = fill_basket(stall.session, [(stall.sku.code, 1000)])
    assert baskets.view(stall.session, basket, NOW).lines[0].full_name.vi == "Xoài cát Hòa Lộc"


def test_a_harvest_ordered_ahead_says_its_day_until_the_day_has_come(stall: Stall) -> None:
    product = stall.session.get_one(Product, stall.product_id)
    product.expected_on = date(2026, 1, 20)
    stall.session.flush()
    assert stall.view().expected_text == "Đặt trước · dự kiến 20/01/2026"
    basket = fill_basket(stall.session, [(stall.sku.code, 1000)])
    assert baskets.view(stall.session, basket, NOW).lines[0].expected_text.vi == "Đặt trước · dự kiến 20/01/2026"
    assert stall.view(now=NOW + 20 * DAY).expected_text == ""
    assert baskets.view(stall.session, basket, NOW + 20 * DAY).lines[0].expected_on is None
