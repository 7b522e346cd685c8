"""Every setting of the app, read once from `MARKETPLACE_…` environment variables and validated."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

PREFIX = "MARKETPLACE_"
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseModel):
    """The validated settings; see docs/operating.md for what each one means."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    var: Path = ROOT / "var"
    database_url: str = ""
    redis_url: str | None = None
    media_url: str = ""
    public_url: str = ""
    port: int = Field(default=3000, ge=1, le=65535)
    host: str = "127.0.0.1"
    province: str = "92"
    secret: SecretStr | None = None
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    rate_limits: bool = True
    """Whether tries are limited; only a load test against an installation of one's own switches it off."""
    acceptance_hours: int = Field(default=12, ge=1, le=168)
    """How long a new shop has to answer an order, until it states its own time."""
    commission_rate: int = Field(default=200, ge=0, le=3000)
    """The platform's share of goods sold, in ten-thousandths."""
    works: bool = True
    """Whether the web process also does the background work; off where `worker` runs beside it."""
    demo: bool = False
    smtp_url: SecretStr | None = None
    """The mail server: smtps://, smtp:// or smtp+plain://, user and password included."""
    mail_from: str = ""
    """Whose name and address mails carry; else a no-reply address of the public host."""
    sms_url: str = ""
    """Who sends text messages; `log:` writes them to a file below `var`, as an installation without https does by itself."""
    reservation_guard: bool = True
    """Tests switch it off to show that the oversell test would notice."""

    @field_validator("redis_url", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("media_url")
    @classmethod
    def _names_a_bucket(cls, value: str) -> str:
        if value.startswith("s3:") and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w./-]*)?", value):
            raise ValueError("a bucket is named as s3://bucket or s3://bucket/prefix")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _names_a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parts = urlsplit(value.get_secret_value())
            if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
                raise ValueError("a mail server is named as smtp://user:password@host:587, smtps:// or smtp+plain://")
        return value

    @field_validator("sms_url")
    @classmethod
    def _names_a_text_sender(cls, value: str) -> str:
        if value not in {"", "log:"}:
            raise ValueError("log: is the one sender of text messages there is")
        return value

    @property
    def sender(self) -> str:
        """From whom mails come."""
        return self.mail_from or f"Chợ Quê <no-reply@{urlsplit(self.public).hostname}>"

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.var / 'marketplace.sqlite3'}"

    @property
    def media_bucket(self) -> str:
        """Address of the bucket of pictures and documents; empty where they lie in a folder."""
        return self.media_url if self.media_url.startswith("s3://") else ""

    @property
    def media_folder(self) -> Path:
        """Folder of stored pictures and documents."""
        return Path(self.media_url.removeprefix("file://")) if self.media_url else self.var / "media"

    @property
    def public(self) -> str:
        """The address people type, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach the app over TLS; decides the cookie's name and flags."""
        return urlsplit(self.public).scheme == "https"

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Origins that may open a socket or post a form."""
        local = (f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}")
        return tuple(dict.fromkeys((self.public, *local) if not self.secure else (self.public,)))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read settings from an environment; raises pydantic's ValidationError naming the bad one."""
    values = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value != ""
    }
    if "port" not in values and environment.get("PORT"):
        values["port"] = environment["PORT"]
    return Settings.model_validate(values)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings."""
    return read_settings(os.environ)
