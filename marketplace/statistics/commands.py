"""What staff send to enter a figure, parsed before use."""

from __future__ import annotations

from pydantic import Field

from marketplace.base.inputs import Payload


class FigureCommand(Payload):
    """A figure from outside, as typed; the service reads each entry strictly."""

    series: str = Field(default="", max_length=48)
    sector: str | None = Field(default="", max_length=32)
    """Nothing where the form shows no choice of sector."""
    period: str = Field(default="", max_length=8)
    value: str = Field(default="", max_length=60)
    """Billions of đồng for money, else a whole count."""
    source: str = Field(default="", max_length=1000)
