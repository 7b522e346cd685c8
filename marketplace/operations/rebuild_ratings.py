"""`python -m marketplace rebuild-ratings`: counters of ratings and followers, counted anew from what they count."""

from __future__ import annotations

import argparse

from sqlmodel import Session

from marketplace.base import clock, db
from marketplace.reviews import service as reviews
from marketplace.sellers import service as sellers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `rebuild-ratings`."""
    parser.epilog = "Says how many were wrong; the app goes on serving meanwhile, reviews wait."


def run(_: argparse.Namespace) -> int:
    """Count everything in one transaction."""

    def count(session: Session) -> tuple[int, int]:
        return reviews.rebuild_ratings(session, clock.now()), sellers.recount_followers(session)

    products, shops = db.write_now(count)
    print(f"Ratings of {products} products and followers of {shops} shops were counted wrongly and are right now.")
    return 0
