"""Adding staff from the command line."""

from __future__ import annotations

import argparse
import asyncio

import pytest
from sqlmodel import Session

from marketplace.accounts import command, service
from marketplace.accounts.rules import Role
from marketplace.base import clock, db
from marketplace.sellers.service import acting_person
from tests.factories import make_commune


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def run(*arguments: str) -> int:
    return command.run(parsed("add", *arguments))


def roles_of(identifier: str, password: str) -> frozenset[Role]:
    candidates = db.read_now(service.find_for_sign_in, identifier)
    account_id = asyncio.run(service.matching_account(password, candidates))
    assert account_id is not None

    def look(session: Session) -> frozenset[Role]:
        token = service.open_session(session, account_id, "", clock.now(), strong=True)
        return acting_person(session, token, clock.now()).roles

    return db.write_now(look)


@pytest.mark.usefixtures("database")
def test_a_password_from_the_environment_opens_the_new_account(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(command.PASSWORD_VARIABLE, "trụ sở một hai ba")
    assert run("--phone", "0912345678", "--name", "Trần Văn Minh", "--role", "province_staff") == 0
    assert "trụ sở" not in capsys.readouterr().out
    assert roles_of("0912345678", "trụ sở một hai ba") == {Role.PROVINCE_STAFF}


@pytest.mark.usefixtures("database")
def test_a_generated_password_is_printed_once_and_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(command.PASSWORD_VARIABLE, raising=False)
    assert run("--email", "minh@cantho.gov.vn", "--name", "Minh", "--role", "operator", "--generate-password") == 0
    password = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert roles_of("minh@cantho.gov.vn", password) == {Role.OPERATOR}


@pytest.mark.usefixtures("database")
def test_a_commune_role_needs_its_commune(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(command.PASSWORD_VARIABLE, "trụ sở một hai ba")
    db.write_now(make_commune)
    common = ("--phone", "0912345678", "--name", "Minh", "--role", "commune_staff")
    assert run(*common) == 1
    assert "commune" in capsys.readouterr().err
    assert run(*common, "--commune", "31117") == 0
    assert roles_of("0912345678", "trụ sở một hai ba") == {Role.COMMUNE_STAFF}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("identifier", "password", "field"),
    [
        (("--phone", "123"), "trụ sở một hai ba", "phone"),
        (("--email", "x"), "trụ sở một hai ba", "email"),
        (("--phone", "0912345678"), "12345678", "password"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    identifier: tuple[str, str],
    password: str,
    field: str,
) -> None:
    monkeypatch.setenv(command.PASSWORD_VARIABLE, password)
    assert run(*identifier, "--name", "Minh", "--role", "operator") == 1
    assert capsys.readouterr().err.startswith(f"{field}:")
    assert db.read_now(service.find_for_sign_in, "0912345678") == ()
