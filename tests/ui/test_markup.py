"""Elements of the live page."""

from __future__ import annotations

from marketplace.ui.markup import h


def test_a_picture_keeps_its_own_attributes_beside_its_dimensions() -> None:
    made = str(h.img(src="/a.webp", alt="", width="4", height="3", custom_attrs={"data-photo": "picture"}))
    for attribute in ('"data-photo":"picture"', 'width:"4"', 'height:"3"'):
        assert attribute in made
