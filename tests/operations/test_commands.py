"""The commands as they are typed: what they answer and with which exit code they end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from sqlmodel import Session

from marketplace.__main__ import COMMANDS, main
from marketplace.base import db
from marketplace.base.log import configure_log
from marketplace.ledger.models import LedgerEntry, LedgerTransaction
from marketplace.operations import build
from marketplace.settings import ROOT

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"python -m marketplace {name}" in capsys.readouterr().out


def test_an_unknown_command_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sing"])
    assert ended.value.code == 2
    assert "serve" in capsys.readouterr().err


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "seventy")
    assert main(["verify-ledger"]) == 2
    assert "MARKETPLACE_PORT" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_said_and_not_traced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARKETPLACE_DATABASE_URL", "postgresql://127.0.0.1:9/nowhere")
    assert main(["verify-ledger"]) == 1
    said = capsys.readouterr().err
    assert "The database failed" in said
    assert "Traceback" not in said


def _movement(session: Session, key: str, *amounts: int) -> None:
    movement = LedgerTransaction(key=key, kind="test", occurred_at=NOW)
    session.add(movement)
    session.flush()
    session.add_all(LedgerEntry(transaction_id=movement.id, account="cash", amount=amount) for amount in amounts)


@pytest.mark.usefixtures("database")
def test_a_ledger_that_balances_is_found_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    db.write_now(_movement, "sale:1", 100, -98, -2)
    assert main(["verify-ledger"]) == 0
    assert "sums to zero" in capsys.readouterr().out


@pytest.mark.usefixtures("database")
def test_a_movement_that_does_not_balance_or_has_no_entries_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    db.write_now(_movement, "sale:1", 100, -98, -2)
    db.write_now(_movement, "sale:2", 100, -98)
    db.write_now(_movement, "sale:3")
    assert main(["verify-ledger"]) == 1
    said = capsys.readouterr()
    assert "sale:2" in said.err
    assert "sale:3" in said.err
    assert "sale:1" not in said.err


@pytest.mark.usefixtures("database")
def test_no_contracts_have_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-contracts"]) == 0
    assert "hold" in capsys.readouterr().out


@pytest.mark.usefixtures("database")
def test_stock_of_an_unknown_code_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stock", "NOTHING", "--set", "3"]) == 1
    assert "sku" in capsys.readouterr().err
    assert main(["stock", "NOTHING", "--set", "three"]) == 1
    assert "quantity" in capsys.readouterr().err


def test_migrating_an_empty_database_makes_it_whole_and_a_second_time_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["migrate"]) == 0
    counts = db.read_now(_reference_rows)
    assert counts["province"] == 34
    assert counts["commune"] > 3000
    assert counts["category"] > 10
    assert main(["migrate"]) == 0
    assert db.read_now(_reference_rows) == counts
    assert main(["doctor"]) == 0
    assert "FAIL" not in capsys.readouterr().out


def test_processes_that_migrate_at_the_same_time_do_it_once(database: str, request: pytest.FixtureRequest) -> None:
    address = database if db.is_sqlite(database) else request.getfixturevalue("postgres").create("marketplace_together")
    if db.is_sqlite(database):
        address += ".together"
    environment = {**os.environ, "MARKETPLACE_DATABASE_URL": address}
    command = [sys.executable, "-m", "marketplace", "migrate"]
    together = [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[1].decode() for process in together]
    assert [(process.returncode, errors) for process, errors in zip(together, said, strict=True)] == [(0, "")] * 2
    engine = db.make_engine(address)
    with Session(engine) as session:
        assert _reference_rows(session)["province"] == 34
    engine.dispose()


def _reference_rows(session: Session) -> dict[str, int]:
    tables = ("province", "commune", "former_unit", "category")
    return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


def test_a_database_without_its_schema_is_not_served(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    monkeypatch.setenv("PORT", str(free))
    assert main(["serve"]) == 1
    assert "python -m marketplace migrate" in capsys.readouterr().err
    assert main(["doctor"]) == 1
    assert "FAIL  Database" in capsys.readouterr().out


def test_a_taken_port_is_said_with_another_to_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))
        assert main(["serve"]) == 1
    assert f"PORT={taken + 1}" in capsys.readouterr().err


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout with one page, built."""
    for name in ("rxconfig.py", "requirements.txt", "marketplace/pages.py", "marketplace/ui/theme.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "STAMP", tmp_path / "made-of")
    build.STAMP.write_text(build.fingerprint())
    return tmp_path


@pytest.mark.parametrize("name", ["rxconfig.py", "requirements.txt", "marketplace/ui/theme.css", "assets/new.svg"])
def test_whatever_a_page_is_made_of_makes_it_stale_when_it_changes(checkout: Path, name: str) -> None:
    assert build.is_fresh()
    (checkout / name).parent.mkdir(exist_ok=True)
    (checkout / name).write_text("changed")
    assert not build.is_fresh()


def test_a_module_that_moved_makes_the_pages_stale_and_compiled_python_does_not(checkout: Path) -> None:
    (checkout / "marketplace/pages.pyc").write_bytes(b"compiled")
    assert build.is_fresh()
    (checkout / "marketplace/pages.py").rename(checkout / "marketplace/leaves.py")
    assert not build.is_fresh()


def test_the_port_is_no_part_of_what_is_built(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "4711")
    assert build.is_fresh()


def test_a_log_line_names_the_place_of_an_error_and_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    configure_log()
    _fail_with_a_secret("mật khẩu")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "failed"
    assert "ZeroDivisionError" in line["exception"]
    assert "mật khẩu" not in json.dumps(line, ensure_ascii=False)


def _fail_with_a_secret(password: str) -> None:
    try:
        print(len(password) / 0)
    except ZeroDivisionError:
        structlog.get_logger().exception("failed")
