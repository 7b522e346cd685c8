"""Writing many rows: identities given here, rows inserted in batches, sequences left behind the last one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlmodel import Session, SQLModel

BATCH = 1000


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


class Writer:
    """Collects rows by table and inserts them in batches, in an order that foreign keys allow.

    `tables` names the models from those referred to down to those referring: a batch of one flushes all before it.
    """

    def __init__(self, session: Session, tables: Iterable[type[SQLModel]]) -> None:
        self._session = session
        self._tables = tuple(tables)
        self._order = {model: place for place, model in enumerate(self._tables)}
        self._waiting: defaultdict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)
        self._last: dict[type[SQLModel], int] = {}
        self.counts: Counter[str] = Counter()

    def add(self, model: type[SQLModel], **values: Any) -> int:
        """Give a row its identity and keep it until its batch is full; returns the identity."""
        identity = self._next(model)
        rows = self._waiting[model]
        rows.append({"id": identity, **values})
        if len(rows) >= BATCH:
            self.flush(upto=model)
        return identity

    def flush(self, upto: type[SQLModel] | None = None) -> None:
        """Insert what waits, up to a model and all it may refer to."""
        last = len(self._tables) if upto is None else self._order[upto] + 1
        for model in self._tables[:last]:
            rows = self._waiting.pop(model, None)
            if rows:
                self._session.execute(insert(table_of(model)), rows)
                self.counts[table_of(model).name] += len(rows)

    def change(self, model: type[SQLModel], changes: Mapping[int, Mapping[str, int]]) -> None:
        """Set columns of rows by identity; every change names the same columns."""
        table = table_of(model)
        items = list(changes.items())
        for start in range(0, len(items), BATCH):
            self._session.connection().execute(
                table.update().where(table.c.id == text(":row_id")),
                [{"row_id": identity, **values} for identity, values in items[start : start + BATCH]],
            )

    def close(self) -> None:
        """Insert the rest, and let PostgreSQL's sequences go on behind the last identity."""
        self.flush()
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for model, last in self._last.items():
            self._session.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)"),
                {"table": table_of(model).name, "last": last},
            )

    def _next(self, model: type[SQLModel]) -> int:
        if model not in self._last:
            highest = self._session.execute(select(func.max(table_of(model).c.id))).scalar_one()
            self._last[model] = highest or 0
        self._last[model] += 1
        return self._last[model]
