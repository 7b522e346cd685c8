"""The shops that deliver to a commune."""

from __future__ import annotations

import time
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from marketplace.delivery import service as delivery
from marketplace.delivery.rules import Place
from marketplace.places import service as places
from marketplace.sellers import service as sellers

REACH_KEPT_SECONDS = 30.0
MOST_REACHES = 200


@lru_cache(maxsize=1)
def _reach() -> dict[str, tuple[float, tuple[str, ...]]]:
    return {}


def reachable(session: Session, commune_code: str, now: datetime) -> tuple[str, ...]:
    """The shops that deliver to a commune; kept for a while, since the checkout asks anew."""
    reach = _reach()
    known = reach.get(commune_code)
    if known is not None and time.monotonic() - known[0] < REACH_KEPT_SECONDS:
        return known[1]
    found = places.communes(session, [commune_code]).get(commune_code)
    stores: tuple[str, ...] = ()
    if found is not None:
        destination = Place(found.code, found.province_code)
        homes = sellers.homes_of_stores(session)
        provinces = places.communes(session, {home.commune_code for home in homes})
        origins = {
            home.seller_id: Place(home.commune_code, provinces[home.commune_code].province_code) for home in homes
        }
        reaching = delivery.reaching(session, origins, destination, now)
        stores = tuple(home.slug for home in homes if home.seller_id in reaching)
    if len(reach) >= MOST_REACHES:
        reach.clear()
    reach[commune_code] = (time.monotonic(), stores)
    return stores
