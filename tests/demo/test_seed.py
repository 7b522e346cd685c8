"""The demo data holds together: sums, stock, evidence, names, and the same seed makes the same."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, select, text

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import parse_phone
from marketplace.base import clock, crypto, db
from marketplace.base.media import WIDTHS
from marketplace.catalog.models import Category, Product
from marketplace.catalog.service import ListQuery, list_products
from marketplace.contracts import service as contracts
from marketplace.demo import command, people
from marketplace.demo.accounts import DEMO_ACCOUNTS, PASSWORD, present_code
from marketplace.demo.categories import sync_categories
from marketplace.demo.seed import NotEmpty, Plan, seed
from marketplace.demo.sellers import HOMES, invent
from marketplace.ledger import service as ledger
from marketplace.orders.rules import FulfilmentStatus, OrderStatus, PaymentStatus
from marketplace.places.views import CommuneView
from marketplace.sellers.models import Seller, Store
from marketplace.sellers.rules import SellerKind, SellerStatus, parse_tax_code
from marketplace.settings import ROOT
from marketplace.statistics.rules import FEWEST_SELLERS
from tests.demo.conftest import NOW, PLAN, quiet
from tests.factories import make_person
from tests.pictures import picture_path

NAMES = [*dict.fromkeys(name for homes in HOMES.values() for name in homes), *(f"Xã Xa {n}" for n in range(80))]
SMALL = Plan(sellers=14, products=70, orders=160, seed=7, now=NOW, pictures=3)


def rows(session: Session, statement: str) -> Sequence[Any]:
    """All rows of a statement."""
    return session.execute(text(statement)).all()


def none(session: Session, statement: str) -> bool:
    """Whether a statement that looks for faults finds none."""
    return rows(session, statement) == []


def test_a_small_demo_keeps_every_promise(seeded: Session) -> None:
    assert rows(seeded, "SELECT count(*) FROM seller_order") == [(PLAN.orders,)]
    assert rows(seeded, "SELECT count(*) FROM product") == [(PLAN.products,)]
    assert none(
        seeded,
        "SELECT o.id FROM seller_order o JOIN order_line l ON l.order_id = o.id GROUP BY o.id, o.goods_total "
        "HAVING sum(l.total) <> o.goods_total",
    )
    assert none(
        seeded,
        "SELECT p.id FROM purchase p JOIN seller_order o ON o.purchase_id = p.id GROUP BY p.id, p.total "
        "HAVING sum(o.total) <> p.total",
    )
    assert none(
        seeded,
        "SELECT o.id FROM seller_order o JOIN order_charge c ON c.order_id = o.id "
        "AND c.kind IN ('delivery', 'delivery_weighed') "
        "GROUP BY o.id, o.delivery_fee HAVING sum(c.amount) <> o.delivery_fee",
    )
    assert ledger.unbalanced_transactions(seeded) == []
    assert list(contracts.faults(seeded)) == []


def test_stock_and_sales_agree_with_the_orders(seeded: Session) -> None:
    for state, column in (("held", "held"), ("allocated", "allocated")):
        assert none(
            seeded,
            f"SELECT s.id FROM stock_level s LEFT JOIN stock_hold h ON h.stock_level_id = s.id AND h.state = '{state}' "
            f"GROUP BY s.id, s.{column} HAVING coalesce(sum(h.quantity), 0) <> s.{column}",
        )
    assert none(
        seeded,
        "SELECT p.id FROM product p JOIN sku k ON k.product_id = p.id "
        "LEFT JOIN (SELECT l.sku_id, l.quantity FROM order_line l JOIN seller_order o ON o.id = l.order_id "
        "WHERE o.status = 'completed') d ON d.sku_id = k.id "
        "GROUP BY p.id, p.sold, p.popularity HAVING coalesce(sum(d.quantity), 0) <> p.sold OR p.sold <> p.popularity",
    )


def test_ledger_and_payments_agree_with_completed_orders(seeded: Session) -> None:
    completed = rows(seeded, "SELECT count(*), sum(total) FROM seller_order WHERE status = 'completed'")
    assert rows(seeded, "SELECT count(*), sum(amount) FROM payment WHERE state = 'confirmed'") == completed
    cash = "SELECT count(*), sum(amount) FROM ledger_entry WHERE account = 'cash_with_seller'"
    assert rows(seeded, cash) == completed
    income = "SELECT -sum(amount) FROM ledger_entry WHERE account = 'commission_income'"
    charged = (
        "SELECT sum(c.amount) FROM order_charge c JOIN seller_order o ON o.id = c.order_id "
        "WHERE o.status = 'completed' AND c.kind IN ('commission', 'commission_weighed')"
    )
    assert rows(seeded, income) == rows(seeded, charged)


def test_every_state_of_the_sale_is_there_and_fits_the_others(seeded: Session) -> None:
    found = rows(seeded, "SELECT DISTINCT status, fulfilment_status, payment_status FROM seller_order")
    assert {status for status, _, _ in found} == {status.value for status in OrderStatus}
    assert {FulfilmentStatus.PACKED, FulfilmentStatus.SHIPPED, FulfilmentStatus.DELIVERED} <= {
        goods for status, goods, _ in found if status == OrderStatus.CONFIRMED
    }
    assert {paid for status, _, paid in found if status == OrderStatus.COMPLETED} == {PaymentStatus.PAID}
    waiting = rows(seeded, "SELECT accept_by FROM seller_order WHERE status = 'placed'")
    assert waiting
    assert none(
        seeded,
        "SELECT o.id FROM seller_order o JOIN contract c ON c.order_id = o.id WHERE coalesce(c.final_total, c.total) <> o.total",
    )
    latest = rows(
        seeded,
        "SELECT count(*) FROM seller_order o WHERE o.status <> (SELECT t.to_state FROM transition t "
        "WHERE t.subject = 'order' AND t.subject_id = o.id ORDER BY t.id DESC LIMIT 1)",
    )
    assert latest == [(0,)]


def test_orders_waiting_for_an_answer_lapse_only_after_now(seeded: Session) -> None:
    late = (
        select(text("count(*)"))
        .select_from(text("seller_order"))
        .where(text("status = 'placed' AND accept_by <= :now"))
    )
    stored = NOW if seeded.get_bind().dialect.name == "postgresql" else NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    assert seeded.execute(late, {"now": stored}).scalar_one() == 0


def test_names_and_addresses_are_unlike_and_pictures_are_there(seeded: Session) -> None:
    products = seeded.exec(select(Product)).all()
    assert len({product.name for product in products}) == len({product.slug for product in products}) == PLAN.products
    keys = {product.picture for product in products if product.picture}
    assert 1 <= len(keys) <= 3
    assert all(picture_path(key, width).exists() for key in keys for width in WIDTHS)


def test_shoppers_find_the_goods(seeded: Session) -> None:
    best = seeded.exec(select(Product).where(Product.listed).order_by(Product.sold.desc())).first()  # type: ignore[attr-defined]
    assert best is not None
    found = list_products(seeded, ListQuery(q=best.name), "vi", NOW)
    assert best.slug in {card.slug for card in found.cards}


def test_each_demo_account_signs_in_and_acts_in_its_role(seeded: Session) -> None:
    for account in DEMO_ACCOUNTS:
        who = account.phone or account.email or ""
        found = rows(seeded, f"SELECT id, password_hash FROM account WHERE '{who}' IN (phone, email)")
        assert len(found) == 1
        assert crypto.password_matches(PASSWORD, found[0][1])
        person = make_person(seeded, found[0][0], NOW)
        assert person.account_id == found[0][0]
        taken = accounts.second_factor.take(seeded, found[0][0], present_code(), clock.now())
        assert (taken is not None) == account.has_second_factor
        assert set(person.roles) >= ({account.role} if account.role else set())
        assert bool(person.seller_ids) == (account.key in {"seller", "applicant"})


def test_the_same_seed_and_day_make_the_same(database: str, tmp_path: Any) -> None:
    def essence(session: Session) -> list[Sequence[Any]]:
        seed(session, SMALL, quiet)
        essence = [
            rows(session, "SELECT name, slug, price, picture, sold, commune_code FROM product ORDER BY id"),
            rows(session, "SELECT number, total, status, accept_by FROM seller_order ORDER BY id"),
            rows(session, "SELECT code, terms_hash, state FROM contract ORDER BY id"),
            rows(session, "SELECT legal_name, tax_code, phone, street FROM seller ORDER BY id"),
        ]
        session.rollback()
        return essence

    engine = db.engine().execution_options(writes=True)
    with Session(engine) as first:
        one = essence(first)
    with Session(engine) as second:
        other = essence(second)
    assert one == other
    assert len(one[0]) == 70


def test_a_used_database_is_refused_and_left_alone(seeded: Session) -> None:
    with pytest.raises(NotEmpty):
        seed(seeded, SMALL, quiet)
    assert rows(seeded, "SELECT count(*) FROM seller") == [(PLAN.sellers,)]


def test_the_command_refuses_in_words_and_prints_the_accounts(
    seeded: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    seeded.rollback()
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args(["--sellers", "2", "--products", "4", "--orders", "2"])) == 1
    assert "not empty" in capsys.readouterr().err
    assert command.run(parser.parse_args(["--accounts"])) == 0
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert all((account.email or account.name) and account.key in printed for account in DEMO_ACCOUNTS)


def test_the_next_row_of_the_app_finds_a_free_identity(seeded: Session) -> None:
    last = rows(seeded, "SELECT max(id) FROM account")[0][0]
    account_id, new = accounts.add_staff(
        seeded, "Trần Minh", "moi@example.com", "x", DEMO_ACCOUNTS[3].role or pytest.fail("no role"), None, NOW
    )
    assert new
    assert account_id == last + 1


def test_categories_come_once_and_a_second_time_changes_nothing(session: Session) -> None:
    sync_categories(session)
    before = rows(session, "SELECT id, slug, parent_id, name_vi, icon, position FROM category ORDER BY id")
    sync_categories(session)
    assert rows(session, "SELECT id, slug, parent_id, name_vi, icon, position FROM category ORDER BY id") == before
    roots = [row for row in before if row[2] is None]
    assert len(roots) == 10
    children = [sum(1 for row in before if row[2] == root[0]) for root in roots]
    assert all(3 <= number <= 5 for number in children)


def test_every_category_has_its_icon(session: Session) -> None:
    sync_categories(session)
    for category in session.exec(select(Category)).all():
        assert (ROOT / "assets" / "icons" / "categories" / f"{category.icon}.webp").is_file()


def test_invented_phones_and_tax_codes_are_ones_the_app_takes() -> None:
    codes = [people.tax_code(serial) for serial in range(2000)]
    assert len(set(codes)) == len(codes)
    assert [parse_tax_code(code, SellerKind.ENTERPRISE) for code in codes] == codes
    assert parse_phone(people.phone(0)) == people.phone(0)
    assert parse_phone(people.phone(999_999)) == people.phone(999_999)


def test_every_store_has_a_portrait_that_fits_its_owner(seeded: Session) -> None:
    kinds: dict[str, set[str]] = {}
    for store, seller in seeded.execute(select(Store, Seller).join(Seller, Seller.id == Store.seller_id)).all():  # type: ignore[arg-type]
        assert picture_path(store.portrait, 320).is_file()
        kinds.setdefault(store.portrait, set()).add(seller.kind)
    assert len(kinds) >= 3
    assert all("enterprise" not in shared or shared == {"enterprise"} for shared in kinds.values())


def test_trades_live_together_so_that_most_communes_can_be_shown_and_some_can_not() -> None:
    home = [CommuneView(str(number), name, "Cần Thơ", "92", 10.0, 105.0) for number, name in enumerate(NAMES)]
    for chance in (7, 8, 9):
        sellers = invent(Random(chance), 60, home, NOW - timedelta(days=400), NOW)
        crowds = Counter(seller.commune.name for seller in sellers if seller.status is SellerStatus.APPROVED)
        shown = [name for name, crowd in crowds.items() if crowd >= FEWEST_SELLERS]
        assert len(shown) >= 6
        assert 1 <= len(crowds) - len(shown) <= len(shown)
        assert sellers[0].commune.name == HOMES[sellers[0].theme][0]
        assert len({seller.store_name for seller in sellers}) == len(sellers)
        for seller in sellers:
            whole = seller.legal_name.removeprefix("Hợp tác xã").strip()
            assert seller.kind is not SellerKind.COOPERATIVE or seller.store_name == f"HTX {whole}"
