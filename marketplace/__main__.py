"""What whoever runs the machine types. Each command exits non-zero when it did not succeed."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from marketplace.base.errors import DomainError
from marketplace.base.log import configure_log
from marketplace.settings import PREFIX, settings

REFUSED, MISUSED, INTERRUPTED = 1, 2, 130

COMMANDS = {
    "serve": ("marketplace.operations.serve", "build what changed and serve everything on one port"),
    "worker": ("marketplace.operations.worker", "do the background work in a process of its own"),
    "outbox": ("marketplace.operations.outbox", "show events that always failed, and try them again"),
    "build": ("marketplace.operations.build", "build the browser's part of the app"),
    "migrate": ("marketplace.operations.migrate", "bring the database to the newest schema"),
    "seed": ("marketplace.demo.command", "fill an empty database with a believable marketplace"),
    "staff": ("marketplace.accounts.command", "make accounts of the province's staff"),
    "rights": ("marketplace.operations.rights", "print who may do what, as docs/rights.md has it"),
    "stock": ("marketplace.operations.stock", "set what is on hand of a stock keeping unit"),
    "import": ("marketplace.operations.import_goods", "bring a shop's goods in from an XLSX or CSV file"),
    "backup": ("marketplace.operations.backup", "copy everything that cannot be made again into one file"),
    "restore": ("marketplace.operations.restore", "bring a backup back to where there is nothing yet"),
    "verify-ledger": ("marketplace.operations.verify_ledger", "see that every movement of money sums to zero"),
    "verify-contracts": ("marketplace.operations.verify_contracts", "see that no contract was changed afterwards"),
    "rebuild-ratings": ("marketplace.operations.rebuild_ratings", "count ratings and followers anew"),
    "doctor": ("marketplace.operations.doctor", "look whether this machine has what the app needs"),
}
"""Name to module and description; only the module of the command that is called is imported."""


def main(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit code."""
    parser = argparse.ArgumentParser("python -m marketplace", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    chosen = next((argument for argument in arguments if argument in COMMANDS), None)
    for name, (module, description) in COMMANDS.items():
        command = commands.add_parser(name, help=description, description=description)
        if name == chosen:
            implementation = importlib.import_module(module)
            implementation.add_arguments(command)
            command.set_defaults(run=implementation.run)
    parsed = parser.parse_args(arguments)
    configure_log()
    try:
        settings()
        code: int = parsed.run(parsed)
    except ValidationError as error:
        for problem in error.errors():
            print(f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}", file=sys.stderr)
        return MISUSED
    except DomainError as error:
        print(f"{error.field}: {error.say('en')}" if error.field else error.say("en"), file=sys.stderr)
        return REFUSED
    except OperationalError as error:
        print(f"The database failed: {error.orig}", file=sys.stderr)
        print("If it is new, run `python -m marketplace migrate`.", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
