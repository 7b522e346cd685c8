"""Moves of a seller, tax codes, addresses of stores."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.vn import mst

from marketplace.base.errors import DomainError, FieldRequired
from marketplace.base.state_machine import MoveRefused, move
from marketplace.sellers import rules
from marketplace.sellers.rules import SELLER_MOVES, SellerKind, SellerStatus

ENTERPRISE, HOUSEHOLD = SellerKind.ENTERPRISE, SellerKind.HOUSEHOLD


def test_every_state_of_a_seller_has_a_way_on() -> None:
    assert set(SELLER_MOVES) == set(SellerStatus)
    assert all(SELLER_MOVES.values())


@given(st.lists(st.sampled_from(SellerStatus), max_size=12))
def test_nobody_sells_who_was_not_applied_for_and_approved(targets: list[SellerStatus]) -> None:
    state, history = SellerStatus.APPLIED, [SellerStatus.APPLIED]
    for target in targets:
        try:
            state = move(SELLER_MOVES, state, target)
        except MoveRefused:
            continue
        history.append(state)
    assert history[0] is SellerStatus.APPLIED
    for before, after in pairwise(history):
        if after is SellerStatus.APPROVED:
            assert before in {SellerStatus.APPLIED, SellerStatus.SUSPENDED}
        if after is SellerStatus.SUSPENDED:
            assert before is SellerStatus.APPROVED


@pytest.mark.parametrize(
    ("current", "target"),
    [
        (SellerStatus.REFUSED, SellerStatus.APPROVED),
        (SellerStatus.APPLIED, SellerStatus.SUSPENDED),
        (SellerStatus.APPROVED, SellerStatus.REFUSED),
        (SellerStatus.SUSPENDED, SellerStatus.APPLIED),
        (SellerStatus.APPROVED, SellerStatus.APPROVED),
    ],
)
def test_a_move_that_is_not_in_the_table_is_refused(current: SellerStatus, target: SellerStatus) -> None:
    with pytest.raises(MoveRefused):
        move(SELLER_MOVES, current, target)


numbers = st.text(string.digits, min_size=10, max_size=10)


@given(numbers | st.text(string.digits, min_size=13, max_size=13))
def test_a_tax_code_is_judged_as_an_independent_library_judges_it(digits: str) -> None:
    # The library also refuses a serial of seven noughts, which the check digit alone lets pass.
    if digits[2:9] == "0000000":
        return
    try:
        code = rules.parse_tax_code(digits, ENTERPRISE)
    except rules.TaxCodeWrong:
        assert not mst.is_valid(digits)
    else:
        assert mst.is_valid(digits)
        assert code == mst.format(digits)


@given(st.text(string.digits, min_size=9, max_size=9))
def test_at_most_one_check_digit_fits(nine: str) -> None:
    fitting = []
    for digit in string.digits:
        try:
            fitting.append(rules.parse_tax_code(nine + digit, ENTERPRISE))
        except rules.TaxCodeWrong:
            continue
    assert len(fitting) <= 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0100233488", "0100233488"),
        (" 0100 233 488 ", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0314409058002", "0314409058-002"),
        ("0314409058.002", "0314409058-002"),
    ],
)
def test_a_tax_code_is_stored_in_one_spelling(typed: str, stored: str) -> None:
    assert rules.parse_tax_code(typed, ENTERPRISE) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "0100233489",
        "010023348",
        "0314409058-000",
        "0314409058-02",
        "MST0100233488",
        "٠١٠٠٢٣٣٤٨٨",
        "1" * 40,
        "097123456789",
    ],
)
def test_a_wrong_tax_code_is_refused_for_every_kind(typed: str) -> None:
    for kind in SellerKind:
        with pytest.raises(DomainError) as refused:
            rules.parse_tax_code(typed, kind)
        assert refused.value.code == "tax_code_wrong"
        assert refused.value.field == "tax_code"


def test_who_exists_by_registration_has_a_tax_code_and_others_may_have_none() -> None:
    for kind in SellerKind:
        if kind in rules.REGISTERED:
            with pytest.raises(FieldRequired):
                rules.parse_tax_code(" ", kind)
        else:
            assert rules.parse_tax_code(" ", kind) is None


def test_a_personal_number_is_a_households_tax_code_and_no_companys() -> None:
    assert rules.parse_tax_code("092 083 001 234", HOUSEHOLD) == "092083001234"
    with pytest.raises(rules.PersonalNumberNotForCompanies):
        rules.parse_tax_code("092083001234", ENTERPRISE)


def test_a_personal_number_is_not_disclosed_whole() -> None:
    shown = rules.public_tax_code("092083001234")
    assert shown == "•••••••••234"
    assert rules.public_tax_code("0100233488") == "0100233488"
    assert rules.public_tax_code(None) is None


@given(st.text(max_size=100), st.sets(st.integers(1, 30)))
def test_a_stores_address_is_plain_and_free(name: str, used: set[int]) -> None:
    base = rules.slug_base(name)
    taken = {base if number == 1 else f"{base}-{number}" for number in used}
    slug = rules.store_slug(name, taken)
    assert slug not in taken
    assert slug.startswith(base)
    assert len(slug) <= 80
    assert set(slug) <= set(string.ascii_lowercase + string.digits + "-")


def test_stores_of_one_name_count_up() -> None:
    assert rules.store_slug("Vườn Ba Tám", set()) == "vuon-ba-tam"
    assert rules.store_slug("Vườn Ba Tám", {"vuon-ba-tam", "vuon-ba-tam-2"}) == "vuon-ba-tam-3"
    assert rules.store_slug("🥭", set()) == "gian-hang"
