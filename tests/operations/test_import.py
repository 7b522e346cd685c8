"""`python -m marketplace import`: what it says, what it changes, and that a killed one goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from marketplace.__main__ import main
from marketplace.base import db
from marketplace.catalog.models import Product
from marketplace.importing import service
from marketplace.importing.models import GoodsImport
from marketplace.importing.rules import ImportState
from marketplace.settings import ROOT
from tests.factories import make_category, make_seller
from tests.importing.files import GUAVA, MANGO, csv_file

BAD = ("CAM", "", "Cam sành", "Trái cây", "", "kg", "mười", "5")


@pytest.fixture
def shop(sqlite_database: str) -> str:
    def make(session: Session) -> str:
        make_category(session)
        return f"gian-hang-{make_seller(session)}"

    return db.write_now(make)


def count() -> int:
    with db.read() as session:
        return session.exec(select(func.count()).select_from(Product)).one()


def file(folder: Path, *rows: tuple[str, ...]) -> str:
    path = folder / "hàng.csv"
    path.write_bytes(csv_file(*rows))
    return str(path)


def test_a_good_file_comes_in(shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, MANGO, GUAVA)
    assert main(["import", path, "--seller", shop, "--dry-run"]) == 0
    assert count() == 0
    assert main(["import", path, "--seller", shop]) == 0
    assert count() == 2
    said = capsys.readouterr().out
    assert "2 new, 0 to change, 0 unchanged, 0 faulty" in said
    assert "2 made, 0 changed" in said


def test_a_faulty_file_says_why_and_changes_nothing_unless_asked(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, MANGO, BAD)
    assert main(["import", path, "--seller", shop]) == 1
    assert count() == 0
    assert "row 3, Giá (đ): That is not an amount" in capsys.readouterr().out
    assert main(["import", path, "--seller", shop, "--skip-faulty"]) == 1
    assert count() == 1


def test_an_unknown_shop_and_an_unreadable_file_are_refused(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", file(tmp_path, MANGO), "--seller", "khong-co"]) == 1
    assert main(["import", str(tmp_path / "none.csv"), "--seller", shop]) == 1
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert main(["import", str(picture), "--seller", shop]) == 1
    said = capsys.readouterr().err
    assert "Not found" in said
    assert "No such file" in said
    assert "cannot be read" in said


def test_killed_in_the_middle_whoever_comes_next_goes_on(shop: str, sqlite_database: str, tmp_path: Path) -> None:
    rows = [(f"S{n}", "", f"Xoài số {n}", "Trái cây", "", "kg", "65000", "3") for n in range(1_500)]
    environment = {**os.environ, "MARKETPLACE_DATABASE_URL": sqlite_database}
    command = [sys.executable, "-m", "marketplace", "import", file(tmp_path, *rows), "--seller", shop]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        ends = time.monotonic() + 60
        while not 100 <= count() < 1_400:
            assert process.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with db.write() as session:
        job = session.exec(select(GoodsImport)).one()
    assert job.state == ImportState.APPLYING
    assert 100 <= job.done == count() < 1_500

    async def finish() -> None:
        while await service.work_off():
            pass

    asyncio.run(finish())
    assert db.read_now(service.state_of, job.id) is ImportState.APPLIED
    assert count() == 1_500
