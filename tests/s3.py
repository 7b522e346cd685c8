"""A server that speaks S3, for tests of what lies in a bucket."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

BUCKET = "cho-que-pictures"


@contextmanager
def s3_server() -> Iterator[str]:
    """A server with one empty bucket; gives its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    try:
        yield address
    finally:
        server.stop()


def use_bucket(patch: pytest.MonkeyPatch, server: str, prefix: str) -> None:
    """Have this process keep its pictures below a prefix of the server's bucket."""
    with urllib.request.urlopen(urllib.request.Request(f"{server}/{BUCKET}", method="PUT"), timeout=10):
        pass
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "MARKETPLACE_MEDIA_URL": f"s3://{BUCKET}/{prefix}",
    }.items():
        patch.setenv(name, value)
