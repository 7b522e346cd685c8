"""AVIF beside WebP: made once somebody asks, by nobody who waits."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image, ImageFilter

from marketplace.base import avif, media
from marketplace.base.apart import Apart, Lost
from marketplace.base.media import StoredPicture
from marketplace.base.media_http import media_routes
from marketplace.demo.pictures import Composition, compose
from tests.pictures import picture_path


def _stored(side: int = 700) -> StoredPicture:
    noise = Image.effect_noise((side, side), 60).filter(ImageFilter.GaussianBlur(3)).convert("RGB")
    return media.store_pixels(noise)


def _files(stored: StoredPicture) -> list[Image.Image]:
    return [Image.open(picture_path(stored.key, width, "avif")) for width in media.WIDTHS]


def test_a_picture_gets_every_width_and_is_never_enlarged() -> None:
    stored = _stored()
    assert avif.make(stored.key) == 4
    assert [(file.format, file.size) for file in _files(stored)] == [
        ("AVIF", (320, 320)), ("AVIF", (640, 640)), ("AVIF", (700, 700)), ("AVIF", (700, 700))
    ]  # fmt: skip
    assert avif.make(stored.key) == 0


def test_it_weighs_less_than_the_webp_and_looks_the_same() -> None:
    stored = media.store_pixels(compose(Composition(("mango", "basket"), 2, 0, 7, side=640)))
    avif.make(stored.key)
    for width in media.WIDTHS:
        lighter, heavier = picture_path(stored.key, width, "avif"), picture_path(stored.key, width)
        assert lighter.stat().st_size < heavier.stat().st_size
    with (
        Image.open(picture_path(stored.key, 320, "avif")) as one,
        Image.open(picture_path(stored.key, 320)) as other,
    ):
        pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
        assert sum(abs(left - right) for left, right in pairs) / 320**2 < 4


def test_a_picture_that_is_gone_meanwhile_gets_nothing() -> None:
    assert avif.make("0" * 32) == 0


def test_whoever_asks_first_is_given_the_webp_at_once_and_the_next_one_the_avif() -> None:
    stored = _stored()
    app = FastAPI()
    app.include_router(media_routes())

    async def ask() -> tuple[httpx.Response, httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            first = await client.get(f"/media/{stored.key}-640.avif")
            await avif.workshop().finished()
            return first, await client.get(f"/media/{stored.key}-640.avif")

    first, second = asyncio.run(ask())
    assert first.headers["content-type"] == "image/webp"
    assert first.content == picture_path(stored.key, 640).read_bytes()
    assert first.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert second.headers["content-type"] == "image/avif"
    assert second.content == picture_path(stored.key, 640, "avif").read_bytes()
    assert second.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_avif_nobody_has_a_picture_for_is_not_found_and_nothing_is_made() -> None:
    app = FastAPI()
    app.include_router(media_routes())

    async def ask() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return (await client.get(f"/media/{'0' * 32}-640.avif")).status_code

    assert asyncio.run(ask()) == 404


def test_what_waits_is_bounded_and_a_broken_picture_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avif, "MOST_WAITING", 2)
    broken, whole, beyond = _stored(300), _stored(320), _stored(340)
    picture_path(broken.key, media.WIDTHS[-1]).write_bytes(b"no picture")

    async def work() -> None:
        workshop = avif.Workshop()
        for stored in (broken, whole, beyond):
            workshop.want(stored.key)
        await workshop.finished()
        workshop.want(broken.key)
        await workshop.finished()

    asyncio.run(work())
    made = [picture_path(stored.key, 320, "avif").exists() for stored in (broken, whole, beyond)]
    assert made == [False, True, False]


def test_work_that_takes_too_long_is_ended_and_the_next_piece_finds_a_fresh_process() -> None:
    async def work() -> int:
        apart = Apart(4)
        assert await apart.run(abs, -1) == 1
        with pytest.raises(Lost):
            await apart.run(_for_ever)
        return await apart.run(abs, -2)

    assert asyncio.run(work()) == 2


def _for_ever() -> None:
    while True:
        pass


def test_forgetting_a_picture_takes_its_avif_along() -> None:
    stored = _stored()
    avif.make(stored.key)
    files = list(picture_path(stored.key, 320).parent.iterdir())
    # Made long after the picture was last of use.
    last_use = max(path.stat().st_mtime for path in files if path.suffix == ".webp")
    for path in files:
        os.utime(path, (last_use + (500 if path.suffix == ".avif" else 0),) * 2)
    media.forget(stored.key, _moment(last_use - 1))
    assert len(list(files[0].parent.iterdir())) == 8
    media.forget(stored.key, _moment(last_use + 1))
    assert list(files[0].parent.iterdir()) == []


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
