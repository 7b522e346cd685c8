"""`python -m marketplace verify-contracts`: terms, evidence and documents are what they were."""

from __future__ import annotations

import argparse
import sys
from itertools import chain

from marketplace.base import db
from marketplace.contracts import documents
from marketplace.contracts import service as contracts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `verify-contracts`."""
    parser.epilog = "Prints each fault; exits 1 when there is one."


def run(_: argparse.Namespace) -> int:
    """Look at every contract."""
    count = 0
    with db.read() as session:
        for fault in chain(contracts.faults(session), documents.faults(session)):
            count += 1
            print(fault, file=sys.stderr)
    print(f"{count} faults found." if count else "Every contract, its evidence and its documents hold.")
    return 1 if count else 0
