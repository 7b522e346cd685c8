"""`python -m marketplace verify-ledger`: every movement of money sums to zero, and none lacks its entries."""

from __future__ import annotations

import argparse
import sys

from marketplace.base import db
from marketplace.ledger import service as ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `verify-ledger`."""
    parser.epilog = "Prints the key of each faulty movement; exits 1 when there is one."


def run(_: argparse.Namespace) -> int:
    """Look at the whole ledger."""
    faulty = db.read_now(ledger.unbalanced_transactions)
    for key in faulty:
        print(f"{key}: does not sum to zero", file=sys.stderr)
    print(f"{len(faulty)} movements of money are faulty." if faulty else "Every movement of money sums to zero.")
    return 1 if faulty else 0
