"""How pictures are drawn: lighter kinds first, several widths, room kept for them."""

from __future__ import annotations

from types import SimpleNamespace

from marketplace.ui.markup import FirstView
from marketplace.ui.pictures import NO_PICTURE, picture_of

KEY = "a" * 32
OWN = FirstView(lambda page: picture_of(page.key, (320, 640), "50vw", urgent=page.first))
SEVERAL = FirstView(lambda page: picture_of(page.key, (320, 640), "50vw", otherwise=NO_PICTURE, urgent=page.first))


def test_browsers_choose_between_avif_and_webp_and_among_widths() -> None:
    drawn = OWN.render("vi", SimpleNamespace(key=KEY, first=True))
    avif, webp = (f"/media/{KEY}-320.{kind} 320w, /media/{KEY}-640.{kind} 640w" for kind in ("avif", "webp"))
    assert f'<source type="image/avif" srcset="{avif}" sizes="50vw">' in drawn
    assert f'src="/media/{KEY}-320.webp" srcset="{webp}" sizes="50vw"' in drawn
    assert 'width="320" height="320" loading="eager" fetchpriority="high"' in drawn


def test_where_there_is_no_picture_the_stand_in_is_all_there_is() -> None:
    drawn = SEVERAL.render("vi", SimpleNamespace(key="", first=False))
    assert 'src="/no-picture.svg"' in drawn
    assert "/media/" not in drawn
    assert 'loading="lazy"' in drawn


def test_the_live_page_names_the_same_addresses() -> None:
    # Put together in the browser.
    drawn = str(picture_of(KEY, (320,), "", class_name="size-full")).replace('"+"', "")
    assert f'srcSet:("/media/{KEY}-320.avif")' in drawn
    assert f'src:("/media/{KEY}-320.webp")' in drawn
