"""Pictures and documents in a bucket of anything that speaks S3."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from marketplace.base.storage import KINDS, StorageUnreachable

P = ParamSpec("P")
R = TypeVar("R")
PATIENCE = timedelta(seconds=20)
TRIES = 3


def _reaching(ask: Callable[P, R]) -> Callable[P, R]:
    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return ask(*args, **kwargs)
        except BaseError as error:
            raise StorageUnreachable from error

    return asked


class Bucket:
    """A bucket; who may use it, and where it is, say the usual `AWS_…` environment variables."""

    def __init__(self, address: str) -> None:
        bucket, _, prefix = address.removeprefix("s3://").partition("/")
        self._store = S3Store(
            bucket,
            prefix=prefix.strip("/") or None,
            retry_config={"max_retries": TRIES, "retry_timeout": PATIENCE},
            client_options={
                "timeout": PATIENCE,
                "connect_timeout": PATIENCE / 4,
                # What is said here takes the place of all that the environment says of connections.
                "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true",
            },
        )

    def file(self, name: str) -> Path | None:
        """Nothing in a bucket is a file."""
        return None

    @_reaching
    def holds(self, name: str) -> bool:
        """Whether there is an object of a name."""
        try:
            obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        return True

    @_reaching
    def read(self, name: str) -> bytes | None:
        """An object."""
        try:
            return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None

    @_reaching
    def write(self, name: str, data: bytes) -> None:
        """Put an object, private as the bucket is."""
        obstore.put(self._store, name, data, attributes={"Content-Type": KINDS[Path(name).suffix]})

    def touch(self, name: str) -> bool:
        """Write an object again: S3 has no other way to make one as good as new."""
        data = self.read(name)
        if data is None:
            return False
        self.write(name, data)
        return True

    @_reaching
    def remove(self, name: str, before: datetime) -> bool:
        """Delete an object; whoever stores the very same picture within the same milliseconds stores it again later."""
        try:
            if obstore.head(self._store, name)["last_modified"] >= before:
                return False
        except FileNotFoundError:
            return False
        obstore.delete(self._store, name)
        return True

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every object of ours, a thousand with each question."""
        try:
            for some in obstore.list(self._store):
                for found in some:
                    if Path(found["path"]).suffix in KINDS:
                        yield found["path"], found["last_modified"]
        except BaseError as error:
            raise StorageUnreachable from error
