"""The picture that links to a product show: what is on it, that it is made once, and that it never shows an old price."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace

import httpx
import pytest
from PIL import Image

from marketplace.base import db, media
from marketplace.catalog import service as catalog
from marketplace.settings import settings
from marketplace.storefront import sharing
from marketplace.storefront.sharing import ShareCard
from tests.factories import NOW, make_owner, make_product, make_seller
from tests.storefront.test_http import visit

CARD = ShareCard("Xoài cát Hòa Lộc", "65.000\u00a0₫", "kg", "Vườn Ba Tám", "Phường Ninh Kiều", "")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def picture_named(page: httpx.Response) -> str:
    """The address of the picture in a page's head, on this site."""
    found = re.search(r'property="og:image" content="([^"]+)"', page.text)
    assert found is not None
    return found[1].removeprefix(settings().public)


def test_the_picture_has_the_size_that_previews_show_large_and_is_light_enough_for_them() -> None:
    data = sharing.draw(CARD)
    picture = opened(data)
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1200, 630), "RGB")
    assert len(data) < 300_000, "WhatsApp and Zalo leave out what is heavier"


def test_the_photo_stands_beside_the_words() -> None:
    red = media.store_pixels(Image.new("RGB", (800, 600), (220, 30, 30)))
    with_photo = opened(sharing.draw(replace(CARD, picture=red.key)))
    left, right = with_photo.getpixel((300, 300)), with_photo.getpixel((1190, 600))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200
    assert left[1] < 60
    assert min(right) > 240
    gone = sharing.draw(replace(CARD, picture="0" * 32))
    assert opened(gone).size == sharing.SIZE, "a photo that is no longer stored is no reason to fail"


def test_a_name_takes_two_lines_and_says_when_it_goes_on() -> None:
    for name in ("Khóm", "Xoài cát Hòa Lộc loại một", "Nước mắm cá linh " * 9, "Ơ" * 120):
        font, lines = sharing._fitted(name)
        assert 1 <= len(lines) <= 2
        assert all(font.getlength(line) <= sharing.WIDTH for line in lines)
        assert lines[-1].endswith("…") == (" ".join(lines) != " ".join(name.split()))


def test_every_part_of_what_is_shown_has_a_part_in_the_name() -> None:
    others = {replace(CARD, **{part.name: "khác"}).key for part in fields(CARD)}
    assert len(others | {CARD.key}) == len(fields(CARD)) + 1


@pytest.mark.usefixtures("database")
def test_a_page_names_a_picture_that_is_drawn_once_and_another_when_its_price_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    draw = sharing.draw

    def counted(card: ShareCard) -> bytes:
        drawn.append(card.price)
        return draw(card)

    monkeypatch.setattr(sharing, "draw", counted)
    with db.write() as session:
        owner = make_owner(session, seller_id := make_seller(session))
        sku = make_product(session, "Sầu riêng Ri6", seller_id=seller_id, price=120_000)
        href = catalog.my_product(session, owner, sku.product_id, "vi").href
    page = visit(href)
    for tag in (
        'property="og:image:width" content="1200"',
        'property="og:image:height" content="630"',
        "summary_large_image",
    ):
        assert tag in page.text
    path = picture_named(page)
    answers = [visit(path), visit(path)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["content-type"] == "image/jpeg"
    assert answers[0].headers["cache-control"] == "public, max-age=31536000, immutable"
    assert len(drawn) == 1
    english = visit(picture_named(visit(href, params={"lang": "en"})))
    assert english.status_code == 200

    db.write_now(catalog.set_price, owner, sku.product_id, 95_000, NOW)
    newer = picture_named(visit(href))
    assert newer != path
    assert visit(path).content == answers[0].content, "links shared before still show what they showed"
    assert visit(newer).content != answers[0].content


@pytest.mark.usefixtures("sqlite_database")
def test_nothing_is_drawn_for_a_guess_and_nothing_for_goods_there_are_not() -> None:
    with db.write() as session:
        slug = catalog.sku_for_sale(session, make_product(session).code, NOW).product_slug
    for guess in ("0" * 32, "x", "..%2F..%2Fsecret"):
        answer = visit(f"/p/{slug}/share-{guess}.jpg")
        assert answer.status_code in {302, 404}
    assert visit(f"/p/khong-co/share-{'0' * 32}.jpg").status_code == 404
    assert not settings().media_folder.exists()


@pytest.mark.usefixtures("sqlite_database")
def test_a_product_is_shared_by_plain_links_that_name_its_whole_address() -> None:
    with db.write() as session:
        slug = catalog.sku_for_sale(session, make_product(session).code, NOW).product_slug
    page = visit(f"/p/{slug}").text
    there = f"http%3A%2F%2Flocalhost%3A3000%2Fp%2F{slug}"
    assert f"https://zalo.me/share?url={there}" in page
    assert f"https://www.facebook.com/sharer/sharer.php?u={there}" in page
