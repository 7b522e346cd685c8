"""`python -m marketplace staff add`: the first people of the province, made by whoever runs the machine."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from marketplace.accounts import rules, service
from marketplace.accounts.rules import Role
from marketplace.base import clock, crypto, db
from marketplace.base.errors import DomainError

PASSWORD_VARIABLE = "MARKETPLACE_STAFF_PASSWORD"  # noqa: S105 - the name of a variable
GENERATED_LENGTH = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `staff`."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="create an account with a role, or give a role to a known one")
    who = add.add_mutually_exclusive_group(required=True)
    who.add_argument("--phone", help="a Vietnamese mobile number, 0912345678")
    who.add_argument("--email")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--commune", help="code of the commune, for commune_staff and digital_team")
    add.add_argument("--generate-password", action="store_true", help="make a password and print it once")
    forget = actions.add_parser(
        "forget-second-factor", help="for who lost both the app and the recovery codes; see that it is really them"
    )
    forget_who = forget.add_mutually_exclusive_group(required=True)
    forget_who.add_argument("--phone", help="a Vietnamese mobile number, 0912345678")
    forget_who.add_argument("--email")
    add.epilog = f"The password is read from ${PASSWORD_VARIABLE}, else asked for, else generated and printed once."


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for; 0, or 1 with the reason on standard error."""
    return _forget(arguments) if arguments.action == "forget-second-factor" else _add(arguments)


def _add(arguments: argparse.Namespace) -> int:
    identifier: str = arguments.phone or arguments.email
    try:
        password, generated = _password(arguments)
        password = rules.read_password(password)
        who = rules.parse_identifier(identifier, field="phone" if arguments.phone else "email")
        rules.check_new_password(password, name=arguments.name, identifier=who)
        account_id, new = db.write_now(
            service.add_staff,
            arguments.name,
            who.text,
            crypto.hash_password(password),
            Role(arguments.role),
            arguments.commune,
            clock.now(),
        )
    except DomainError as error:
        print(f"{error.field or 'staff add'}: {error.say('en')}", file=sys.stderr)
        return 1
    shown = rules.show_phone(who.text) if who.phone else who.text
    if not new:
        print(f"Account {account_id} ({shown}) now has the role {arguments.role}; its password is unchanged.")
    elif generated:
        print(f"Account {account_id} ({shown}) has the role {arguments.role}. Password, shown only now: {password}")
    else:
        print(f"Account {account_id} ({shown}) has the role {arguments.role}.")
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    try:
        who = rules.parse_identifier(arguments.phone or arguments.email, field="phone" if arguments.phone else "email")
        gone = db.write_now(service.forget_second_factor_of, who.text)
    except DomainError as error:
        print(f"{error.field or 'staff'}: {error.say('en')}", file=sys.stderr)
        return 1
    print("Its second factor is gone; a new one is set up at the next sign-in." if gone else "It had none.")
    return 0


def _password(arguments: argparse.Namespace) -> tuple[str, bool]:
    from_environment = os.environ.get(PASSWORD_VARIABLE)
    if from_environment:
        return from_environment, False
    if arguments.generate_password or not sys.stdin.isatty():
        return crypto.new_code(GENERATED_LENGTH), True
    return getpass.getpass("Password: "), False
