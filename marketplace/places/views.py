"""Places as pages, the API and other features see them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommuneView:
    """A commune with its province and what it was called before July 2025."""

    code: str
    name: str
    province: str
    province_code: str
    latitude: float
    longitude: float
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneChoice:
    """A commune to pick; `hint` says its province and what it was called before."""

    code: str = ""
    name: str = ""
    hint: str = ""
