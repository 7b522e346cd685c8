"""`python -m marketplace verify-contracts`: the terms are what was accepted, and no evidence was changed or removed."""

from __future__ import annotations

import argparse
import sys

from marketplace.base import db
from marketplace.contracts import service as contracts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `verify-contracts`."""
    parser.epilog = "Prints each fault; exits 1 when there is one."


def run(_: argparse.Namespace) -> int:
    """Look at every contract."""
    count = 0
    with db.read() as session:
        for fault in contracts.faults(session):
            count += 1
            print(fault, file=sys.stderr)
    print(f"{count} faults found." if count else "Every contract and its evidence hold.")
    return 1 if count else 0
