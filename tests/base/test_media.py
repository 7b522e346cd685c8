"""Pictures: what is taken, what is refused, what is left of them, and how they are served."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from PIL import ExifTags, Image, ImageCms, ImageOps, PngImagePlugin

from marketplace.base import media
from marketplace.base.errors import DomainError
from marketplace.base.media import PictureTooLarge, PictureTooSmall, PictureUnreadable, StoredPicture
from marketplace.base.media_http import media_routes
from marketplace.base.web import answer_with_problems
from marketplace.settings import settings
from tests.pictures import picture_path

RED, GREEN, BLUE = (220, 30, 30), (30, 200, 40), (20, 40, 220)


def quarters(width: int = 800, height: int = 600) -> Image.Image:
    """Red above, green below left, blue below right: whatever turns or mirrors it shows."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (0, height // 2, width // 2, height))
    picture.paste(BLUE, (width // 2, height // 2, width, height))
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def rendition(stored: StoredPicture, width: int) -> Image.Image:
    return Image.open(picture_path(stored.key, width))


def near(left: tuple[int, ...] | float | None, right: tuple[int, int, int], by: int = 24) -> bool:
    assert isinstance(left, tuple)
    return all(abs(a - b) <= by for a, b in zip(left, right, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_each_format_we_take_is_kept_in_every_width_and_never_enlarged(kind: str) -> None:
    stored = media.store_picture(encoded(quarters(), kind, quality=95))
    assert (stored.width, stored.height) == (800, 600)
    sizes = {width: rendition(stored, width).size for width in media.WIDTHS}
    assert sizes == {320: (320, 240), 640: (640, 480), 960: (800, 600), 1280: (800, 600)}
    assert {rendition(stored, width).format for width in media.WIDTHS} == {"WEBP"}
    with rendition(stored, 640) as shown:
        assert near(shown.getpixel((100, 100)), RED)
        assert near(shown.getpixel((100, 400)), GREEN)
        assert near(shown.getpixel((500, 400)), BLUE)


def test_a_large_photo_comes_down_to_the_largest_width_we_show() -> None:
    stored = media.store_picture(encoded(quarters(4000, 3000), "JPEG"))
    assert (stored.width, stored.height) == (1280, 960)


def test_the_placeholder_is_a_small_picture_that_fits_its_column() -> None:
    busy = Image.effect_noise((900, 700), 120).convert("RGB")
    for picture in (busy, quarters()):
        stored = media.store_picture(encoded(picture, "JPEG"))
        assert stored.placeholder.startswith("data:image/webp;base64,")
        assert len(stored.placeholder) <= 200


def test_the_same_picture_gets_the_same_key_and_the_same_bytes_and_another_does_not() -> None:
    first = media.store_picture(encoded(quarters(), "PNG"))
    kept = picture_path(first.key, 640).read_bytes()
    picture_path(first.key, 640).unlink()
    assert media.store_picture(encoded(quarters(), "PNG", compress_level=1)) == first
    assert picture_path(first.key, 640).read_bytes() == kept
    assert media.store_picture(encoded(ImageOps.mirror(quarters()), "PNG")).key != first.key


def test_nothing_half_written_is_left_where_pictures_are_served_from() -> None:
    media.store_picture(encoded(quarters(), "PNG"))
    names = [path.name for path in settings().media_folder.rglob("*") if path.is_file()]
    assert len(names) == len(media.WIDTHS)
    assert all(media.FILE.fullmatch(name) for name in names)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_upright_however_the_phone_was_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    lying = {
        1: quarters(),
        2: ImageOps.mirror(quarters()),
        3: quarters().transpose(Image.Transpose.ROTATE_180),
        4: ImageOps.flip(quarters()),
        5: quarters().transpose(Image.Transpose.TRANSPOSE),
        6: quarters().transpose(Image.Transpose.ROTATE_90),
        7: quarters().transpose(Image.Transpose.TRANSVERSE),
        8: quarters().transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    upright = media.read_picture(encoded(lying, "JPEG", exif=exif, quality=95))
    assert upright.size == (800, 600)
    assert near(upright.getpixel((100, 100)), RED)
    assert near(upright.getpixel((100, 500)), GREEN)
    assert near(upright.getpixel((700, 500)), BLUE)


def test_no_place_serial_number_comment_or_script_survives() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETPHONE"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (10.0, 2.0, 3.5)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETPLACE</x:xmpmeta>"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRETCOMMENT")
    files = [
        encoded(quarters(), "JPEG", exif=exif, xmp=xmp, comment=b"SECRETCOMMENT") + b"<script>SECRETSCRIPT</script>",
        encoded(quarters(), "PNG", exif=exif, pnginfo=notes) + b"SECRETTAIL",
        encoded(quarters(), "WEBP", exif=exif, xmp=xmp),
    ]
    for data in files:
        assert b"SECRET" in data
        stored = media.store_picture(data)
        for width in media.WIDTHS:
            kept = picture_path(stored.key, width).read_bytes()
            for trace in (b"SECRET", b"Exif", b"EXIF", b"XMP", b"xmpmeta", b"ICCP", b"GPS"):
                assert trace not in kept
            with rendition(stored, width) as shown:
                assert not shown.getexif()


def test_colours_of_a_profile_become_srgb_and_a_damaged_profile_is_no_reason_to_refuse() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain = media.read_picture(encoded(quarters(), "PNG"))
    for profile in (b"not a profile", lab):
        assert media.read_picture(encoded(quarters(), "PNG", icc_profile=profile)).tobytes() == plain.tobytes()
    swapped = _profile_with_red_and_green_swapped()
    for picture in (quarters(), quarters().convert("RGBA")):
        shown = media.read_picture(encoded(picture, "PNG", icc_profile=swapped))
        assert near(shown.getpixel((100, 100)), (RED[1], RED[0], RED[2]), by=40)


def _profile_with_red_and_green_swapped() -> bytes:
    """sRGB whose tags of the red and the green primary have changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_odd_kinds_of_pixels_become_the_colours_they_mean() -> None:
    deep = Image.linear_gradient("L").resize((800, 600)).convert("I;16").point(lambda value: value * 257)
    grey = media.read_picture(encoded(deep, "PNG"))
    assert near(grey.getpixel((400, 300)), (128, 128, 128))
    assert near(media.read_picture(encoded(quarters().quantize(16), "PNG")).getpixel((100, 100)), RED)
    assert near(media.read_picture(encoded(quarters().convert("CMYK"), "JPEG")).getpixel((100, 100)), RED)
    clear = quarters().convert("RGBA")
    clear.putalpha(0)
    assert media.read_picture(encoded(clear, "PNG")).getpixel((100, 100)) == (255, 255, 255)


def test_a_phones_photo_with_a_preview_behind_it_is_taken() -> None:
    photo = encoded(quarters(), "MPO", save_all=True, append_images=[quarters(400, 300)])
    assert media.store_picture(photo).width == 800


def heic(name: str) -> bytes:
    """A stored file, since nothing here writes HEIC: quarters of 320 × 240 as an iPhone held upright keeps them, or a bomb."""
    return Path(__file__).with_name("pictures").joinpath(f"{name}.heic").read_bytes()


def test_an_iphones_photo_is_taken_upright_and_without_its_place() -> None:
    data = heic("lying")
    assert b"SECRETPHONE" in data
    assert b"SECRETPLACE" in data
    stored = media.store_picture(data)
    assert (stored.width, stored.height) == (320, 240)
    with rendition(stored, 320) as shown:
        assert near(shown.getpixel((60, 60)), RED)
        assert near(shown.getpixel((60, 200)), GREEN)
        assert near(shown.getpixel((260, 200)), BLUE)
    for width in media.WIDTHS:
        kept = picture_path(stored.key, width).read_bytes()
        assert not [trace for trace in (b"SECRET", b"Exif", b"EXIF", b"XMP", b"xmpmeta") if trace in kept]


def test_an_iphones_photo_that_is_cut_off_or_a_bomb_is_refused() -> None:
    whole = heic("lying")
    for part in (whole[: len(whole) // 2], whole[:100], whole[:40] + bytes(500)):
        with pytest.raises(PictureUnreadable):
            media.read_picture(part)
    bomb = heic("bomb")
    assert len(bomb) < 20_000
    with pytest.raises(PictureTooLarge):
        media.read_picture(bomb)


def _truncated() -> bytes:
    data = encoded(Image.effect_noise((800, 600), 90).convert("RGB"), "JPEG")
    return data[: len(data) // 2]


UNREADABLE = {
    "nothing": b"",
    "text": b"hello " * 100,
    "gif": encoded(quarters(), "GIF"),
    "tiff": encoded(quarters(), "TIFF"),
    "bmp": encoded(quarters(), "BMP"),
    "pdf": encoded(quarters(), "PDF"),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "zip": b"PK\x03\x04" + bytes(200),
    "animated webp": encoded(quarters(), "WEBP", save_all=True, append_images=[ImageOps.mirror(quarters())]),
    "animated png": encoded(quarters(), "PNG", save_all=True, append_images=[ImageOps.mirror(quarters())]),
    "truncated jpeg": _truncated(),
    "truncated png": encoded(Image.effect_noise((800, 600), 90), "PNG")[:5000],
    "html that begins as a jpeg": b"\xff\xd8\xff\xe0" + b"<html><script>alert(1)</script>" * 20,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_one_whole_still_picture_is_refused(name: str) -> None:
    with pytest.raises(PictureUnreadable) as caught:
        media.store_picture(UNREADABLE[name])
    assert caught.value.field == "picture"
    assert not settings().media_folder.exists()


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("pixels were unpacked")

    bombs = [encoded(Image.new("1", size), "PNG") for size in ((8000, 5001), (15_000, 10_000), (20_000, 20_000))]
    assert max(map(len, bombs)) < 100_000
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", refuse)
    for bomb in bombs:
        with pytest.raises(PictureTooLarge):
            media.read_picture(bomb)


def test_too_many_bytes_and_too_few_pixels_are_refused_with_their_own_words() -> None:
    with pytest.raises(PictureTooLarge) as large:
        media.store_picture(bytes(media.LARGEST_BYTES + 1))
    with pytest.raises(PictureTooSmall) as small:
        media.store_picture(encoded(quarters(300, 150), "PNG"))
    assert large.value.status == 413
    for error in (large.value, small.value):
        assert error.say("vi") != error.say("en")


async def _upload(data: bytes) -> StoredPicture | DomainError:
    try:
        return await media.store_upload(data)
    except DomainError as error:
        return error


def test_an_upload_never_holds_up_the_others_and_a_bad_one_does_not_stop_the_next() -> None:
    async def scenario() -> tuple[list[StoredPicture | DomainError], int]:
        files = (b"junk", encoded(quarters(4000, 3000), "JPEG"), encoded(Image.new("1", (20_000, 20_000)), "PNG"))
        turns = 0

        async def turn() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0.001)

        await media.store_upload(encoded(quarters(), "PNG"))
        turning = asyncio.create_task(turn())
        results = list(await asyncio.gather(*map(_upload, files)))
        turning.cancel()
        return results, turns

    (junk, photo, bomb), turns = asyncio.run(scenario())
    assert isinstance(junk, PictureUnreadable)
    assert junk.field == "picture"
    assert isinstance(bomb, PictureTooLarge)
    assert isinstance(photo, StoredPicture)
    assert photo == media.store_picture(encoded(quarters(4000, 3000), "JPEG"))
    # A loop that makes the pictures itself turns a handful of times meanwhile; one that waits for them, hundreds.
    assert turns > 20


def test_a_picture_that_kills_its_worker_leaves_a_fresh_one_for_the_next() -> None:
    async def scenario() -> tuple[StoredPicture | DomainError, StoredPicture | DomainError]:
        await media.store_upload(encoded(quarters(), "PNG"))
        workers = media.UPLOADS.processes()
        uploading = asyncio.create_task(_upload(encoded(quarters(4000, 3000), "PNG", compress_level=1)))
        await asyncio.sleep(0.05)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        return await uploading, await _upload(encoded(quarters(), "PNG"))

    killed, following = asyncio.run(scenario())
    assert isinstance(killed, PictureUnreadable)
    assert isinstance(following, StoredPicture)


def _get(path: str) -> httpx.Response:
    app = FastAPI()
    answer_with_problems(app)
    app.include_router(media_routes())

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    return asyncio.run(call())


def test_a_picture_is_served_for_ever_and_as_nothing_but_a_picture() -> None:
    stored = media.store_picture(encoded(quarters(), "PNG"))
    answer = _get(media.picture_url(stored.key, 320))
    assert answer.status_code == 200
    assert answer.content == picture_path(stored.key, 320).read_bytes()
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_no_other_file_can_be_reached_through_the_address_of_pictures() -> None:
    stored = media.store_picture(encoded(quarters(), "PNG"))
    secret = Path(settings().media_folder) / stored.key[:2] / "secret.txt"
    secret.write_text("secret")
    names = [
        "secret.txt",
        f"{stored.key[:2]}/secret.txt",
        f"{stored.key}-321.webp",
        f"{stored.key}-320.webp%00",
        f"{stored.key}-320.webp%0A",
        f"{stored.key.upper()}-320.webp",
        "../secret.txt",
        "..%2f..%2fsecret.txt",
        "%2e%2e%2fsecret.txt",
        f"{'0' * 32}-320.webp",
    ]
    for name in names:
        assert _get(f"/media/{name}").status_code == 404, name


def test_a_picture_without_a_key_has_a_stand_in() -> None:
    assert media.picture_url("0" * 32, 960) == f"/media/{'0' * 32}-960.webp"
    assert media.picture_url(None) == "/no-picture.svg"
