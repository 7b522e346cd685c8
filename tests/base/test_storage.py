"""Pictures and documents in a folder and in a bucket: the same names, the same promises."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image

from marketplace.base import media
from marketplace.base.media_http import media_routes
from marketplace.base.storage import Storage, StorageUnreachable, storage
from marketplace.base.web import answer_with_problems
from marketplace.operations import doctor, restore
from marketplace.settings import read_settings
from tests.conftest import forget_process_state
from tests.s3 import s3_server, use_bucket

NAME = "ab/" + "ab" * 16 + "-320.webp"
SOON, LONG_AGO = datetime.now(UTC) + timedelta(hours=1), datetime(2026, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.7\nhello\n%%EOF\n"
_prefixes = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty prefix of the bucket."""
    use_bucket(monkeypatch, server, f"shop-{next(_prefixes)}/media")
    forget_process_state()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest) -> Storage:
    """An empty storage of each kind."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return storage()


def get(path: str) -> httpx.Response:
    """Ask for one address."""

    async def ask() -> httpx.Response:
        api = FastAPI()
        answer_with_problems(api)
        api.include_router(media_routes())
        transport = httpx.ASGITransport(api, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_what_is_written_is_there_under_its_name_alone(store: Storage) -> None:
    assert (store.read(NAME), store.holds(NAME), list(store.names())) == (None, False, [])
    store.write(NAME, b"a picture")
    assert (store.read(NAME), store.holds(NAME)) == (b"a picture", True)
    assert [name for name, _ in store.names()] == [NAME]


def test_what_was_touched_since_stays(store: Storage) -> None:
    assert not store.touch(NAME)
    store.write(NAME, b"a picture")
    assert not store.remove(NAME, LONG_AGO)
    assert store.touch(NAME)
    assert store.read(NAME) == b"a picture"
    assert store.remove(NAME, SOON)
    assert not store.holds(NAME)
    assert not store.remove(NAME, SOON)


def test_two_shops_share_a_bucket_and_see_nothing_of_each_other(
    server: str, monkeypatch: pytest.MonkeyPatch, bucket: None
) -> None:
    storage().write(NAME, b"mine")
    use_bucket(monkeypatch, server, f"other-{next(_prefixes)}")
    forget_process_state()
    assert list(storage().names()) == []


@pytest.mark.usefixtures("store")
def test_a_picture_is_served_for_ever_as_nothing_but_a_picture_and_goes_when_nobody_names_it() -> None:
    stored = media.store_pixels(Image.new("RGB", (640, 480), (90, 160, 60)))
    for width in media.WIDTHS:
        answer = get(media.picture_url(stored.key, width))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content == storage().read(media.picture_name(stored.key, width))
    assert get(media.picture_url("0" * 32)).status_code == 404
    assert media.untouched(LONG_AGO) == set()
    assert media.untouched(SOON) == {stored.key}
    media.hold(stored.key)
    media.forget(stored.key, LONG_AGO)
    assert get(media.picture_url(stored.key)).status_code == 200
    media.forget(stored.key, SOON)
    assert get(media.picture_url(stored.key)).status_code == 404


@pytest.mark.usefixtures("store")
def test_a_document_is_sent_as_a_file_to_save() -> None:
    stored = asyncio.run(media.store_document(PDF))
    answer = get(media.document_url(stored.key, stored.kind))
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="{stored.key}.pdf"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.usefixtures("store")
def test_drawn_pictures_are_forgotten_after_a_while_and_others_stay() -> None:
    storage().write(media.drawn_name("ab" * 16), b"drawn")
    storage().write(NAME, b"a picture")
    assert media.forget_drawn(LONG_AGO) == 0
    assert media.forget_drawn(SOON) == 1
    assert [name for name, _ in storage().names()] == [NAME]


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_does_not_answer_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [finding.holds for finding in doctor._pictures()] == [True]
    assert list(storage().names()) == []
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    forget_process_state()
    with pytest.raises(StorageUnreachable):
        storage().write(NAME, b"a picture")
    with pytest.raises(StorageUnreachable):
        list(storage().names())
    (finding,) = doctor._pictures()
    assert (finding.holds, finding.vital) == (False, True)
    assert get(media.picture_url("0" * 32)).status_code == 503


@pytest.mark.usefixtures("bucket")
def test_an_archive_of_a_folder_goes_on_in_a_bucket(tmp_path: Path) -> None:
    path = tmp_path / "media" / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a picture")
    restore._upload(tmp_path / "media")
    assert storage().read(NAME) == b"a picture"


@pytest.mark.parametrize("address", ["s3://", "s3:/x", "s3://B", "s3://a b/c", "s3://bucket/../x y"])
def test_an_address_that_names_no_bucket_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        read_settings({"MARKETPLACE_MEDIA_URL": address})


def test_a_folder_lets_files_of_other_kinds_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_MEDIA_URL", str(tmp_path))
    forget_process_state()
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "notes.txt").write_text("x")
    storage().write(NAME, b"a picture")
    os.utime(tmp_path / NAME, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))
    assert list(storage().names()) == [(NAME, LONG_AGO)]
