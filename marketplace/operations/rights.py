"""`python -m marketplace rights`: the table of rights as it stands in the code, in words; docs/rights.md is its output."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from marketplace.accounts.rules import (
    COMMUNE_BOUND,
    LIFETIMES,
    RIGHTS,
    SECOND_FACTOR_ROLES,
    Holder,
    MemberRole,
    Right,
    Role,
    Task,
    session_kind,
)

COLUMNS: tuple[Holder, ...] = (*Role, MemberRole.OWNER, *Task)
NAMES: Mapping[Holder, str] = {
    Role.PROVINCE_STAFF: "province staff",
    Role.COMMUNE_STAFF: "commune staff",
    Role.DIGITAL_TEAM: "digital team",
    Role.OPERATOR: "operator",
    MemberRole.OWNER: "a shop's owner",
    Task.GOODS: "helper: goods",
    Task.ORDERS: "helper: orders",
    Task.MONEY: "helper: money",
    Task.CONTRACTS: "helper: contracts",
}
MEANINGS: Mapping[Right, str] = {
    Right.REVIEW_SELLERS: "look at applications, approve and refuse them",
    Right.SUSPEND_SELLERS: "stop a shop's sales, and let it sell again",
    Right.MODERATE_GOODS: "take goods off the market",
    Right.RECALL_LOTS: "recall a lot, and see who bought of it",
    Right.MODERATE_REVIEWS: "hide and restore reported reviews",
    Right.READ_INDICATORS: "read the indicators and figures",
    Right.ENTER_FIGURES: "enter figures from outside",
    Right.GRANT_ROLES: "give roles",
    Right.MANAGE_GOODS: "goods, variants, prices, stock, lots",
    Right.HANDLE_ORDERS: "accept, pack and deliver orders",
    Right.MANAGE_CONTRACTS: "a shop's contracts",
    Right.SEE_MONEY: "a shop's money",
    Right.MANAGE_SHOP: "how a shop presents itself",
    Right.MANAGE_PEOPLE: "who works in a shop",
    Right.ANSWER_REVIEWS: "answer reviews",
    Right.ORGANISE_RUNS: "organise commune pickup runs",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""
    parser.epilog = "Written to docs/rights.md: python -m marketplace rights > docs/rights.md"


def run(_: argparse.Namespace) -> int:
    """Print the table."""
    print(*lines(), sep="\n")
    return 0


def lines() -> Iterator[str]:
    """The table of rights as Markdown."""
    yield "# Who may do what"
    yield ""
    yield "Printed by `python -m marketplace rights` from the one table of rights (`marketplace/accounts/rules/rights.py`); a test keeps"
    yield "this page equal to it. Shoppers need no right: what is theirs is theirs. A shop's people have theirs in that shop alone,"
    yield "a helper those of the tasks the owner chose."
    yield ""
    yield f"| right | {' | '.join(NAMES[column] for column in COLUMNS)} |"
    yield f"| --- |{' :---: |' * len(COLUMNS)}"
    for right in Right:
        marks = " | ".join("x" if column in RIGHTS[right] else " " for column in COLUMNS)
        yield f"| {MEANINGS[right]} (`{right}`) | {marks} |"
    bound, strong = (", ".join(sorted(NAMES[role] for role in roles)) for roles in (COMMUNE_BOUND, SECOND_FACTOR_ROLES))
    yield ""
    yield f"- Only in the communes it was given for: {bound}."
    yield f"- Only in a sign-in with a second factor: {strong}."
    for role in Role:
        lifetime = LIFETIMES[session_kind([role], sells=False)]
        idle = int(lifetime.idle.total_seconds()) // 60
        shown = f"{idle} minutes" if idle < 24 * 60 else f"{lifetime.idle.days} days"
        yield f"- A sign-in of {NAMES[role]} ends after {shown} without use."
