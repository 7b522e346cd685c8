"""Column shorthands, so that every table spells money, moments and choices the same way."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Integer, String
from sqlmodel import Field

from marketplace.base.db import UtcDateTime

Identity = BigInteger().with_variant(Integer(), "sqlite")


def identity() -> Any:
    """A numeric primary key, declared as `id: int`: it is there once the row was flushed, and only then is it read."""
    return Field(default=None, primary_key=True, sa_type=Identity)


def reference(target: str, *, index: bool = True, nullable: bool = False, unique: bool = False) -> Any:
    """A foreign key to `table.column`."""
    extra: dict[str, Any] = {"default": None} if nullable else {}
    return Field(
        foreign_key=target, index=index and not unique, unique=unique, nullable=nullable, sa_type=Identity, **extra
    )


def dong(default: int | None = None) -> Any:
    """Whole đồng."""
    extra: dict[str, Any] = {} if default is None else {"default": default}
    return Field(sa_type=BigInteger, **extra)


def thousandths(default: int | None = None) -> Any:
    """A quantity in thousandths of its unit."""
    return dong(default)


def moment(*, index: bool = False) -> Any:
    """A required moment in UTC."""
    return Field(sa_type=UtcDateTime, index=index)


def maybe_moment(*, index: bool = False) -> Any:
    """An optional moment in UTC."""
    return Field(default=None, sa_type=UtcDateTime, nullable=True, index=index)


def choice(default: StrEnum | None = None, *, index: bool = False) -> Any:
    """A value of a StrEnum, stored as its text."""
    extra: dict[str, Any] = {} if default is None else {"default": default}
    return Field(sa_type=String(32), index=index, **extra)


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """A CHECK that a choice column holds one of the enum's values."""
    values = ", ".join(f"'{value.value}'" for value in choices)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")
