"""The document around the live app, and what stops a build that would not fit it."""

from __future__ import annotations

import json

import pytest

from marketplace.ui import bundle

LISTING = {
    "browser/app.js": {
        "file": "assets/app-x.js",
        "css": ["assets/app-x.css"],
        "assets": ["assets/be-vietnam-pro-400-x.woff2", "assets/be-vietnam-pro-600-x.woff2"],
        "imports": ["_lasting-x.js"],
        "dynamicImports": ["app/routes/_index.jsx"],
    },
    "browser/early.js": {"file": "assets/early-x.js"},
    "browser/offline.js": {"file": "assets/offline-x.js"},
    "_lasting-x.js": {"file": "assets/lasting-x.js"},
    "app/routes/_index.jsx": {"file": "assets/_index-x.js"},
}


def test_the_document_names_all_that_every_page_needs_and_no_single_page() -> None:
    document = bundle.document(LISTING)
    for file in ("app-x.js", "app-x.css", "early-x.js", "lasting-x.js", "be-vietnam-pro-400-x.woff2"):
        assert f'"/assets/{file}"' in document
    assert "_index-x.js" not in document
    assert "600-x.woff2" not in document
    assert document.index("early-x.js") < document.index("app-x.js")
    assert '<div id="live"></div>' in document


def test_what_reflex_wraps_pages_in_must_be_what_our_entry_puts_there() -> None:
    known = f"function AppWrap({{children}}) {{return ({bundle.WRAPS})}}"
    assert bundle._only_known_wraps(known) == known
    with pytest.raises(RuntimeError, match=r"browser/app\.js"):
        bundle._only_known_wraps(known.replace("jsx(Fragment,", "jsx(ToasterProvider,"))


def test_the_app_begins_without_the_empty_forms_of_its_pages_and_keeps_lists() -> None:
    context = (
        'export const initialState = {"a.b": {"page_rx_state_": {"name": "", "n": 0, "inner": {"on": false}, '
        '"lines": [], "step": "details"}, "path_rx_state_": "", "problems_rx_state_": {}}}\n'
        'export const initialStateHashes = ["0123", "4567"]\n'
    )
    begun = bundle.begin_empty(context)
    assert (
        '{"a.b":{"page_rx_state_":{"lines":[],"step":"details"},"path_rx_state_":"","problems_rx_state_":{}}}' in begun
    )
    assert "export const initialStateHashes = []" in begun
    with pytest.raises(RuntimeError, match=r"context\.jsx"):
        bundle.begin_empty("export default {}")


def test_the_service_worker_begins_with_what_every_page_needs_and_with_what_is_said_without_a_connection() -> None:
    worker = bundle.service_worker(LISTING)
    shell = json.loads(worker.split("const SHELL = ")[1].split(";\n")[0])
    assert {
        f"/assets/{name}"
        for name in (
            "app-x.js",
            "app-x.css",
            "early-x.js",
            "lasting-x.js",
            "offline-x.js",
            "be-vietnam-pro-600-x.woff2",
        )
    } <= set(shell)
    assert "/assets/_index-x.js" not in shell


def test_another_build_is_another_release_and_the_same_one_the_same() -> None:
    changed = {**LISTING, "app/routes/_index.jsx": {"file": "assets/_index-y.js"}}
    assert bundle.service_worker(LISTING) == bundle.service_worker(dict(LISTING))
    assert bundle.service_worker(changed).split("\n")[2] != bundle.service_worker(LISTING).split("\n")[2]
