"""Opening a shop, the staff's decisions, a shop's people and what others see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.rules import MemberRole, Right, Role, Task
from marketplace.accounts.views import GUEST, Person
from marketplace.base.errors import Conflict, DomainError, InvalidInputs, NotAllowed, NotFound, NotSignedIn
from marketplace.base.models import OutboxEvent, Transition
from marketplace.base.state_machine import MoveRefused
from marketplace.sellers import rules, service
from marketplace.sellers.commands import ApplyCommand
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import SellerKind, SellerStatus
from marketplace.sellers.views import ApplicationStart
from tests.factories import (
    NOW,
    make_account,
    make_commune,
    make_owner,
    make_person,
    make_seller,
    make_staff,
)

ELSEWHERE = "31120"


Decision = Callable[[Session, Person, int], None]
DECIDE: dict[str, Decision] = {
    "ask_for_more": lambda session, person, seller_id: service.ask_for_more(
        session, person, seller_id, "Lý do", ["street"], NOW
    ),
    "approve": lambda session, person, seller_id: service.approve(session, person, seller_id, NOW),
    "refuse": lambda session, person, seller_id: service.refuse(session, person, seller_id, "Lý do", NOW),
    "suspend": lambda session, person, seller_id: service.suspend(session, person, seller_id, "Lý do", NOW),
    "reinstate": lambda session, person, seller_id: service.reinstate(session, person, seller_id, NOW),
}


def form(**changes: object) -> ApplyCommand:
    values: dict[str, object] = {
        "kind": SellerKind.HOUSEHOLD,
        "shop_name": "Vườn Ba Tám",
        "legal_name": "Hộ kinh doanh Nguyễn Văn Tám",
        "commune": "31117",
        "street": "12 ấp Mỹ Thuận",
        "phone": "0912 345 678",
        "tax_code": "092083001234",
    }
    return ApplyCommand.model_validate(values | changes)


def newcomer(session: Session) -> Person:
    make_commune(session)
    make_commune(session, ELSEWHERE, "Xã Phong Điền")
    return make_person(session, make_account(session))


def again(session: Session, person: Person) -> Person:
    assert person.account_id is not None
    return make_person(session, person.account_id)


def topics(session: Session) -> list[tuple[str, dict[str, object]]]:
    session.flush()
    rows = session.exec(select(OutboxEvent).order_by(col(OutboxEvent.id))).all()
    return [(row.topic, row.payload) for row in rows if row.topic.startswith("seller.")]


def test_a_newcomers_form_starts_with_the_phone_of_the_account(session: Session) -> None:
    make_commune(session)
    person = make_person(session, make_account(session, phone="+84912345678"))
    start = service.start_of_application(session, person)
    assert start == ApplicationStart(phone="0912 345 678", bank_holder="NGUYEN THI LAN")
    with pytest.raises(NotSignedIn):
        service.start_of_application(session, GUEST)


def test_a_refused_applicants_form_starts_with_what_was_sent(session: Session) -> None:
    person = newcomer(session)
    seller_id = service.apply(session, person, form(), NOW).id
    service.refuse(session, make_staff(session), seller_id, "Thiếu địa chỉ", NOW)
    start = service.start_of_application(session, again(session, person))
    assert form(**{name: getattr(start, name) for name in ("shop_name", "legal_name", "street", "tax_code")}) == form()
    assert (start.kind, start.phone, start.commune_code) == ("household", "0912 345 678", "31117")
    assert start.commune_text == "Phường Ninh Kiều, Thành phố Cần Thơ"
    service.apply_again(session, again(session, person), seller_id, form(legal_name=""), NOW)
    assert service.start_of_application(session, again(session, person)).legal_name == ""


def test_an_applicant_owns_a_shop_that_does_not_sell_yet(session: Session) -> None:
    person = newcomer(session)
    applied = service.apply(session, person, form(), NOW)
    assert applied.status is SellerStatus.APPLIED
    assert not applied.selling
    assert applied.store_slug == "vuon-ba-tam"
    assert applied.phone == "+84912345678"
    assert service.seller_of(session, person) == applied
    assert topics(session) == [("seller.applied", {"seller_id": applied.id})]
    with pytest.raises(NotFound):
        service.store_by_slug(session, "vuon-ba-tam")
    owner = again(session, person)
    assert owner.require_seller(applied.id, Right.MANAGE_SHOP) == person.account_id


def test_a_guest_cannot_apply(session: Session) -> None:
    make_commune(session)
    with pytest.raises(NotSignedIn):
        service.apply(session, GUEST, form(), NOW)


def test_everything_wrong_with_an_application_is_said_at_once_by_field(session: Session) -> None:
    person = newcomer(session)
    with pytest.raises(InvalidInputs) as refused:
        service.apply(
            session,
            person,
            form(kind=SellerKind.ENTERPRISE, shop_name=" ", street="", phone="123", tax_code="", commune="99999"),
            NOW,
        )
    assert {problem.field for problem in refused.value.problems} == {
        "shop_name",
        "street",
        "phone",
        "tax_code",
        "commune",
    }
    assert refused.value.field == "shop_name"
    assert session.exec(select(Store)).all() == []


@pytest.mark.parametrize("name", ["Vườn\u202e Tám", "Vườn\x00", "\ud800", "x" * 121])
def test_names_that_hide_or_overflow_are_refused(session: Session, name: str) -> None:
    person = newcomer(session)
    with pytest.raises(DomainError) as refused:
        service.apply(session, person, form().model_copy(update={"shop_name": name}), NOW)
    assert refused.value.field == "shop_name"


def test_shops_of_one_name_get_addresses_of_their_own(session: Session) -> None:
    slugs = [service.apply(session, newcomer(session), form(), NOW).store_slug for _ in range(3)]
    assert slugs == ["vuon-ba-tam", "vuon-ba-tam-2", "vuon-ba-tam-3"]


def test_an_account_owns_one_shop(session: Session) -> None:
    person = newcomer(session)
    service.apply(session, person, form(), NOW)
    with pytest.raises(rules.ShopAlreadyOwned):
        service.apply(session, person, form(), NOW)


def test_the_database_itself_refuses_a_second_owned_shop(session: Session) -> None:
    person = newcomer(session)
    service.apply(session, person, form(), NOW)
    other = make_seller(session)
    with pytest.raises(Exception, match=r"(?i)unique"), session.begin_nested():
        session.add(SellerMember(seller_id=other, account_id=person.require_account(), role=MemberRole.OWNER))
        session.flush()


def test_staff_approve_and_the_shop_opens(session: Session) -> None:
    person, staff = newcomer(session), make_staff(session)
    seller_id = service.apply(session, person, form(), NOW).id
    waiting = service.applications(session, staff)
    assert [(one.seller_id, one.store_name, one.commune_name) for one in waiting] == [
        (seller_id, "Vườn Ba Tám", "Phường Ninh Kiều")
    ]
    service.approve(session, staff, seller_id, NOW)
    assert service.applications(session, staff) == []
    store = service.store_by_slug(session, "vuon-ba-tam")
    assert store.selling
    assert store.address == "12 ấp Mỹ Thuận, Phường Ninh Kiều, Thành phố Cần Thơ"
    assert store.public_tax_code == "•••••••••234"
    assert store.kind_label.vi == "Hộ kinh doanh"
    assert topics(session)[-1] == ("seller.approved", {"seller_id": seller_id})
    history = session.exec(select(Transition).where(Transition.subject == "seller")).all()
    assert [(row.from_state, row.to_state, row.by_account_id) for row in history] == [
        (None, "applied", person.account_id),
        ("applied", "approved", staff.account_id),
    ]


def test_a_refused_applicant_reads_why_mends_it_and_applies_again(session: Session) -> None:
    person, staff = newcomer(session), make_staff(session)
    applied = service.apply(session, person, form(), NOW)
    service.refuse(session, staff, applied.id, "Địa chỉ chưa rõ, xin ghi số nhà.", NOW)
    owner = again(session, person)
    refused = service.seller_of(session, owner)
    assert (refused.status, refused.decision_reason) == (SellerStatus.REFUSED, "Địa chỉ chưa rõ, xin ghi số nhà.")
    mended = service.apply_again(session, owner, applied.id, form(street="34 ấp Mỹ Thuận", shop_name="Vườn Chín"), NOW)
    assert (mended.status, mended.street, mended.store_name) == (SellerStatus.APPLIED, "34 ấp Mỹ Thuận", "Vườn Chín")
    assert mended.store_slug == applied.store_slug
    service.approve(session, staff, applied.id, NOW)
    assert service.store_by_slug(session, applied.store_slug).name == "Vườn Chín"
    with pytest.raises(MoveRefused):
        service.apply_again(session, owner, applied.id, form(), NOW)


def test_a_refusal_and_a_suspension_need_a_reason(session: Session) -> None:
    staff = make_staff(session)
    seller_id = make_seller(session)
    with pytest.raises(DomainError) as refused:
        service.suspend(session, staff, seller_id, "  ", NOW)
    assert refused.value.field == "reason"
    assert service.stores_by_seller(session, [seller_id])[seller_id].selling


def test_a_suspended_shop_closes_at_once_and_reopens(session: Session) -> None:
    staff, seller_id = make_staff(session), make_seller(session)
    slug = service.stores_by_seller(session, [seller_id])[seller_id].slug
    service.suspend(session, staff, seller_id, "Hàng không rõ nguồn gốc", NOW)
    with pytest.raises(NotFound):
        service.store_by_slug(session, slug)
    assert not service.stores_by_seller(session, [seller_id])[seller_id].selling
    with pytest.raises(MoveRefused):
        service.approve(session, staff, seller_id, NOW)
    service.reinstate(session, staff, seller_id, NOW)
    assert service.store_by_slug(session, slug).selling
    assert [topic for topic, _ in topics(session)] == ["seller.suspended", "seller.reinstated"]


def test_no_decision_is_taken_twice(session: Session) -> None:
    staff, seller_id = make_staff(session), make_seller(session, status=SellerStatus.APPLIED)
    service.approve(session, staff, seller_id, NOW)
    for decide in (DECIDE["approve"], DECIDE["refuse"], DECIDE["reinstate"], DECIDE["ask_for_more"]):
        with pytest.raises(MoveRefused):
            decide(session, staff, seller_id)
    assert [topic for topic, _ in topics(session)] == ["seller.approved"]


@pytest.mark.parametrize("decide", DECIDE.values(), ids=DECIDE.keys())
def test_nobody_but_staff_decides(session: Session, decide: Decision) -> None:
    mine = make_seller(session, status=SellerStatus.APPLIED)
    shopper, owner = make_person(session, make_account(session)), make_owner(session, mine)
    with pytest.raises(NotSignedIn):
        decide(session, GUEST, mine)
    for person in (shopper, owner, make_staff(session, Role.DIGITAL_TEAM, make_commune(session))):
        with pytest.raises(NotAllowed):
            decide(session, person, mine)
        with pytest.raises(NotAllowed):
            # Whether the seller exists makes no difference to whom it is none of their business.
            decide(session, person, 999_999)


def test_a_communes_officer_sees_and_decides_on_their_commune_only(session: Session) -> None:
    make_commune(session, ELSEWHERE, "Xã Phong Điền")
    here = make_seller(session, "Vườn gần", status=SellerStatus.APPLIED)
    there = make_seller(session, "Vườn xa", status=SellerStatus.APPLIED, commune_code=ELSEWHERE)
    officer = make_staff(session, Role.COMMUNE_STAFF, "31117")
    assert [one.seller_id for one in service.applications(session, officer)] == [here]
    assert service.application(session, officer, here).seller_id == here
    with pytest.raises(NotFound):
        service.application(session, officer, there)
    for decide in (DECIDE["approve"], DECIDE["refuse"], DECIDE["ask_for_more"]):
        with pytest.raises(NotFound):
            decide(session, officer, there)
    service.approve(session, officer, here, NOW)
    with pytest.raises(NotAllowed):
        service.suspend(session, officer, here, "Lý do", NOW)


def test_nobody_decides_on_a_shop_of_their_own(session: Session) -> None:
    seller_id = make_seller(session, status=SellerStatus.APPLIED)
    staff = make_staff(session)
    session.add(SellerMember(seller_id=seller_id, account_id=staff.require_account(), role=MemberRole.STAFF))
    session.flush()
    with pytest.raises(NotAllowed):
        service.approve(session, again(session, staff), seller_id, NOW)


def test_staff_see_who_uses_the_same_tax_code_or_phone(session: Session) -> None:
    staff = make_staff(session)
    for _ in range(2):
        service.apply(session, newcomer(session), form(), NOW)
    service.apply(session, newcomer(session), form(phone="0987 654 321", tax_code=""), NOW)
    seen = [(one.same_tax_code, one.same_phone) for one in service.applications(session, staff)]
    assert seen == [(1, 1), (1, 1), (0, 0)]


def test_the_queue_goes_on_after_its_last_row(session: Session) -> None:
    staff = make_staff(session)
    first, second = (make_seller(session, status=SellerStatus.APPLIED) for _ in range(2))
    assert [one.seller_id for one in service.applications(session, staff, after=first)] == [second]


def test_who_applied_again_after_mending_stands_behind_those_who_waited_meanwhile(session: Session) -> None:
    staff = make_staff(session)
    early, late = (make_seller(session, status=SellerStatus.APPLIED) for _ in range(2))
    session.get_one(Seller, early).applied_at = NOW + timedelta(days=1)
    session.flush()
    assert [one.seller_id for one in service.applications(session, staff)] == [late, early]
    assert [one.seller_id for one in service.applications(session, staff, after=late)] == [early]


def test_another_persons_shop_is_not_there(session: Session) -> None:
    mine, others = make_seller(session), make_seller(session, "Vườn khác")
    owner = make_owner(session, mine)
    assert service.seller_of(session, owner).id == mine
    for seller_id in (others, 999_999):
        with pytest.raises(NotFound):
            service.seller_of(session, owner, seller_id)
        with pytest.raises(NotFound):
            service.apply_again(session, owner, seller_id, form(), NOW)
        with pytest.raises(NotFound):
            service.members(session, owner, seller_id)
        with pytest.raises(NotFound):
            service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    with pytest.raises(NotFound):
        service.seller_of(session, make_person(session, make_account(session)))
    with pytest.raises(NotSignedIn):
        service.seller_of(session, GUEST)


def test_an_invited_person_helps_until_they_are_let_go(session: Session) -> None:
    seller_id = make_seller(session)
    owner, helper = make_owner(session, seller_id), make_person(session, make_account(session, "Phạm Thị Út"))
    link = service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    assert service.join_seller(session, helper, link, NOW) == seller_id
    helper = again(session, helper)
    assert helper.require_seller(seller_id, Right.HANDLE_ORDERS)
    people = service.members(session, owner, seller_id)
    assert [(one.name, one.role, one.myself) for one in people] == [
        ("Nguyễn Thị Lan", MemberRole.OWNER, True),
        ("Phạm Thị Út", MemberRole.STAFF, False),
    ]
    with pytest.raises(NotAllowed):
        service.invite_member(session, helper, seller_id, (Task.ORDERS,), NOW)
    service.remove_member(session, owner, seller_id, helper.require_account(), NOW)
    assert again(session, helper).seller_ids == frozenset()


RIGHT_OF = {
    Task.GOODS: {Right.MANAGE_GOODS, Right.ANSWER_REVIEWS},
    Task.ORDERS: {Right.HANDLE_ORDERS, Right.MANAGE_CONTRACTS},
    Task.MONEY: {Right.SEE_MONEY},
    Task.CONTRACTS: {Right.MANAGE_CONTRACTS},
}
OF_A_SHOP = {right for rights in RIGHT_OF.values() for right in rights} | {Right.MANAGE_SHOP, Right.MANAGE_PEOPLE}


@pytest.mark.parametrize("task", list(Task))
def test_a_helper_has_the_rights_of_their_tasks_and_no_others(session: Session, task: Task) -> None:
    seller_id = make_seller(session)
    owner, helper = make_owner(session, seller_id), make_person(session, make_account(session))
    service.join_seller(session, helper, service.invite_member(session, owner, seller_id, (task,), NOW), NOW)
    helper = again(session, helper)
    assert {right for right in OF_A_SHOP if helper.may(right, seller_id)} == RIGHT_OF[task]
    assert {right for right in OF_A_SHOP if owner.may(right, seller_id)} == OF_A_SHOP
    for right in OF_A_SHOP - RIGHT_OF[task]:
        with pytest.raises(NotAllowed):
            helper.require_seller(seller_id, right)
        assert helper.sellers_with(right) == frozenset()
    # In another shop they are nobody.
    assert not any(helper.may(right, make_seller(session, "Vườn khác")) for right in OF_A_SHOP)


def test_other_tasks_count_at_the_next_sign_in_and_end_the_present_one(session: Session) -> None:
    seller_id = make_seller(session)
    owner, account_id = make_owner(session, seller_id), make_account(session)
    link = service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    token = accounts.open_session(session, account_id, "test", NOW)
    service.join_seller(session, service.acting_person(session, token, NOW), link, NOW)
    assert not service.acting_person(session, token, NOW).signed_in
    token = accounts.open_session(session, account_id, "test", NOW)
    service.set_tasks(session, owner, seller_id, account_id, (Task.ORDERS,), NOW)
    assert service.acting_person(session, token, NOW).may(Right.HANDLE_ORDERS, seller_id)
    service.set_tasks(session, owner, seller_id, account_id, (Task.GOODS, Task.MONEY), NOW)
    assert not service.acting_person(session, token, NOW).signed_in
    token = accounts.open_session(session, account_id, "test", NOW)
    helper = service.acting_person(session, token, NOW)
    assert not helper.may(Right.HANDLE_ORDERS, seller_id)
    assert helper.may(Right.SEE_MONEY, seller_id)
    assert service.members(session, owner, seller_id)[1].tasks == (Task.GOODS, Task.MONEY)
    service.remove_member(session, owner, seller_id, account_id, NOW)
    assert not service.acting_person(session, token, NOW).signed_in


def test_only_the_owner_gives_tasks_and_at_least_one(session: Session) -> None:
    seller_id = make_seller(session)
    owner, helper = make_owner(session, seller_id), make_person(session, make_account(session))
    service.join_seller(session, helper, service.invite_member(session, owner, seller_id, (*Task,), NOW), NOW)
    helper = again(session, helper)
    helper_id, owner_id = helper.require_account(), owner.require_account()
    with pytest.raises(NotAllowed):
        service.set_tasks(session, helper, seller_id, helper_id, (Task.MONEY,), NOW)
    for who in (owner_id, 999_999):
        with pytest.raises(NotFound):
            service.set_tasks(session, owner, seller_id, who, (Task.MONEY,), NOW)
    for giving in (
        lambda: service.set_tasks(session, owner, seller_id, helper_id, (), NOW),
        lambda: service.invite_member(session, owner, seller_id, (), NOW),
    ):
        with pytest.raises(rules.NoTask):
            giving()


def test_an_invitation_says_whose_it_is_while_it_is_good(session: Session) -> None:
    seller_id = make_seller(session)
    owner, guest = make_owner(session, seller_id), make_person(session, make_account(session))
    link = service.invite_member(session, owner, seller_id, (Task.GOODS, Task.ORDERS), NOW)
    seen = service.invitation(session, guest, link, NOW)
    assert (seen.store_name, seen.tasks) == ("Vườn Ba Tám", (Task.GOODS, Task.ORDERS))
    for token, moment in ((link, NOW + rules.INVITATION_LASTS), ("junk", NOW)):
        with pytest.raises(rules.InvitationSpent):
            service.invitation(session, guest, token, moment)
    with pytest.raises(NotSignedIn):
        service.invitation(session, GUEST, link, NOW)


def test_an_invitation_works_once_and_for_a_week(session: Session) -> None:
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    late = service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    link = service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    stranger = make_person(session, make_account(session))
    service.join_seller(session, make_person(session, make_account(session)), link, NOW)
    for token, moment in ((link, NOW), (late, NOW + rules.INVITATION_LASTS), ("junk", NOW)):
        with pytest.raises(rules.InvitationSpent):
            service.join_seller(session, stranger, token, moment)
    service.join_seller(session, stranger, late, NOW + rules.INVITATION_LASTS - timedelta(seconds=1))
    with pytest.raises(NotSignedIn):
        service.join_seller(session, GUEST, late, NOW)


def test_an_owner_can_neither_join_again_nor_be_let_go(session: Session) -> None:
    seller_id = make_seller(session)
    owner = make_owner(session, seller_id)
    with pytest.raises(NotFound):
        service.remove_member(session, owner, seller_id, owner.require_account(), NOW)
    link = service.invite_member(session, owner, seller_id, (Task.ORDERS,), NOW)
    with pytest.raises(Conflict), session.begin_nested():
        service.join_seller(session, owner, link, NOW)
    assert service.seller_of(session, owner).role is MemberRole.OWNER


def test_stores_are_found_by_either_id_and_strangers_left_out(session: Session) -> None:
    seller_ids = [make_seller(session, f"Vườn {number}") for number in range(3)]
    by_seller = service.stores_by_seller(session, [*seller_ids, 999_999])
    assert set(by_seller) == set(seller_ids)
    by_id = service.stores_by_ids(session, [store.id for store in by_seller.values()])
    assert {store.seller_id for store in by_id.values()} == set(seller_ids)
    assert service.stores_by_ids(session, []) == {} == service.stores_by_seller(session, [])


def test_staff_ask_for_more_and_the_applicant_mends_and_sends_again(session: Session) -> None:
    person, staff = newcomer(session), make_staff(session)
    applied = service.apply(session, person, form(), NOW)
    points = ["registration", "street"]
    service.ask_for_more(session, staff, applied.id, "Xin ghi số nhà, chụp giấy đăng ký.", points, NOW)
    owner = again(session, person)
    asked = service.seller_of(session, owner)
    assert (asked.status, asked.asked) == (SellerStatus.NEEDS_MORE, ("street", "registration"))
    assert asked.decision_reason == "Xin ghi số nhà, chụp giấy đăng ký."
    assert service.applications(session, staff) == []
    with pytest.raises(MoveRefused):
        service.approve(session, staff, applied.id, NOW)
    mended = service.apply_again(session, owner, applied.id, form(street="34 ấp Mỹ Thuận"), NOW)
    assert (mended.status, mended.asked) == (SellerStatus.APPLIED, ())
    service.approve(session, staff, applied.id, NOW)
    assert topics(session)[1:] == [
        ("seller.needs_more", {"seller_id": applied.id}),
        ("seller.applied", {"seller_id": applied.id}),
        ("seller.approved", {"seller_id": applied.id}),
    ]


def test_who_does_not_answer_what_was_asked_can_be_refused(session: Session) -> None:
    person, staff = newcomer(session), make_staff(session)
    seller_id = service.apply(session, person, form(), NOW).id
    service.ask_for_more(session, staff, seller_id, "Thiếu giấy tờ", ["identity_front"], NOW)
    service.refuse(session, staff, seller_id, "Không bổ sung", NOW)
    refused = service.seller_of(session, again(session, person))
    assert (refused.status, refused.decision_reason, refused.asked) == (SellerStatus.REFUSED, "Không bổ sung", ())


@pytest.mark.parametrize("point", ["status", "cooperative", "", "<script>"])
def test_only_what_the_kind_is_asked_for_can_be_asked_again(session: Session, point: str) -> None:
    seller_id = make_seller(session, status=SellerStatus.APPLIED, kind=SellerKind.HOUSEHOLD)
    with pytest.raises(DomainError) as refused:
        service.ask_for_more(session, make_staff(session), seller_id, "Thiếu", [point], NOW)
    assert refused.value.field == "points"


def test_a_review_shows_who_did_what_when_and_why(session: Session) -> None:
    person, staff = newcomer(session), make_staff(session)
    bank = {"bank": "970405", "bank_account": "6220201012345", "bank_holder": "Nguyễn Văn Tám"}
    seller_id = service.apply(session, person, form(**bank), NOW).id
    service.ask_for_more(session, staff, seller_id, "Thiếu căn cước", ["identity_front"], NOW + timedelta(hours=1))
    file = service.application_file(session, staff, seller_id)
    assert (file.bank_name, file.bank_account, file.bank_holder) == ("Agribank", "6220201012345", "NGUYEN VAN TAM")
    assert [paper.value for paper in file.missing] == ["identity_front", "identity_back", "registration"]
    assert [(move.state.en, move.by, move.reason) for move in file.moves] == [
        ("Waiting for approval", "Nguyễn Thị Lan", ""),
        ("More is needed", "Trần Văn Minh", "Thiếu căn cước"),
    ]
    for stranger in (make_person(session, make_account(session)), again(session, person)):
        with pytest.raises(NotAllowed):
            service.application_file(session, stranger, seller_id)


def test_staff_see_who_is_paid_to_the_same_account_at_the_same_bank(session: Session) -> None:
    staff = make_staff(session)
    account = {"bank_account": "6220201012345", "bank_holder": "Tám"}
    for bank in ("970405", "970405", "970436"):
        service.apply(session, newcomer(session), form(bank=bank, **account), NOW)
    service.apply(session, newcomer(session), form(), NOW)
    assert [one.same_bank_account for one in service.applications(session, staff)] == [1, 1, 0, 0]
