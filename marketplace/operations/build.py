"""`python -m marketplace build`: the browser's part, built again only when something it is made of has changed.

It does what `reflex export --frontend-only --no-zip` does, without what that command does around it on a first run:
fetching bun, asking for newer versions, and writing to files of the checkout.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import sysconfig
import time
from pathlib import Path

import zopfli.gzip

from marketplace.settings import ROOT

WEB = ROOT / ".web"
LOCK = ROOT / "reflex.lock"
BUILT = WEB / "build"
LARGE = 4_000
"""Bytes of what is squeezed once more: of smaller files nothing is left to gain."""
STAMP = BUILT / "made-of"
"""Lies in what Reflex removes before it builds, so an interrupted build leaves none."""

MADE_OF = (
    "marketplace/**/*.py",
    *(f"marketplace/ui/**/*.{kind}" for kind in ("css", "js", "woff2")),
    "assets/**/*",
    "reflex.lock/*",
)
ALSO_MADE_OF = ("rxconfig.py", "requirements.txt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `build`."""
    parser.add_argument("--force", action="store_true", help="build even when nothing has changed")


def run(arguments: argparse.Namespace) -> int:
    """Build when something changed."""
    if is_fresh() and not arguments.force:
        print("The browser's part is up to date.")
        return 0
    started = time.monotonic()
    print("Building the browser's part; the first time this takes a minute …", flush=True)
    build()
    print(f"Built in {time.monotonic() - started:.0f} s.")
    return 0


def is_fresh() -> bool:
    """Whether what is built is made of what lies here now."""
    return STAMP.exists() and STAMP.read_text() == fingerprint()


def fingerprint() -> str:
    """SHA-256 over names and contents of everything the browser's part is made of."""
    found = {path for pattern in MADE_OF for path in ROOT.glob(pattern)} | {ROOT / name for name in ALSO_MADE_OF}
    total = hashlib.sha256()
    for path in sorted(path for path in found if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return total.hexdigest()


def environment() -> dict[str, str]:
    """The environment Reflex is to be run in: Node from this Python's own folder, npm, production, nobody told."""
    scripts = sysconfig.get_path("scripts")
    return {
        "PATH": os.pathsep.join((scripts, str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_USE_NPM": "1",
        "REFLEX_DIR": str(WEB / "reflex"),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_AUDIT": "false",
    }


def build() -> None:
    """Compile the pages and bundle them; raises SystemExit when npm or the bundler fails."""
    os.environ.update(environment())
    os.chdir(ROOT)
    # Reflex reads its settings from the environment when it is imported.
    from reflex.utils import export, frontend_skeleton, prerequisites

    if prerequisites.needs_reinit():
        prerequisites.initialize_reflex_user_directory()
        frontend_skeleton.initialize_web_directory()
    # Reflex only adds to it, so that what was once an asset would be served for ever.
    shutil.rmtree(WEB / "public", ignore_errors=True)
    export.export(zipping=False, frontend=True, backend=False)
    _squeeze()
    _write_in_order(LOCK / "package.json")
    STAMP.write_text(fingerprint())


def _squeeze() -> None:
    """Squeeze large files harder than the bundler does: 3 to 5 % less of every first visit, for 2 s of a build."""
    for path in (BUILT / "client" / "assets").glob("*.gz"):
        if path.stat().st_size >= LARGE:
            path.write_bytes(zopfli.gzip.compress(path.with_suffix("").read_bytes(), numiterations=5))


def _write_in_order(path: Path) -> None:
    # Reflex orders it by what it did before, so that the same packages would read as a change.
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2, sort_keys=True) + "\n")
