"""Sections of a shop's page: arranged by its owner, filled with what shoppers may find."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from marketplace.base.errors import FieldRequired, InvalidInputs, NotFound
from marketplace.catalog import service as catalog
from marketplace.catalog.rules import (
    ProductStatus,
    SectionChoosesItself,
    TooManyChosen,
    TooManySections,
)
from marketplace.catalog.views import SectionView
from marketplace.sellers import service as sellers
from tests.factories import NOW, make_category, make_owner, make_product, make_seller


def _titles(session: Session, seller_id: int) -> list[str]:
    return [view.title for view in _views(session, seller_id)]


def _views(session: Session, seller_id: int) -> list[SectionView]:
    session.flush()
    slug = sellers.stores_by_seller(session, [seller_id])[seller_id].slug
    return list(catalog.sections_of(session, seller_id, slug, "vi", NOW))


def test_sections_show_in_their_order_what_each_chooses(session: Session) -> None:
    owner = make_owner(session, seller_id := make_seller(session))
    rice = make_category(session, "Gạo")
    make_product(session, "Xoài", seller_id=seller_id, popularity=5)
    make_product(session, "Gạo ST25", seller_id=seller_id, category_id=rice, popularity=9)
    late = make_product(session, "Nhãn", seller_id=seller_id, popularity=1)
    make_product(session, "Của người khác")
    best = catalog.add_section(session, owner, "Bán chạy", "best_sellers", "", NOW)
    grain = catalog.add_section(session, owner, "Gạo nhà", "category", "gao", NOW)
    mine = catalog.add_section(session, owner, "Nên thử", "chosen", "", NOW)
    assert _titles(session, seller_id) == ["Bán chạy", "Gạo nhà"], "a section without goods shows nothing"
    catalog.choose_product(session, owner, mine, late.product_id, NOW)
    views = _views(session, seller_id)
    assert [[card.name for card in view.cards] for view in views] == [
        ["Gạo ST25", "Xoài", "Nhãn"], ["Gạo ST25"], ["Nhãn"],
    ]  # fmt: skip
    assert views[1].href.endswith("?category=gao#goods")
    catalog.move_section(session, owner, mine, -2, NOW)
    assert _titles(session, seller_id) == ["Nên thử", "Bán chạy", "Gạo nhà"]
    catalog.remove_section(session, owner, best, NOW)
    catalog.rename_section(session, owner, grain, "Gạo mới", NOW)
    assert _titles(session, seller_id) == ["Nên thử", "Gạo mới"]
    assert [(one.first, one.last) for one in catalog.my_sections(session, owner, "vi")] == [
        (True, False),
        (False, True),
    ]


def test_chosen_goods_keep_their_order_and_what_is_paused_is_left_out(session: Session) -> None:
    owner = make_owner(session, seller_id := make_seller(session))
    ids = [make_product(session, f"Món {number}", seller_id=seller_id).product_id for number in range(3)]
    section = catalog.add_section(session, owner, "Nên thử", "chosen", "", NOW)
    for product_id in (*ids, ids[0]):
        catalog.choose_product(session, owner, section, product_id, NOW)
        session.flush()
    catalog.move_product(session, owner, section, ids[2], -5, NOW)
    assert [card.name for card in _views(session, seller_id)[0].cards] == ["Món 2", "Món 0", "Món 1"]
    catalog.set_status(session, owner, ids[0], ProductStatus.PAUSED, NOW)
    assert [card.name for card in _views(session, seller_id)[0].cards] == ["Món 2", "Món 1"]
    catalog.leave_out_product(session, owner, section, ids[2], NOW)
    assert [card.name for card in _views(session, seller_id)[0].cards] == ["Món 1"]


def test_what_cannot_be_is_refused_beside_its_input(session: Session) -> None:
    owner = make_owner(session, seller_id := make_seller(session))
    with pytest.raises(InvalidInputs) as refused:
        catalog.add_section(session, owner, " ", "strange", "", NOW)
    assert [problem.field for problem in refused.value.problems] == ["title", "kind"]
    with pytest.raises(FieldRequired) as missing:
        catalog.add_section(session, owner, "Gạo", "category", "", NOW)
    assert missing.value.field == "category"
    best = catalog.add_section(session, owner, "Bán chạy", "best_sellers", "", NOW)
    own = make_product(session, seller_id=seller_id)
    with pytest.raises(SectionChoosesItself):
        catalog.choose_product(session, owner, best, own.product_id, NOW)
    chosen = catalog.add_section(session, owner, "Nên thử", "chosen", "", NOW)
    with pytest.raises(NotFound):
        catalog.choose_product(session, owner, chosen, make_product(session).product_id, NOW)


def test_there_are_so_many_sections_and_goods_in_one_and_no_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.catalog.service import sections

    monkeypatch.setattr(sections, "MOST_SECTIONS", 1)
    monkeypatch.setattr(sections, "MOST_CHOSEN", 1)
    owner = make_owner(session, seller_id := make_seller(session))
    section = catalog.add_section(session, owner, "Nên thử", "chosen", "", NOW)
    with pytest.raises(TooManySections):
        catalog.add_section(session, owner, "Nữa", "new", "", NOW)
    first, second = (make_product(session, f"Món {number}", seller_id=seller_id) for number in range(2))
    catalog.choose_product(session, owner, section, first.product_id, NOW)
    session.flush()
    with pytest.raises(TooManyChosen):
        catalog.choose_product(session, owner, section, second.product_id, NOW)


def test_another_shops_sections_are_as_if_they_were_not_there(session: Session) -> None:
    owner = make_owner(session, make_seller(session))
    section = catalog.add_section(session, owner, "Nên thử", "chosen", "", NOW)
    stranger = make_owner(session, make_seller(session, "Vườn Chín Hớn"))
    with pytest.raises(NotFound):
        catalog.remove_section(session, stranger, section, NOW)
    with pytest.raises(NotFound):
        catalog.rename_section(session, stranger, section, "Khác", NOW)
    with pytest.raises(NotFound):
        catalog.move_section(session, stranger, section, 1, NOW)
    with pytest.raises(NotFound):
        catalog.choose_product(session, stranger, section, 1, NOW)
