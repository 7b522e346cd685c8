"""The HTML document around every page: the built app's shell, its head, the first view, language and theme."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from marketplace.base.text import Locale, Text
from marketplace.settings import ROOT

BUILT_SHELL = ROOT / ".web" / "build" / "client" / "__spa-fallback.html"
THEMES = frozenset({"light", "dark"})
PRODUCT_NAME = "Chợ Quê"
TAGLINE = Text(
    "Chợ của nhà vườn, hợp tác xã và hộ kinh doanh", "The market of farms, co-operatives and family businesses"
)

# These run inside the first view.
_LANGUAGE_SCRIPTS: dict[Locale, str] = {
    "vi": "globalThis.choQueEnglish=false",
    "en": "globalThis.choQueEnglish=true",
}
_BARE_SHELL = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>'
    '<meta content="width=device-width, initial-scale=1" name="viewport"/></head><body></body></html>'
)


SHORTCUTS = (
    (Text("Tìm hàng", "Search"), "/search"),
    (Text("Giỏ hàng", "Basket"), "/basket"),
    (Text("Đơn của gian hàng", "My shop's orders"), "/seller/orders"),
)


def manifest(locale: Locale) -> dict[str, Any]:
    """What a phone needs to put the market on its home screen (W3C Web Application Manifest)."""
    return {
        "id": "/",
        "name": f"{PRODUCT_NAME} · {TAGLINE.say(locale)}",
        "short_name": PRODUCT_NAME,
        "lang": locale,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#157347",
        "background_color": "#fdfcf7",
        "categories": ["shopping", "food"],
        "icons": [
            {"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
            {"src": "/icons/app-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
            {"src": "/icons/app-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {"src": "/icons/app-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
        "shortcuts": [{"name": name.say(locale), "url": path} for name, path in SHORTCUTS],
    }


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, link previews and search engines."""

    title: str
    description: str = ""
    canonical: str = ""
    """The page's one address, in the language of those who chose none."""
    image: str = ""
    image_size: tuple[int, int] | None = None
    """Width and height where they are known, so that a preview can show the picture large at its first fetch."""
    kind: str = "website"
    index: bool = True
    structured: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Parts:
    head: str
    body: str
    script_hashes: tuple[str, ...]


@lru_cache(maxsize=2)
def _parts(path: Path, _changed: float) -> _Parts:
    document = path.read_text("utf-8") if path.exists() else _BARE_SHELL
    head = document[document.index("<head>") + len("<head>") : document.index("</head>")]
    body = document[document.index("<body>") + len("<body>") : document.index("</html>")]
    inline = re.findall(r"<script(?:\s[^>]*)?>(.+?)</script>", document, re.DOTALL)
    hashes = tuple(
        "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"
        for code in [*inline, *_LANGUAGE_SCRIPTS.values()]
    )
    return _Parts(head, body, hashes)


def _shell() -> _Parts:
    return _parts(BUILT_SHELL, BUILT_SHELL.stat().st_mtime if BUILT_SHELL.exists() else 0.0)


def script_hashes() -> tuple[str, ...]:
    """Hashes of every inline script a document may carry, for the content security policy."""
    return _shell().script_hashes


def structured_data(data: dict[str, Any]) -> str:
    """A JSON-LD block that cannot end its own script element."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{text}</script>'


def _in_english(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang=en"


def _addresses(head: Head, *, english: bool) -> list[str]:
    """Where the page is, and where it is in each language (docs/decisions/0012-crawlers.md)."""
    if not head.canonical:
        return []
    plain, other = html.escape(head.canonical), html.escape(_in_english(head.canonical))
    here = other if english else plain
    tags = [f'<link rel="canonical" href="{here}">', f'<meta property="og:url" content="{here}">']
    if head.index:
        for language, address in (("vi", plain), ("en", other), ("x-default", plain)):
            tags.append(f'<link rel="alternate" hreflang="{language}" href="{address}">')
    return tags


def _meta(head: Head, locale: Locale, *, by_address: bool) -> str:
    escape = html.escape
    title = escape(head.title if head.title == PRODUCT_NAME else f"{head.title} · {PRODUCT_NAME}")
    tags = [f"<title>{title}</title>"]
    if head.description:
        description = escape(" ".join(head.description.split())[:200])
        tags.append(f'<meta name="description" content="{description}">')
        tags.append(f'<meta property="og:description" content="{description}">')
    tags.append(f'<meta property="og:title" content="{escape(head.title)}">')
    tags.append(f'<meta property="og:type" content="{escape(head.kind)}">')
    tags.append(f'<meta property="og:site_name" content="{PRODUCT_NAME}">')
    tags.append(f'<meta property="og:locale" content="{"en_US" if locale == "en" else "vi_VN"}">')
    tags.append(f'<meta property="og:locale:alternate" content="{"vi_VN" if locale == "en" else "en_US"}">')
    tags.extend(_addresses(head, english=by_address and locale == "en"))
    if head.image:
        tags.append(f'<meta property="og:image" content="{escape(head.image)}">')
        tags.append(f'<meta property="og:image:alt" content="{escape(head.title)}">')
        if head.image_size:
            for side, length in zip(("width", "height"), head.image_size, strict=True):
                tags.append(f'<meta property="og:image:{side}" content="{length}">')
    tags.append(f'<meta name="twitter:card" content="{"summary_large_image" if head.image_size else "summary"}">')
    if not head.index:
        tags.append('<meta name="robots" content="noindex">')
    tags.extend(structured_data(data) for data in head.structured)
    return "".join(tags)


def document(head: Head, first_view: str, *, locale: Locale, theme: str | None, by_address: bool = False) -> str:
    """The complete HTML of a page; `first_view` is painted at once and taken away by the live app.

    `by_address` says that the address names the language, so that this is another page than the one without.
    """
    shell = _shell()
    known = theme if theme in THEMES else None
    chosen = f' class="{known}" style="color-scheme:{known}"' if known else ""
    return (
        f'<!DOCTYPE html><html lang="{locale}"{chosen}><head>{shell.head}{_meta(head, locale, by_address=by_address)}'
        '<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="manifest" href="/manifest.webmanifest">'
        '<link rel="apple-touch-icon" href="/icons/app-apple-180.png"><meta name="theme-color" content="#157347">'
        f'</head><body><first-view id="first-view" style="display:block"><script>{_LANGUAGE_SCRIPTS[locale]}</script>'
        f"{first_view}</first-view>{shell.body}</html>"
    )
