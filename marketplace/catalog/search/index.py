"""The index itself, in SQLite and in PostgreSQL: documents by position, read in the order of positions.

Positions follow popularity, so a query streams its best matches and stops after one page instead of ranking every match
(docs/decisions/0005-search.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import DDL, Connection, TextClause, event, text
from sqlmodel import Session, SQLModel

from marketplace.catalog.search.words import LAST_ID, Tier

SQLITE_DDL = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS product_search USING fts5(document, content='', contentless_delete=1, "
    "detail=none, tokenize='unicode61 remove_diacritics 0', prefix='2 3 4 5 6 7')",
)
POSTGRESQL_DDL = (
    "CREATE TABLE IF NOT EXISTS product_search (position bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_product_search_document ON product_search USING gin (document)",
)
for _dialect, _statements in (("sqlite", SQLITE_DDL), ("postgresql", POSTGRESQL_DDL)):
    for _statement in _statements:
        event.listen(SQLModel.metadata, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect))


WINDOW = 1000
"""How many of the best sellers PostgreSQL looks through before it turns to its index."""


@dataclass(frozen=True, slots=True)
class Document:
    """A product's tokens and where it stands."""

    position: int
    tokens: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a match must meet besides its words.

    `tags` are groups of tokens, one of each group must be there; `conditions` is SQL over `product` with its `values`.
    """

    tags: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[str, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Another order of products `p`: its ORDER BY, and the condition with `values` that continues an earlier page."""

    by: str
    beyond: str = ""
    values: tuple[tuple[str, Any], ...] = ()


class SearchIndex:
    """The statements both databases share; each says its own words for a match and for the position."""

    place: ClassVar[str]
    matches: ClassVar[str]
    join: ClassVar[str]
    insert: ClassVar[str]
    remove_one: ClassVar[str]
    clear_all: ClassVar[str]

    def put(self, connection: Connection, documents: Sequence[Document]) -> None:
        """Add documents, at positions that are free and ascend."""
        rows = [{"position": item.position, "tokens": item.tokens} for item in documents]
        if rows:
            connection.execute(text(self.insert), rows)

    def remove(self, connection: Connection, positions: Sequence[int]) -> None:
        """Forget documents."""
        if positions:
            connection.execute(text(self.remove_one), [{"position": place} for place in positions])

    def clear(self, connection: Connection) -> None:
        """Forget everything."""
        connection.execute(text(self.clear_all))

    def find(
        self, connection: Connection, tier: Tier, before: Sequence[Tier], narrowing: Narrowing, after: int, limit: int
    ) -> list[int]:
        """Positions beyond `after` that match a tier and none before it, in their order."""
        statement = _sql("SELECT", self.place, self._from(narrowing), "AND", self.place, "> :after", self._in_order)
        values = {**self._values(tier, before, narrowing), "after": after, "limit": limit}
        return list(connection.execute(statement, values).scalars())

    def count(self, connection: Connection, tier: Tier, narrowing: Narrowing, most: int) -> int:
        """How many match a tier; counts no further than `most`."""
        statement = _sql("SELECT count(*) FROM (SELECT 1", self._from(narrowing), "LIMIT :limit) AS m")
        values = {**self._values(tier, (), narrowing), "limit": most}
        return int(connection.execute(statement, values).scalar_one())

    def sorted_ids(
        self, connection: Connection, tier: Tier, narrowing: Narrowing, most: int, order: Order, limit: int
    ) -> list[int]:
        """Products among the first `most` matches of a tier, in another order."""
        product = f":last_id - ({self.place} & :last_id) AS product_id"
        statement = _sql(
            *("SELECT p.id FROM (SELECT", product, self._from(narrowing), self._in_order, ") AS m"),
            *(self.join, "product AS p ON p.id = m.product_id WHERE", order.beyond or "true"),
            *("ORDER BY", order.by, "LIMIT :shown"),
        )
        values = {**self._values(tier, (), narrowing), **dict(order.values), "last_id": LAST_ID}
        return list(connection.execute(statement, {**values, "limit": most, "shown": limit}).scalars())

    @property
    def _in_order(self) -> str:
        return f"ORDER BY {self.place} LIMIT :limit"

    def _from(self, narrowing: Narrowing) -> str:
        if not narrowing.conditions:
            return f"FROM product_search WHERE {self.matches}"
        join = f"{self.join} product ON product.id = :last_id - ({self.place} & :last_id)"
        return f"FROM product_search {join} WHERE {self.matches} AND {' AND '.join(narrowing.conditions)}"

    def _values(self, tier: Tier, before: Sequence[Tier], narrowing: Narrowing) -> dict[str, Any]:
        values: dict[str, Any] = {"query": self.query(tier, before, narrowing.tags), **dict(narrowing.values)}
        return values | ({"last_id": LAST_ID} if narrowing.conditions else {})

    def query(self, tier: Tier, before: Sequence[Tier], tags: Sequence[Sequence[str]]) -> str:
        """The query in the database's own language, from tokens of letters and digits only."""
        raise NotImplementedError


