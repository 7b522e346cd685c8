"""Tokens, keyed hashes and passwords."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from marketplace.settings import settings

# OWASP's minimum for Argon2id: 19 MiB, two passes, one lane; about 26 ms.
_passwords = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
# Two at a time, so that a flood of sign-ins cannot take the memory or both cores.
_hashing = ThreadPoolExecutor(2, thread_name_prefix="argon2")

# Letters and digits that cannot be mistaken for each other when read aloud or copied by hand.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_token() -> str:
    """256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def new_code(length: int) -> str:
    """A random code without look-alike characters."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


@lru_cache(maxsize=1)
def _secret() -> bytes:
    configured = settings().secret
    if configured is not None:
        return configured.get_secret_value().encode()
    path = settings().var / "secret.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(32)
        file.write(key)
    return key


def keyed_token(purpose: str, subject: str) -> str:
    """A token anyone may hold but only we can make: HMAC-SHA256 over its purpose and subject."""
    return hmac.new(_secret(), f"{purpose}:{subject}".encode(), hashlib.sha256).hexdigest()[:40]


def secret_for(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, derived from the app's secret, so that no two uses share one."""
    return hmac.new(_secret(), f"key:{purpose}".encode(), hashlib.sha256).digest()


class Unsealable(Exception):
    """What was sealed is damaged, or was sealed by an app with another secret."""


NONCE_BYTES = 12


def seal(purpose: str, text: str) -> str:
    """A text only this app can read again (AES-256-GCM under a key for this purpose alone)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(secret_for(f"seal:{purpose}")).encrypt(nonce, text.encode(), None)
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(purpose: str, sealed: str) -> str:
    """What was sealed for this purpose; raises Unsealable."""
    try:
        raw = base64.urlsafe_b64decode(sealed)
        opened = AESGCM(secret_for(f"seal:{purpose}")).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise Unsealable from error
    return opened.decode()


def new_digits(length: int) -> str:
    """A random code of digits, zeros in front included."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def hash_password(password: str) -> str:
    """Argon2id; blocks for about 26 ms, so handlers await `hashing` instead."""
    return _passwords.hash(password)


def password_matches(password: str, stored: str | None) -> bool:
    """Check a password; an unknown account costs the same time as a known one."""
    if stored is None:
        _passwords.verify(password, _decoy())
        return False
    return _passwords.verify(password, stored)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _passwords.hash(new_token())


async def hashing(password: str) -> str:
    """Hash a password off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, hash_password, password)


async def matching(password: str, stored: str | None) -> bool:
    """Check a password off the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, password_matches, password, stored)
