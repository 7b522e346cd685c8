"""The app runs with what requirements.txt names, and everything it imports is named there."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.metadata import packages_distributions, requires

import grimp
import pytest

from marketplace.settings import ROOT


def _pinned(name: str) -> dict[str, str]:
    """Distribution to version, as a requirements file pins them."""
    lines = (ROOT / name).read_text().splitlines()
    pins = (re.match(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", line) for line in lines)
    return {_normalized(pin[1]): pin[2] for pin in pins if pin}


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _imported() -> dict[str, str]:
    """Distribution to one of our modules that imports it."""
    graph = grimp.build_graph("marketplace", include_external_packages=True, cache_dir=None)
    distributions = packages_distributions()
    found: dict[str, str] = {}
    for module in sorted(graph.modules):
        top = module.split(".")[0]
        if top == "marketplace" or top in sys.stdlib_module_names:
            continue
        importers = graph.find_modules_that_directly_import(module)
        for distribution in distributions.get(top, [top]):
            # These come in parts whose versions the whole pins.
            name = re.sub(r"^(reflex|pydantic)-.*", r"\1", _normalized(distribution))
            found[name] = min(importers)
    return found


def test_everything_the_app_imports_is_pinned_by_itself() -> None:
    missing = {name: by for name, by in _imported().items() if name not in _pinned("requirements.txt")}
    assert missing == {}


def test_the_app_imports_nothing_that_only_tests_have() -> None:
    only_tests = _pinned("requirements-test.txt").keys() - _pinned("requirements.txt").keys()
    assert {name: by for name, by in _imported().items() if name in only_tests} == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_has_one_exact_version(name: str) -> None:
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    assert [line for line in lines if line and "==" not in line] == []


def test_nothing_at_run_time_is_under_the_gpl() -> None:
    from importlib.metadata import metadata

    waiting, seen = list(_pinned("requirements.txt")), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            needed = requires(name) or []
        except ModuleNotFoundError:
            continue
        described = metadata(name)
        licence = f"{described.get_all('License-Expression')} {described.get_all('Classifier')}"
        assert not re.search(r"(?<!L)(?<!Lesser )\bA?GPL|:: GNU General Public|Affero", licence), (name, licence)
        waiting += [_normalized(re.split(r"[^\w.-]", item)[0]) for item in needed if "extra ==" not in item]
    assert len(seen) > 40
