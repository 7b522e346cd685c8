"""Search behind one small interface: folded Vietnamese, prefixes as you type, best-selling matches first.

Positions are kept in the order of popularity and the index is read in that order, so a query stops after one page instead
of ranking every match (docs/decisions/0005-search.md). What was typed with accents finds exact accents first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import DDL, Connection, Integer, Subquery, TextClause, column, delete, event, func, insert, text
from sqlmodel import Session, SQLModel, col, select

from marketplace.base.text import fold
from marketplace.catalog.models import Category, Product, SearchPosition

SPACING = 1024
NEWCOMERS = 1 << 52
"""New products stand behind all ranked ones until the next ranking; they match as soon as they are saved."""
BATCH = 2000
MOST_TOKENS = 8

SQLITE_DDL = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS product_search USING fts5(document, content='', contentless_delete=1, detail=none, "
    "tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4')",
)
POSTGRESQL_DDL = (
    "CREATE TABLE IF NOT EXISTS product_search (position bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_product_search_document ON product_search USING gin (document)",
)
for _statement in SQLITE_DDL:
    event.listen(SQLModel.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_DDL:
    event.listen(SQLModel.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect="postgresql"))


@dataclass(frozen=True, slots=True)
class Document:
    """What search knows of a product."""

    product_id: int
    position: int
    words: str


class SearchIndex(Protocol):
    """An index of documents by position."""

    def put(self, connection: Connection, documents: Sequence[Document]) -> None:
        """Add documents whose positions are free."""

    def remove(self, connection: Connection, positions: Sequence[int]) -> None:
        """Forget documents."""

    def clear(self, connection: Connection) -> None:
        """Forget everything."""

    def matching(self, tokens: Sequence[str]) -> Subquery:
        """A subquery of the `position`s whose documents have all tokens, the last one as a prefix."""


class SqliteIndex:
    """FTS5 without stored content; its row ids are the positions."""

    def put(self, connection: Connection, documents: Sequence[Document]) -> None:
        """Add documents."""
        connection.execute(
            text("INSERT INTO product_search(rowid, document) VALUES (:position, :words)"),
            [{"position": item.position, "words": item.words} for item in documents],
        )

    def remove(self, connection: Connection, positions: Sequence[int]) -> None:
        """Forget documents."""
        connection.execute(
            text("DELETE FROM product_search WHERE rowid = :position"), [{"position": item} for item in positions]
        )

    def clear(self, connection: Connection) -> None:
        """Forget everything."""
        connection.execute(text("INSERT INTO product_search(product_search) VALUES ('delete-all')"))

    def matching(self, tokens: Sequence[str]) -> Subquery:
        """Quoted tokens: nothing a person types is FTS syntax."""
        query = " AND ".join(f'"{token}"' for token in tokens) + "*"
        return _positions(text("SELECT rowid AS position FROM product_search WHERE product_search MATCH :query"), query)


class PostgresqlIndex:
    """A tsvector under a GIN index."""

    def put(self, connection: Connection, documents: Sequence[Document]) -> None:
        """Add documents."""
        connection.execute(
            text("INSERT INTO product_search(position, document) VALUES (:position, to_tsvector('simple', :words))"),
            [{"position": item.position, "words": item.words} for item in documents],
        )

    def remove(self, connection: Connection, positions: Sequence[int]) -> None:
        """Forget documents."""
        connection.execute(
            text("DELETE FROM product_search WHERE position = ANY(:positions)"), {"positions": list(positions)}
        )

    def clear(self, connection: Connection) -> None:
        """Forget everything."""
        connection.execute(text("TRUNCATE product_search"))

    def matching(self, tokens: Sequence[str]) -> Subquery:
        """Tokens are letters and digits only, quoted all the same."""
        query = " & ".join(f"'{token}'" for token in tokens) + ":*"
        return _positions(
            text("SELECT position FROM product_search WHERE document @@ to_tsquery('simple', :query)"), query
        )


def _positions(statement: TextClause, query: str) -> Subquery:
    return statement.bindparams(query=query).columns(column("position", Integer)).subquery("matches")


def index_of(session: Session) -> SearchIndex:
    """The index that fits the session's database."""
    return SqliteIndex() if session.get_bind().dialect.name == "sqlite" else PostgresqlIndex()


def tokens(typed: str, *, exact: bool) -> list[str]:
    """The words of a query: folded, or as typed in lower-case NFC when `exact`."""
    source = unicodedata.normalize("NFC", typed).casefold() if exact else fold(typed)
    return re.findall(r"[^\W_]+", source)[:MOST_TOKENS]


def has_accents(typed: str) -> bool:
    """Whether the person typed accents, and so means them."""
    return tokens(typed, exact=True) != tokens(typed, exact=False)


def document_words(*texts: str) -> str:
    """Folded words of all texts, and the accented ones as they are written."""
    found: dict[str, None] = {}
    for value in texts:
        for word in (*tokens_of(value, exact=False), *tokens_of(value, exact=True)):
            found[word] = None
    return " ".join(found)


def tokens_of(value: str, *, exact: bool) -> list[str]:
    """All words of a stored text."""
    source = unicodedata.normalize("NFC", value).casefold() if exact else fold(value)
    return re.findall(r"[^\W_]+", source)


def put(session: Session, product_id: int) -> None:
    """Index a product anew, in the caller's transaction; one that is not listed is forgotten."""
    session.flush()
    index, connection = index_of(session), session.connection()
    position = session.exec(select(SearchPosition.position).where(SearchPosition.product_id == product_id)).first()
    if position is not None:
        index.remove(connection, [position])
    found = list(_documents(session, col(Product.id) == product_id))
    if not found:
        session.execute(delete(SearchPosition).where(col(SearchPosition.product_id) == product_id))
        return
    if position is None:
        position = NEWCOMERS + product_id
        session.execute(insert(SearchPosition).values(product_id=product_id, position=position))
    index.put(connection, [Document(product_id, position, found[0][1])])


def rank_all(session: Session) -> int:
    """Give every listed product its position by popularity and index it; streams, returns how many."""
    index, connection = index_of(session), session.connection()
    index.clear(connection)
    session.execute(delete(SearchPosition))
    count = 0
    batch: list[Document] = []
    for product_id, words in _documents(session):
        count += 1
        batch.append(Document(product_id, count * SPACING, words))
        if len(batch) == BATCH:
            _put_batch(session, index, batch)
            batch = []
    if batch:
        _put_batch(session, index, batch)
    return count


def _put_batch(session: Session, index: SearchIndex, batch: Sequence[Document]) -> None:
    session.execute(
        insert(SearchPosition), [{"product_id": item.product_id, "position": item.position} for item in batch]
    )
    index.put(session.connection(), batch)


def _documents(session: Session, *which: Any) -> Iterator[tuple[int, str]]:
    statement = (
        select(Product.id, Product.name, Category.name_vi, Category.name_en, Product.store_name, Product.commune_name)
        .join(Category, col(Category.id) == col(Product.category_id))
        .where(col(Product.listed).is_(True), *which)
        .order_by(col(Product.popularity).desc(), col(Product.id).desc())
    )
    rows: Iterable[Any] = session.execute(statement.execution_options(yield_per=BATCH))
    for product_id, *texts in rows:
        yield product_id, document_words(*texts)


def count_matches(session: Session, matches: Subquery) -> int:
    """How many positions match."""
    return int(session.execute(select(func.count()).select_from(matches)).scalar_one())
