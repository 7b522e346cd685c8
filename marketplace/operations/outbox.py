"""`python -m marketplace outbox`: events whose handling always failed, to look at and to try again once mended."""

from __future__ import annotations

import argparse

from marketplace.base import clock, db, outbox


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `outbox`."""
    parser.add_argument("--retry", nargs="+", type=int, metavar="ID", help="try these events again")
    parser.epilog = (
        "Exits 1 when events are put aside. Nothing is lost meanwhile: they wait here, and hold up no other."
    )


def run(arguments: argparse.Namespace) -> int:
    """Try events again if asked to, then show what is still put aside."""
    if arguments.retry:
        print(f"{db.write_now(outbox.try_again, arguments.retry, clock.now())} events will be tried again.")
    dead = db.read_now(outbox.put_aside)
    for letter in dead:
        print(f"{letter.id}  {letter.topic}  {clock.show_time(letter.failed_at)}  {letter.payload}  {letter.error}")
    print(f"{len(dead)} events are put aside." if dead else "No event is put aside.")
    return 1 if dead else 0
