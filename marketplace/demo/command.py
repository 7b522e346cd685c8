"""`python -m marketplace seed`: demo data for an empty database, and the accounts to try it with."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime, time

from marketplace.base import clock, db
from marketplace.demo.accounts import are_here, lines
from marketplace.demo.seed import HereAlready, NotEmpty, Plan, seed

CLOSING = time(17, 0)
"""The local time of day at which a history with a given last day ends."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `seed`."""
    parser.add_argument("--sellers", type=_count, default=60)
    parser.add_argument("--products", type=_count, default=600)
    parser.add_argument("--orders", type=_count, default=2000)
    parser.add_argument("--seed", type=int, default=7, help="the same seed and day give the same data")
    parser.add_argument("--until", type=date.fromisoformat, help="last day of the history, YYYY-MM-DD; else until now")
    parser.add_argument("--if-empty", action="store_true", help="do nothing, and be content, when there is something")
    parser.add_argument("--force", action="store_true", help="write beside what is there; changes none of it")
    parser.add_argument("--accounts", action="store_true", help="only print the accounts to sign in with")
    parser.epilog = "Run `migrate` first. Writes everything or, when it is interrupted, nothing."


def run(arguments: argparse.Namespace) -> int:
    """Seed the database of the settings; 1 with words when it is not empty."""
    if arguments.accounts and not db.read_now(are_here):
        print("There is no demo data here, and so no demo accounts.", file=sys.stderr)
        return 1
    if not arguments.accounts:
        plan = Plan(
            arguments.sellers,
            arguments.products,
            arguments.orders,
            arguments.seed,
            moment_of(arguments.until),
            beside_others=arguments.force,
        )
        try:
            counts = db.write_now(seed, plan, _say)
        except NotEmpty as error:
            if arguments.if_empty:
                return 0
            print(f"Demo data is only for an empty database, and {error}. Nothing was written.", file=sys.stderr)
            return 1
        except HereAlready:
            print("The demo data is here already. Nothing was written.", file=sys.stderr)
            return 1
        _say("Wrote " + ", ".join(f"{count} {table}" for table, count in counts.items()))
    if not arguments.if_empty:
        # Whoever seeds on the way to serving is told once the addresses answer.
        for line in lines():
            print(line)
    return 0


def moment_of(until: date | None) -> datetime:
    """The moment the history leads up to: now, or the close of a given day in Vietnam."""
    return clock.now() if until is None else datetime.combine(until, CLOSING, clock.VIETNAM)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must be from 1 to 1000000")
    return number


def _say(line: str) -> None:
    print(line, flush=True)