class SqliteIndex(SearchIndex):
    """FTS5 without stored content or positions of words; its row ids are the positions."""

    place = "product_search.rowid"
    matches = "product_search MATCH :query"
    # The order of a CROSS JOIN is kept: matches stream in their order and lead to products, never the other way.
    join = "CROSS JOIN"
    insert = "INSERT INTO product_search(rowid, document) VALUES (:position, :tokens)"
    remove_one = "DELETE FROM product_search WHERE rowid = :position"
    clear_all = "INSERT INTO product_search(product_search) VALUES ('delete-all')"

    def query(self, tier: Tier, before: Sequence[Tier], tags: Sequence[Sequence[str]]) -> str:
        """Quoted tokens joined by FTS5's operators."""
        found = self._tier(tier)
        for earlier in before:
            found = f"({found} NOT {self._tier(earlier)})"
        groups = ("(" + " OR ".join(f'"{tag}"' for tag in group) + ")" for group in tags)
        return " AND ".join((*groups, found))

    @staticmethod
    def _tier(tier: Tier) -> str:
        return "(" + " AND ".join(f'"{token}"' for token in tier.tokens) + ("*" if tier.begun else "") + ")"


class PostgresqlIndex(SearchIndex):
    """A tsvector of ready tokens under a GIN index; no dictionary and no parser has a say."""

    place = "product_search.position"
    matches = "product_search.document @@ CAST(:query AS tsquery)"
    join = "JOIN"
    insert = (
        "INSERT INTO product_search(position, document) "
        "VALUES (:position, array_to_tsvector(string_to_array(:tokens, ' ')))"
    )
    remove_one = "DELETE FROM product_search WHERE position = :position"
    clear_all = "TRUNCATE product_search"

    def find(
        self, connection: Connection, tier: Tier, before: Sequence[Tier], narrowing: Narrowing, after: int, limit: int
    ) -> list[int]:
        """Among the next best sellers first, where most queries end; else by the index, which gives matches unordered.

        The planner cannot know which of the two is short for a word begun, so it is not asked.
        """
        values = {**self._values(tier, before, narrowing), "after": after, "limit": limit, "window": WINDOW}
        best = self._among("true", "ORDER BY position LIMIT :window", narrowing)
        found = list(connection.execute(best, values).scalars())
        if len(found) == limit:
            return found
        del values["window"]
        return list(connection.execute(self._among(self.matches, "", narrowing), values).scalars())

    def _among(self, which: str, best: str, narrowing: Narrowing) -> TextClause:
        rows = ("SELECT position, document FROM product_search WHERE position > :after AND", which, best)
        return _sql(
            *("WITH found AS MATERIALIZED (", *rows, ") SELECT product_search.position"),
            *(self._from(narrowing).replace("FROM product_search", "FROM found AS product_search", 1), self._in_order),
        )

    def query(self, tier: Tier, before: Sequence[Tier], tags: Sequence[Sequence[str]]) -> str:
        """Quoted tokens joined by the operators of tsquery."""
        groups = ("(" + " | ".join(f"'{tag}'" for tag in group) + ")" for group in tags)
        return " & ".join((*groups, self._tier(tier), *(f"!{self._tier(earlier)}" for earlier in before)))

    @staticmethod
    def _tier(tier: Tier) -> str:
        return "(" + " & ".join(f"'{token}'" for token in tier.tokens) + (":*" if tier.begun else "") + ")"


def _sql(*parts: str) -> TextClause:
    # Parts are this module's own words and the fixed conditions of listings; what people type comes as bound values.
    return text(" ".join(parts))


_SQLITE, _POSTGRESQL = SqliteIndex(), PostgresqlIndex()


def index_of(session: Session) -> SearchIndex:
    """The index that fits the session's database."""
    return _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRESQL
