"""Where stored pictures lie, for tests that look at their files."""

from __future__ import annotations

from pathlib import Path

from marketplace.base import media
from marketplace.settings import settings


def picture_path(key: str, width: int, kind: str = media.WEBP) -> Path:
    """The file of a rendition."""
    return settings().media_folder / media.picture_name(key, width, kind)
