#!/usr/bin/env python3
"""Everything a checkout needs, with nothing but Python: run, test, check, bench, migration. `make` calls it too."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
RUN_REQUIREMENTS = ("requirements.txt",)
TEST_REQUIREMENTS = ("requirements.txt", "requirements-test.txt")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)

CHECKS = (
    ("lint", ("ruff", "check", ".")),
    ("format", ("ruff", "format", "--check", ".")),
    ("types", ("mypy",)),
    ("who knows whom", ("lint-imports", "--no-logo")),
    ("requirements", ("pip", "check")),
)


class Failed(Exception):
    """A step went wrong; the message says what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(f"▸ {text}", flush=True)


def call(*command: str | Path, **environment: str) -> int:
    """Run a command in the checkout and return its exit code."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=_environment(**environment), check=False
    ).returncode


def need(what: str, *command: str | Path, **environment: str) -> None:
    """Run a command that must succeed."""
    if code := call(*command, **environment):
        raise Failed(f"{what} failed (exit code {code}).")


def _environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join((str(SCRIPTS), os.environ.get("PATH", "")))
    return {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **more}


def install(requirements: Sequence[str]) -> None:
    """Make the virtual environment and install what is missing; a stamp says that it was finished."""
    wanted = _fingerprint(requirements)
    stamp = VENV / f"installed-{len(requirements)}"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    if not _usable(PYTHON):
        say(f"Making a virtual environment in {VENV.name}")
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            raise Failed("Python could not make a virtual environment. On Debian: apt-get install python3-venv")
    for old in VENV.glob("installed-*"):
        old.unlink()
    say(f"Installing {' and '.join(requirements)}")
    _pip_install([argument for name in requirements for argument in ("-r", name)])
    for count in range(1, len(requirements) + 1):
        (VENV / f"installed-{count}").write_text(_fingerprint(requirements[:count]))


def _fingerprint(requirements: Sequence[str]) -> str:
    parts = [platform.python_version(), str(VENV), *((ROOT / name).read_text() for name in requirements)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _usable(python: Path) -> bool:
    """Whether a virtual environment is whole, of this Python and still in its place (its scripts name their folder)."""
    probe = "import sys, pip; print(sys.prefix, *sys.version_info[:2], sep='\\n')"
    try:
        answer = subprocess.run([str(python), "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.splitlines() == [str(VENV), *map(str, sys.version_info[:2])]


def _pip_install(arguments: Sequence[str]) -> None:
    """Run pip, keeping one line of progress on a terminal and its last words for when it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments]
    last: deque[str] = deque(maxlen=30)
    packages = 0
    with subprocess.Popen(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            last.append(line)
            word, _, rest = line.strip().partition(" ")
            if word == "Collecting":
                packages += 1
                _progress(f"{packages:3} {rest}", now=packages % 25 == 0)
            elif word == "Installing":
                _progress(f"writing {packages} packages …", now=True)
        code = pip.wait()
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    if code:
        sys.stderr.writelines(last)
        raise Failed("pip could not install everything; its last words are above. Run the same again to go on.")


def _progress(text: str, *, now: bool) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K  {text[:76]}", end="", flush=True)
    elif now:
        print(f"  {text}", flush=True)


def run(_: argparse.Namespace) -> int:
    """Install, migrate, seed when empty, build and serve; PORT chooses the port."""
    install(RUN_REQUIREMENTS)
    say("Bringing the database to the newest schema")
    need("Migrating", PYTHON, "-m", "marketplace", "migrate")
    need("Seeding", PYTHON, "-m", "marketplace", "seed", "--if-empty")
    say("Starting")
    return _become(PYTHON, "-m", "marketplace", "serve")


def _become(*command: str | Path) -> int:
    """Go on as another program, so that Ctrl-C and signals reach it alone and its exit code is ours."""
    arguments = [str(part) for part in command]
    if os.name != "nt":
        os.chdir(ROOT)
        sys.stdout.flush()
        os.execve(arguments[0], arguments, _environment())
    return call(*arguments)


def check(_: argparse.Namespace) -> int:
    """The quick part of the tests: lint, format, types, imports, requirements."""
    install(TEST_REQUIREMENTS)
    return _report(_failing_checks())


def test(arguments: argparse.Namespace) -> int:
    """All checks and all tests; further arguments go to pytest."""
    install(TEST_REQUIREMENTS)
    browser = find_browser() or install_browser()
    # The app takes a minute to build, which the browser's tests would wait for and the checks leave a core free for.
    command = (PYTHON, "-m", "marketplace", "build")
    build = None if arguments.rest else subprocess.Popen(command, cwd=ROOT, env=_environment())
    failing = _failing_checks()
    if build is not None and build.wait():
        failing.append("build")
    say("tests")
    # Two at a time suit any machine: half of the tests wait for a database, a browser or a disk.
    shared = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
    chosen = arguments.rest or shared
    if call(PYTHON, "-m", "pytest", *chosen, **({"CHROME": browser} if browser else {})):
        failing.append("tests")
    return _report(failing)


def _failing_checks() -> list[str]:
    failing = []
    for name, (program, *arguments) in CHECKS:
        say(name)
        if call(SCRIPTS / program, *arguments):
            failing.append(name)
    return failing


def _report(failing: Sequence[str]) -> int:
    if failing:
        print(f"Not in order: {', '.join(failing)}.", file=sys.stderr, flush=True)
    return 1 if failing else 0


def find_browser() -> str | None:
    """A Chrome or Chromium of this machine: the one of $CHROME, else the first of the usual names and places."""
    if named := os.environ.get("CHROME"):
        return named
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or next((place for place in BROWSER_PLACES if Path(place).exists()), None)


def install_browser() -> str | None:
    """Debian's Chromium where we may install it, else Playwright's own, which Playwright finds by itself (None)."""
    is_debian = Path("/etc/debian_version").exists() and "ID=debian" in Path("/etc/os-release").read_text()
    if is_debian and os.geteuid() == 0:
        say("Installing Debian's chromium for the tests")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        if not call("apt-get", "-qq", "update", **quiet) and not call(
            "apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium", **quiet
        ):
            return find_browser()
    say("Installing Playwright's chromium for the tests")
    need("Installing a browser", PYTHON, "-m", "playwright", "install", "chromium")
    return None


def bench(arguments: argparse.Namespace) -> int:
    """The benchmarks; further arguments go to them."""
    install(RUN_REQUIREMENTS)
    return _become(PYTHON, "-m", "benchmarks", *arguments.rest)


def migration(arguments: argparse.Namespace) -> int:
    """Write a migration from what the models say and the migrations do not; `--first` writes the first one anew."""
    install(TEST_REQUIREMENTS)
    versions = ROOT / "alembic" / "versions"
    with tempfile.TemporaryDirectory() as folder:
        where = {"MARKETPLACE_VAR": folder, "MARKETPLACE_DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3"}
        if arguments.first:
            for old in versions.glob("*.py"):
                old.unlink()
        else:
            need("Migrating", PYTHON, "-m", "alembic", "upgrade", "head", **where)
        number = f"{len(list(versions.glob('[0-9]*.py'))) + 1:04}"
        command = (PYTHON, "-m", "alembic", "revision", "--autogenerate", "--rev-id", number, "-m", arguments.message)
        need("Writing the migration", *command, **where)
    return call(PYTHON, "-m", "pytest", "tests/test_migrations.py")


TASKS: tuple[tuple[Callable[[argparse.Namespace], int], bool], ...] = (
    (run, False),
    (test, True),
    (check, False),
    (bench, True),
    (migration, False),
)
"""Each task and whether it hands further arguments on."""


def main(arguments: Sequence[str]) -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser("tasks.py", description=__doc__)
    names = parser.add_subparsers(dest="task", required=True, metavar="task")
    for task, hands_on in TASKS:
        named = names.add_parser(task.__name__, help=task.__doc__, description=task.__doc__)
        named.set_defaults(task=task)
        if hands_on:
            named.add_argument("rest", nargs=argparse.REMAINDER, help="handed on")
        if task is migration:
            named.add_argument("message", nargs="?", default="The first schema", help="what it is for, in a few words")
            named.add_argument("--first", action="store_true", help="before the first release: one migration, anew")
    parsed = parser.parse_args(arguments)
    try:
        code: int = parsed.task(parsed)
    except Failed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 130
    return code


def start_with_newer_python() -> None:
    """Go on with a Python that is new enough, if this one is not."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            os.execv(found, [found, *sys.argv])
    sys.exit("Python {}.{} or newer is needed; this is {}.".format(*OLDEST, platform.python_version()))


if __name__ == "__main__":
    start_with_newer_python()
    sys.exit(main(sys.argv[1:]))
