"""`python -m marketplace worker`: the outbox and lapsing orders, beside or instead of a serving process."""

from __future__ import annotations

import argparse

from marketplace import background


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `worker`."""
    parser.epilog = "Several may run at once; each event is leased by one of them. Ctrl-C stops it."


def run(_: argparse.Namespace) -> int:
    """Work until interrupted."""
    background.run_worker()
    return 0
