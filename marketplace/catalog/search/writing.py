"""Keeps the index in step with products, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, insert, select
from sqlmodel import Session, col

from marketplace.catalog.models import Category, Product, SearchPosition
from marketplace.catalog.search.index import Document, index_of
from marketplace.catalog.search.words import Facts, document, position

BATCH = 2000


@dataclass(frozen=True, slots=True)
class _Branch:
    ids: tuple[int, ...]
    names: tuple[str, ...]


def put(session: Session, product_id: int) -> None:
    """Index a product anew; one that is not listed is forgotten.

    For every change of name, price, category, popularity, OCOP, shop or commune, and of what `listed` depends on.
    """
    put_many(session, [product_id])


def put_many(session: Session, product_ids: Collection[int]) -> None:
    """Index products anew; those that are not listed are forgotten."""
    session.flush()
    branches = _branches(session)
    index = index_of(session)
    waiting = sorted(product_ids)
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        mine = col(SearchPosition.product_id).in_(batch)
        known = session.execute(select(col(SearchPosition.position)).where(mine)).scalars().all()
        index.remove(session.connection(), known)
        session.execute(delete(SearchPosition).where(mine).execution_options(synchronize_session=False))
        rows = session.execute(_listed().where(col(Product.id).in_(batch))).all()
        placed = sorted((position(row.popularity, row.id), row) for row in rows)
        if placed:
            session.execute(
                insert(SearchPosition), [{"product_id": row.id, "position": place} for place, row in placed]
            )
        index.put(session.connection(), [Document(place, _tokens(row, branches)) for place, row in placed])


def reindex_all(session: Session) -> int:
    """Index every listed product anew, in batches; returns how many. After seeding, restoring, or changing the tree."""
    session.flush()
    index = index_of(session)
    index.clear(session.connection())
    session.execute(delete(SearchPosition).execution_options(synchronize_session=False))
    _place_all(session)
    branches = _branches(session)
    count, last = 0, -1
    by_position = (
        _listed()
        .join(SearchPosition, col(SearchPosition.product_id) == col(Product.id))
        .add_columns(col(SearchPosition.position))
        .order_by(col(SearchPosition.position))
        .limit(BATCH)
    )
    # Positions come in ascending order: FTS5 writes a segment each time one steps back.
    while rows := session.execute(by_position.where(col(SearchPosition.position) > last)).all():
        index.put(session.connection(), [Document(row.position, _tokens(row, branches)) for row in rows])
        count += len(rows)
        last = rows[-1].position
    return count


rank_all = reindex_all


def _place_all(session: Session) -> None:
    last = 0
    places = (
        select(col(Product.id), col(Product.popularity))
        .where(col(Product.listed).is_(True))
        .order_by(col(Product.id))
        .limit(BATCH)
    )
    while rows := session.execute(places.where(col(Product.id) > last)).all():
        session.execute(
            insert(SearchPosition),
            [{"product_id": row.id, "position": position(row.popularity, row.id)} for row in rows],
        )
        last = rows[-1].id


def _listed() -> Select[*tuple[Any, ...]]:
    return select(
        col(Product.id),
        col(Product.name),
        col(Product.popularity),
        col(Product.category_id),
        col(Product.store_name),
        col(Product.store_slug),
        col(Product.commune_name),
        col(Product.commune_code),
        col(Product.price),
        col(Product.ocop_stars),
    ).where(col(Product.listed).is_(True))


def _branches(session: Session) -> dict[int, _Branch]:
    rows = session.execute(
        select(col(Category.id), col(Category.parent_id), col(Category.name_vi), col(Category.name_en))
    ).all()
    nodes = {row.id: row for row in rows}
    found: dict[int, _Branch] = {}
    for row in rows:
        above: list[Any] = [row]
        while above[-1].parent_id is not None:
            above.append(nodes[above[-1].parent_id])
        found[row.id] = _Branch(
            tuple(node.id for node in above), tuple(name for node in above for name in (node.name_vi, node.name_en))
        )
    return found


def _tokens(row: Any, branches: dict[int, _Branch]) -> str:
    branch = branches[row.category_id]
    facts = Facts(branch.ids, row.store_slug, row.commune_code, row.price, row.ocop_stars or 0)
    others: Iterable[str] = (row.store_name, row.commune_name, *branch.names)
    return document(row.name, others, facts)
