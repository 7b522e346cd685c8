"""Commune pickup runs: what they offer to buyers at their stops, who organises them, and which sellers go along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from marketplace.accounts.rules import Right
from marketplace.accounts.views import Person
from marketplace.base import clock
from marketplace.base.errors import FieldRequired, InputInvalid, NotAllowed, NotFound
from marketplace.base.inputs import Problems, read_line
from marketplace.base.money import show_money
from marketplace.base.names import read_name
from marketplace.base.text import Locale, Text
from marketplace.delivery.commands import RunDraft, StopDraft
from marketplace.delivery.models import PickupRun, RunMember, RunStop
from marketplace.delivery.rules import (
    KILOGRAM,
    LARGEST_RUN_GRAMS,
    LARGEST_RUN_ORDERS,
    METHOD_LABELS,
    MethodKind,
    RunClosed,
    SlotWanted,
    TooManyPoints,
    check_run,
    check_window,
    day_slot,
    days_text,
    hours_text,
    in_time,
    opening_text,
    read_load,
    run_slot,
    stop_code,
    window_begins,
)
from marketplace.delivery.service import limiting
from marketplace.delivery.service.calendar import Timetable
from marketplace.delivery.service.own import announce, own_seller, read_amount
from marketplace.delivery.views import DeliveryOption, RunCard, RunsPage, StopCard
from marketplace.places import service as places
from marketplace.places.views import CommuneView
from marketplace.sellers import service as sellers
from marketplace.sellers.rules import read_time

MOST_STOPS = 20
LOAD = Text(
    "{orders} / {orders_room} đơn · {kilograms} / {kilograms_room} kg",
    "{orders} / {orders_room} orders · {kilograms} / {kilograms_room} kg",
)
UNTIL = Text("chốt đơn {time}", "orders until {time}")


@dataclass(frozen=True, slots=True)
class Passenger:
    """What one seller would send along: grams, how soon it must arrive, when the seller has answered, when goods are there."""

    grams: int
    reach_hours: int | None
    not_before: datetime
    expected_on: date | None


def stops_for(
    session: Session,
    passengers: Mapping[int, Passenger],
    commune: str,
    tables: Mapping[int, Timetable],
    now: datetime,
) -> dict[int, list[DeliveryOption]]:
    """The stops in a commune of runs that still take the parcel of each seller (by id) that goes along."""
    rows = session.exec(
        select(PickupRun, RunStop, RunMember.seller_id)
        .join(RunStop, col(RunStop.run_id) == col(PickupRun.id))
        .join(RunMember, col(RunMember.run_id) == col(PickupRun.id))
        .where(
            RunStop.commune_code == commune,
            col(RunMember.seller_id).in_(passengers),
            col(PickupRun.active).is_(True),
            col(PickupRun.opens_at) <= now,
            col(PickupRun.closes_at) > now,
        )
        .order_by(col(PickupRun.day), col(RunStop.opens), col(RunStop.id))
    ).all()
    taken = limiting.taken(session, {run_slot(run.id) for run, _, _ in rows})
    communes = places.communes(session, {stop.commune_code for _, stop, _ in rows})
    ways: defaultdict[int, list[DeliveryOption]] = defaultdict(list)
    for run, stop, seller_id in rows:
        who, table = passengers[seller_id], tables[seller_id]
        orders, grams = taken.get(run_slot(run.id), (0, 0))
        if (
            orders < run.orders_room
            and grams + who.grams <= run.grams_room
            and table.days.has_room(run.day)
            and (who.expected_on is None or who.expected_on <= run.day)
            and window_begins(run.day, stop.opens, who.not_before) >= who.not_before
            and in_time(MethodKind.RUN, 0, who.reach_hours)
        ):
            ways[seller_id].append(_option(run, stop, _address(stop, communes), table, seller_id))
    return ways


def _option(run: PickupRun, stop: RunStop, address: str, table: Timetable, seller_id: int) -> DeliveryOption:
    slots = [SlotWanted(run_slot(run.id), run.orders_room, run.grams_room)]
    if table.orders_a_day is not None:
        slots.append(SlotWanted(day_slot(seller_id, run.day), table.orders_a_day))
    return DeliveryOption(
        code=stop_code(stop.id),
        kind=MethodKind.RUN.value,
        label=METHOD_LABELS[MethodKind.RUN],
        days=days_text(0, 0),
        fee=run.fee,
        kilogram_fee=0,
        free_above=None,
        first=run.day,
        last=run.day,
        when=opening_text(run.day, stop.opens, stop.closes),
        place=address,
        hours=hours_text(stop.opens, stop.closes),
        slots=tuple(slots),
        run_id=run.id,
    )


def runs_in(session: Session, commune: str, now: datetime) -> set[int]:
    """The sellers that bring goods to a commune by a run that takes orders now."""
    statement = (
        select(RunMember.seller_id)
        .join(PickupRun, col(PickupRun.id) == col(RunMember.run_id))
        .join(RunStop, col(RunStop.run_id) == col(PickupRun.id))
        .where(
            RunStop.commune_code == commune,
            col(PickupRun.active).is_(True),
            col(PickupRun.opens_at) <= now,
            col(PickupRun.closes_at) > now,
        )
    )
    return set(session.exec(statement).all())


def my_runs(session: Session, person: Person, locale: Locale, now: datetime) -> RunsPage:
    """Runs the person organises, and coming ones that its shop may go along with; raises NotSignedIn, NotAllowed."""
    person.require_account()
    mine = _shop_of(session, person)
    if mine is None and not _organises_all(person):
        raise NotAllowed
    today = clock.local_date(now)
    runs = session.exec(
        select(PickupRun).where(col(PickupRun.day) >= today).order_by(col(PickupRun.day), col(PickupRun.id))
    ).all()
    own = [run for run in runs if _organises(person, run, mine)]
    others = [run for run in runs if run not in own and run.active and run.closes_at > now and mine is not None]
    cards = _cards(session, [*own, *others], mine, locale)
    return RunsPage(
        own=tuple(cards[run.id] for run in own), others=tuple(cards[run.id] for run in others), sells=mine is not None
    )


def organise_run(session: Session, person: Person, draft: RunDraft, now: datetime) -> int:
    """Plan a run; the organising shop goes along. Raises NotSignedIn, NotAllowed, or each entry's problem by field."""
    account_id = person.require_account()
    mine = _shop_of(session, person)
    if mine is None and not _organises_all(person):
        raise NotAllowed
    problems = Problems()
    with problems.noting():
        name = read_name(draft.name, field="name", limit=80)
    day, closes = clock.local_date(now), now
    with problems.noting():
        day, closes = _day(draft.day), _moment(draft.closes_at)
        check_run(day, closes.astimezone(clock.VIETNAM), now.astimezone(clock.VIETNAM), field="closes_at")
    fee = None
    with problems.noting():
        fee = read_amount(draft.fee, "fee")
        if fee is None:
            raise FieldRequired(field="fee")
    with problems.noting():
        orders = read_load(draft.orders, LARGEST_RUN_ORDERS, field="orders")
    with problems.noting():
        kilograms = read_load(draft.kilograms, LARGEST_RUN_GRAMS // KILOGRAM, field="kilograms")
    problems.refuse()
    run = PickupRun(
        name=name,
        account_id=account_id,
        seller_id=mine,
        day=day,
        opens_at=now,
        closes_at=closes,
        fee=fee or 0,
        orders_room=orders,
        grams_room=kilograms * KILOGRAM,
    )
    session.add(run)
    session.flush()
    if mine is not None:
        session.add(RunMember(run_id=run.id, seller_id=mine))
        announce(session, mine, now)
    return run.id


def add_stop(session: Session, person: Person, run_id: int, draft: StopDraft, commune: str, now: datetime) -> None:
    """Let a run stop once more; raises NotFound, RunClosed, TooManyPoints, or each entry's problem by field."""
    run, problems = organised_run(session, person, run_id), Problems()
    _check_open(run, now)
    with problems.noting():
        name = read_name(draft.stop_name, field="stop_name", limit=80)
    with problems.noting():
        street = read_line(draft.street, field="street", limit=200)
    with problems.noting():
        if not commune:
            raise FieldRequired(field="commune")
        places.commune(session, commune)
    with problems.noting():
        opens, closes = check_window(
            read_time(draft.opens, field="opens"), read_time(draft.closes, field="opens"), field="opens"
        )
    problems.refuse()
    if len(session.exec(select(RunStop.id).where(RunStop.run_id == run.id)).all()) >= MOST_STOPS:
        raise TooManyPoints(most=MOST_STOPS)
    session.add(RunStop(run_id=run.id, name=name, street=street, commune_code=commune, opens=opens, closes=closes))
    _announce(session, run, now)


def call_off(session: Session, person: Person, run_id: int, now: datetime) -> None:
    """Take no more orders for a run; those it has keep what they agreed. Raises NotFound."""
    run = organised_run(session, person, run_id)
    run.active = False
    session.add(run)
    _announce(session, run, now)


def go_along(session: Session, person: Person, run_id: int, now: datetime) -> None:
    """The person's shop sends goods along with a run, or no longer; raises NotSignedIn, NotFound, NotAllowed, RunClosed."""
    seller = own_seller(session, person)
    run = session.get(PickupRun, run_id)
    if run is None:
        raise NotFound
    member = session.exec(select(RunMember).where(RunMember.run_id == run.id, RunMember.seller_id == seller.id)).first()
    if member is not None:
        session.delete(member)
    else:
        _check_open(run, now)
        session.add(RunMember(run_id=run.id, seller_id=seller.id))
    announce(session, seller.id, now)


def organised_run(session: Session, person: Person, run_id: int) -> PickupRun:
    """A run the person organises; raises NotSignedIn, and NotFound for those of others as for none."""
    person.require_account()
    run = session.get(PickupRun, run_id)
    if run is None or not _organises(person, run, _shop_of(session, person)):
        raise NotFound
    return run


def run_for_list(session: Session, person: Person, run_id: int, locale: Locale) -> RunCard:
    """A run with its stops for its organiser, to be driven by; raises NotSignedIn, NotFound."""
    run = organised_run(session, person, run_id)
    return _cards(session, [run], None, locale)[run.id]


def _check_open(run: PickupRun, now: datetime) -> None:
    if not run.active or run.closes_at <= now:
        raise RunClosed


def _announce(session: Session, run: PickupRun, now: datetime) -> None:
    for seller_id in session.exec(select(RunMember.seller_id).where(RunMember.run_id == run.id)).all():
        announce(session, seller_id, now)


def _shop_of(session: Session, person: Person) -> int | None:
    """The shop the person owns; None for who owns none."""
    try:
        return own_seller(session, person).id
    except (NotFound, NotAllowed):
        return None


def _organises_all(person: Person) -> bool:
    try:
        person.require_right(Right.ORGANISE_RUNS)
    except NotAllowed:
        return False
    return True


def _organises(person: Person, run: PickupRun, mine: int | None) -> bool:
    return _organises_all(person) or (run.seller_id is not None and run.seller_id == mine)


def _cards(session: Session, runs: Collection[PickupRun], mine: int | None, locale: Locale) -> dict[int, RunCard]:
    ids = [run.id for run in runs]
    stops: defaultdict[int, list[RunStop]] = defaultdict(list)
    for stop in session.exec(
        select(RunStop).where(col(RunStop.run_id).in_(ids)).order_by(col(RunStop.opens), col(RunStop.id))
    ):
        stops[stop.run_id].append(stop)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for member in session.exec(select(RunMember).where(col(RunMember.run_id).in_(ids)).order_by(col(RunMember.id))):
        members[member.run_id].append(member.seller_id)
    names = sellers.stores_by_seller(session, {one for found in members.values() for one in found})
    communes = places.communes(session, {stop.commune_code for found in stops.values() for stop in found})
    taken = limiting.taken(session, {run_slot(run.id) for run in runs})
    cards = {}
    for run in runs:
        orders, grams = taken.get(run_slot(run.id), (0, 0))
        cards[run.id] = RunCard(
            id=run.id,
            name=run.name,
            day_text=f"{run.day:%d/%m/%Y} · {UNTIL.say(locale, time=clock.show_time(run.closes_at))}",
            fee_text=show_money(run.fee),
            load_text=LOAD.say(
                locale,
                orders=orders,
                orders_room=run.orders_room,
                kilograms=-(-grams // KILOGRAM),
                kilograms_room=run.grams_room // KILOGRAM,
            ),
            active=run.active,
            goes_along=mine in members[run.id],
            sellers_text=", ".join(names[one].name for one in members[run.id] if one in names),
            stops=tuple(
                StopCard(stop.id, stop_code(stop.id), _address(stop, communes), hours_text(stop.opens, stop.closes))
                for stop in stops[run.id]
            ),
            list_href=f"/seller/runs/list?run={run.id}",
        )
    return cards


def _address(stop: RunStop, communes: Mapping[str, CommuneView]) -> str:
    commune = communes.get(stop.commune_code)
    return ", ".join(filter(None, (stop.name, stop.street, commune.name if commune else "")))


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InputInvalid(field="day") from None


def _moment(typed: str) -> datetime:
    try:
        return clock.read_local(typed)
    except ValueError:
        raise InputInvalid(field="closes_at") from None
