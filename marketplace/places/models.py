"""Tables of places: two tiers since July 2025, with validity dates and former names."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from marketplace.base.columns import identity


class Province(SQLModel, table=True):
    """A province or centrally run city."""

    __tablename__ = "province"

    code: str = Field(primary_key=True, max_length=2)
    name: str
    folded: str = Field(index=True)


class Commune(SQLModel, table=True):
    """A commune, ward or special zone; `code` is the statistics office's."""

    __tablename__ = "commune"
    __table_args__ = (Index("ix_commune_folded", "folded"),)

    code: str = Field(primary_key=True, max_length=5)
    province_code: str = Field(foreign_key="province.code", index=True)
    name: str
    folded: str
    latitude: float
    longitude: float
    valid_from: date
    valid_to: date | None = None


class FormerUnit(SQLModel, table=True):
    """A ward or commune of before July 2025 and the commune that took it over."""

    __tablename__ = "former_unit"

    id: int = identity()
    commune_code: str = Field(foreign_key="commune.code", index=True)
    name: str
    folded: str = Field(index=True)
    valid_to: date
