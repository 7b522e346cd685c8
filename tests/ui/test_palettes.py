"""Every palette a shop may wear reads well: contrast of WCAG 2.2 AA, by day and by night."""

from __future__ import annotations

import math
import re

import pytest

from marketplace.sellers.rules import ShopTheme
from marketplace.ui.theme import STYLES

CSS = STYLES.read_text("utf-8")
ENOUGH = 4.5


def _hue(theme: ShopTheme) -> float:
    match = re.search(rf"\.shop-{theme.value} {{ --hue: (\d+); }}", CSS)
    assert match, f"{theme} has no hue"
    return float(match[1])


def _palette(selector: str) -> dict[str, tuple[float, float]]:
    rule = re.search(rf"^{re.escape(selector)} {{ (.+) }}$", CSS, re.MULTILINE)
    assert rule
    found = re.findall(r"--color-(\w+): oklch\((\d+)% ([\d.]+) var\(--hue\)\)", rule[1])
    return {name: (float(light) / 100, float(chroma)) for name, light, chroma in found}


def _color(block: str, name: str) -> tuple[float, float, float]:
    match = re.search(rf"{re.escape(block)} {{.*?--color-{name}: oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", CSS, re.DOTALL)
    assert match
    return float(match[1]) / 100, float(match[2]), float(match[3])


def _luminance(light: float, chroma: float, hue: float) -> float:
    """Relative luminance of an OKLCH colour as a screen of sRGB shows it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(max(part, 0), 1) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    lighter, darker = sorted((_luminance(*one), _luminance(*other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ShopTheme)
@pytest.mark.parametrize(
    ("block", "selector"), [(":root", '[class^="shop-"]'), (":root.dark", '.dark [class^="shop-"]')]
)
def test_a_palette_reads_on_every_ground_and_is_read_on(theme: ShopTheme, block: str, selector: str) -> None:
    palette, hue = _palette(selector), _hue(theme)
    assert set(palette) == {"primary", "hero"}
    primary, hero = ((*palette[name], hue) for name in ("primary", "hero"))
    for ground in ("base-100", "base-200"):
        assert _contrast(primary, _color(block, ground)) >= ENOUGH
    assert _contrast(primary, _color(block, "primary-content")) >= ENOUGH
    assert _contrast(hero, _color(block, "hero-content")) >= ENOUGH
