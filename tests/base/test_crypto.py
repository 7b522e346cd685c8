"""Tokens, keys and passwords."""

from __future__ import annotations

import asyncio
import stat

import pytest

from marketplace.base import crypto
from marketplace.settings import settings
from tests.conftest import forget_process_state


def test_tokens_and_codes_do_not_repeat_and_are_safe_to_write_down() -> None:
    tokens = {crypto.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(len(token) >= 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
    assert set("".join(crypto.new_code(12) for _ in range(300))) == set(crypto.READABLE)
    assert not set(crypto.READABLE) & set("01OIl")


def test_only_a_digest_is_kept_of_a_token() -> None:
    token = crypto.new_token()
    assert crypto.digest(token) == crypto.digest(token)
    assert len(crypto.digest(token)) == 64
    assert token not in crypto.digest(token)


def test_the_key_is_made_once_and_only_its_owner_reads_it() -> None:
    first = crypto.keyed_token("order", "CQ-1")
    path = settings().var / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32
    forget_process_state()
    assert crypto.keyed_token("order", "CQ-1") == first


def test_a_keyed_token_is_of_its_purpose_subject_and_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    token = crypto.keyed_token("order", "CQ-1")
    assert token != crypto.keyed_token("order", "CQ-2")
    assert token != crypto.keyed_token("socket", "CQ-1")
    monkeypatch.setenv("MARKETPLACE_SECRET", "another installation")
    forget_process_state()
    assert token != crypto.keyed_token("order", "CQ-1")


def test_a_configured_key_leaves_none_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKETPLACE_SECRET", "from a vault")
    forget_process_state()
    crypto.keyed_token("order", "CQ-1")
    assert not (settings().var / "secret.key").exists()


def test_a_password_matches_itself_alone_and_is_salted() -> None:
    stored = crypto.hash_password("mật khẩu của Lan")
    assert stored.startswith("$argon2id$")
    assert stored != crypto.hash_password("mật khẩu của Lan")
    assert crypto.password_matches("mật khẩu của Lan", stored)
    assert not crypto.password_matches("mat khau cua Lan", stored)
    assert not crypto.password_matches("", stored)


def test_an_unknown_account_matches_nothing() -> None:
    assert not crypto.password_matches("anything", None)


def test_hashing_leaves_the_event_loop_free() -> None:
    async def both() -> int:
        ticks = 0
        hashing = asyncio.ensure_future(crypto.hashing("một mật khẩu dài"))
        while not hashing.done():
            await asyncio.sleep(0.001)
            ticks += 1
        assert await crypto.matching("một mật khẩu dài", hashing.result())
        return ticks

    assert asyncio.run(both()) > 2


def test_what_is_sealed_reads_back_only_for_its_purpose_and_unharmed() -> None:
    sealed = crypto.seal("mail", "mã 123456")
    assert crypto.unseal("mail", sealed) == "mã 123456"
    assert sealed != crypto.seal("mail", "mã 123456")
    damaged = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    for purpose, text in (("other", sealed), ("mail", damaged), ("mail", ""), ("mail", "không phải")):
        with pytest.raises(crypto.Unsealable):
            crypto.unseal(purpose, text)


def test_codes_of_digits_keep_their_zeros() -> None:
    codes = {crypto.new_digits(6) for _ in range(300)}
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(codes) > 290
