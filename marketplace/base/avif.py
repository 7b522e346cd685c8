"""AVIF renditions of stored pictures: lighter than WebP, and too slow to make while anybody waits.

A picture gets them after somebody's browser asked for one for the first time, which meanwhile is given the WebP
(docs/decisions/0016-avif.md).
"""

from __future__ import annotations

import asyncio
import io
from collections import OrderedDict
from functools import lru_cache

import structlog
from PIL import Image

from marketplace.base import media
from marketplace.base.apart import Apart
from marketplace.base.storage import storage

log = structlog.get_logger(__name__)

QUALITY = 48
"""As near to the picture as WebP at 76 (both measured as the error of each pixel), for three tenths fewer bytes."""
SPEED = 6
"""Of 10: the next faster ones weigh a tenth more, the next slower ones take twice as long."""
SECONDS = 30.0
MOST_WAITING = 500
"""So many pictures may wait; what comes beyond is asked for again by the next visitor."""
MOST_HOPELESS = 1000


def make(key: str) -> int:
    """Write the AVIF renditions of a stored picture that are missing; returns how many, or 0 when the picture is gone.

    One to two seconds of processor for a picture of a phone.
    """
    missing = [width for width in media.WIDTHS if not storage().holds(media.picture_name(key, width, media.AVIF))]
    data = storage().read(media.picture_name(key, media.WIDTHS[-1])) if missing else None
    if data is None:
        return 0
    with Image.open(io.BytesIO(data)) as largest:
        pixels = largest.convert("RGB")
    encoded: dict[int, bytes] = {}
    for width in missing:
        own = min(width, pixels.width)
        if own not in encoded:
            buffer = io.BytesIO()
            # One thread: the process steps back for everybody else's requests.
            media.at_width(pixels, own).save(buffer, "AVIF", quality=QUALITY, speed=SPEED, max_threads=1)
            encoded[own] = buffer.getvalue()
        storage().write(media.picture_name(key, width, media.AVIF), encoded[own])
    return len(missing)


class Workshop:
    """Makes what is asked for in a process apart, one picture after another."""

    def __init__(self) -> None:
        self._apart = Apart(SECONDS, gently=True)
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._hopeless: OrderedDict[str, None] = OrderedDict()
        self._working: asyncio.Task[None] | None = None

    def want(self, key: str) -> None:
        """Have a picture's renditions made soon; from within the event loop, which goes on at once."""
        if key in self._waiting or key in self._hopeless or len(self._waiting) >= MOST_WAITING:
            return
        self._waiting[key] = None
        loop = asyncio.get_running_loop()
        if self._working is None or self._working.done() or self._working.get_loop() is not loop:
            self._working = loop.create_task(self._work_off())

    async def finished(self) -> None:
        """Wait until nothing waits any more."""
        if self._working is not None:
            await self._working

    async def _work_off(self) -> None:
        while self._waiting:
            key = next(iter(self._waiting))
            try:
                await self._apart.run(make, key)
            except Exception:  # whatever is wrong with this picture, its WebP serves on, and the others have their turn
                log.exception("no AVIF could be made", picture=key)
                self._hopeless[key] = None
                if len(self._hopeless) > MOST_HOPELESS:
                    self._hopeless.popitem(last=False)
            self._waiting.pop(key, None)


@lru_cache(maxsize=1)
def workshop() -> Workshop:
    """The process's own."""
    return Workshop()
