"""What the browser loads: our entry and Vite's configuration in the place of Reflex's, and the document around them.

Reflex compiles pages, state and events; React Router's framework mode, which it bundles them with, carries a server half,
data loading and prerendering that no page of ours uses (docs/decisions/0009-weight.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from reflex_base.constants import PackageJson
from reflex_base.plugins.base import Plugin
from reflex_base.plugins.embed import compile_embed_manifest

BROWSER = Path(__file__).with_name("browser")
CONFIGURATION = "vite.config.js"
SHELL = "__spa-fallback.html"
WORKER = "service-worker.js"
DRAWN = ("/icon.svg", "/no-picture.svg")
"""Pictures of ours that any page may show."""
WRAPS = "jsx(StateProvider,{},jsx(EventLoopProvider,{},jsx(Fragment,{},children)))"
"""What Reflex puts around every page and `browser/app.js` puts there in its place."""

# The server's class says what the person chose; without one the page follows the device.
THEME_SCRIPT = (
    "(root=>{if(root.className)return;"
    'const dark=matchMedia("(prefers-color-scheme: dark)");'
    'const follow=()=>{root.className=root.style.colorScheme=dark.matches?"dark":"light"};'
    'follow();dark.addEventListener("change",follow)})(document.documentElement)'
)


class BundlePlugin(Plugin):
    """Has the pages bundled as one small client-side app."""

    def __init__(self) -> None:
        PackageJson.Commands.EXPORT = "vite build"

    def provides_entry_client(self) -> bool:
        """Keep Reflex from writing an entry of its own."""
        return True

    def pre_compile(self, **context: Any) -> None:
        """Put our entry, what it stands on and the list of pages beside what Reflex compiles."""
        routes = [page.route for page in context["unevaluated_pages"] if page.route != "404"]
        context["add_save_task"](compile_embed_manifest, routes)
        context["add_save_task"](_sources)
        context["add_modify_task"](CONFIGURATION, lambda _theirs: (BROWSER / CONFIGURATION).read_text("utf-8"))
        context["add_modify_task"]("app/root.jsx", _only_known_wraps)
        context["add_modify_task"]("utils/context.jsx", begin_empty)

    def post_build(self, **context: Any) -> None:
        """Write the document that loads the bundle; `ui.shell` puts head, first view and language into it."""
        built: Path = context["static_dir"]
        listing = built / "built.json"
        parts = json.loads(listing.read_text("utf-8"))
        (built / SHELL).write_text(document(parts), "utf-8")
        (built / WORKER).write_text(service_worker(parts), "utf-8")
        listing.unlink()


def _sources() -> list[tuple[str, str]]:
    found = sorted(path for path in BROWSER.glob("*.js") if path.name not in {CONFIGURATION, WORKER})
    return [(f"browser/{path.name}", path.read_text("utf-8")) for path in found]


def _only_known_wraps(root: str) -> str:
    if WRAPS not in root.replace(" ", ""):
        raise RuntimeError("Reflex wraps pages in something browser/app.js does not know of; see app/root.jsx")
    return root


def begin_empty(context: str) -> str:
    """What the app knows before it was told anything, without the empty forms of all its pages.

    A page is drawn only once its state holds its address, and then all of the state is told (`ui.live`); what a page looks
    like empty is of no use to anybody, and neither are hashes by which the server could leave that out. Lists stay: an
    empty one has a length.
    """
    found = re.search(r"^export const initialState = (\{.*\})$", context, re.MULTILINE)
    hashes = re.search(r"^export const initialStateHashes = (\[.*\])$", context, re.MULTILINE)
    if found is None or hashes is None:
        raise RuntimeError("Reflex writes the beginning of states in another way; see utils/context.jsx")
    states = {
        state: {name: _bare(value) if name.startswith("page_") else value for name, value in values.items()}
        for state, values in json.loads(found[1]).items()
    }
    bare = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
    return context.replace(found[1], bare).replace(hashes[1], "[]")


def _bare(value: Any) -> Any:
    """A value without what is empty in it, but lists."""
    if not isinstance(value, dict):
        return value
    inner = {name: _bare(part) for name, part in value.items()}
    return {name: part for name, part in inner.items() if part or isinstance(part, list)}


def document(listing: dict[str, Any]) -> str:
    """The document that loads what Vite's listing names: styles, the regular font, and the two entries."""
    app, early = listing["browser/app.js"], listing["browser/early.js"]
    styles = "".join(f'<link rel="stylesheet" href="/{path}">' for path in app["css"])
    parts = "".join(
        f'<link rel="modulepreload" href="/{listing[name]["file"]}" crossorigin>' for name in app.get("imports", ())
    )
    fonts = "".join(
        f'<link rel="preload" href="/{path}" as="font" type="font/woff2" crossorigin>'
        for path in app.get("assets", ())
        if re.search(r"-400-[\w-]+\.woff2$", path)
    )
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><script>{THEME_SCRIPT}</script>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{styles}{fonts}{parts}'
        f'</head><body><div id="live"></div><script type="module" src="/{early["file"]}"></script>'
        f'<script type="module" src="/{app["file"]}"></script></body></html>'
    )


def service_worker(listing: dict[str, Any]) -> str:
    """The service worker of this very build: its release is named after all parts there are, its shell is what every page
    needs, and what is said without a connection.
    """
    everything = json.dumps(listing, sort_keys=True)
    source = (BROWSER / WORKER).read_text("utf-8")
    release = hashlib.sha256(f"{everything}{source}".encode()).hexdigest()[:12]
    needed = [listing[name] for name in ("browser/app.js", "browser/early.js", "browser/offline.js")]
    needed += [listing[name] for part in needed for name in part.get("imports", ())]
    files = {path for part in needed for path in (part["file"], *part.get("css", ()), *part.get("assets", ()))}
    shell = json.dumps([*DRAWN, *(f"/{path}" for path in sorted(files))])
    return source.replace("__RELEASE__", release).replace("__SHELL__", shell)
