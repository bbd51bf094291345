"""What the tables of `audit` are, enforced where they are written: columns, types, nulls and grain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DECLARED = Path(__file__).with_name("audit.yml")
SCHEMA = "audit"
SAME = {
    "character varying": "varchar",
    "text": "varchar",
    "double precision": "double",
    "timestamp without time zone": "timestamp",
    "numeric": "decimal",
}
"""What the engines call one type."""


@dataclass(frozen=True)
class Column:
    """`kind` is an SQL type that all engines have."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class AuditTable:
    """A table of `audit`. No two rows share the `key`."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """As people say it: audit.runs."""
        return f"{SCHEMA}.{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    def create(self, connection: Any, catalog: str | None = None) -> None:
        """Make the table where there is none, or give one from an earlier release what it lacks.

        Args:
            connection: a session of any engine; with DuckDB's, `catalog` may name an attached file.

        Raises:
            RuntimeError: a column is of another type, or there is one that the contract does not know.
        """
        place = f"{catalog}.{self.label}" if catalog else self.label
        found = self._found(connection, catalog)
        if not found:
            connection.execute(f"create schema if not exists {catalog + '.' if catalog else ''}{SCHEMA}")
            connection.execute(f"create table {place} ({', '.join(map(_shape, self.columns))})")
            self.describe(connection, place)
            return
        wrong = list(self._differences(found))
        if wrong:
            raise RuntimeError(f"The table {self.label} is not as its contract says: {'; '.join(wrong)}.")
        self._complete(connection, place, found)

    def describe(self, connection: Any, place: str | None = None) -> None:
        """Say in the table itself what it and its columns are."""
        place = place or self.label
        connection.execute(f"comment on table {place} is {_literal(self.description)}")
        for column in self.columns:
            connection.execute(f"comment on column {place}.{column.name} is {_literal(column.description)}")

    def put(self, connection: Any, run_id: str, rows: Sequence[Sequence[Any]]) -> None:
        """Replace what the table says of a run by `rows`, whose values are in the order of the columns.

        Raises:
            RuntimeError: the table has another shape, or two rows would share a key; nothing was changed.
        """
        self.create(connection)
        places = ", ".join("?" * len(self.columns))
        connection.execute("begin")
        try:
            connection.execute(f"delete from {self.label} where run_id = ?", [run_id])
            if rows:
                connection.executemany(
                    f"insert into {self.label} ({', '.join(self.names)}) values ({places})", rows
                )
            self.prove_grain(connection, self.label)
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")

    def replace(self, connection: Any, query: str) -> None:
        """Put the rows of `query`, which may read the table itself, in the place of all of its rows, at once.

        Raises:
            RuntimeError: the table has another shape, or two rows would share a key; nothing was changed.
        """
        self.create(connection)
        connection.execute(f"create or replace temp table audit_next as {query}")
        named = ", ".join(self.names)
        self.prove_grain(connection, "audit_next")
        connection.execute("begin")
        try:
            connection.execute(f"delete from {self.label}")
            connection.execute(f"insert into {self.label} ({named}) select {named} from audit_next")
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
        connection.execute("drop table audit_next")

    def prove_grain(self, connection: Any, place: str) -> None:
        """Hold the rows of `place` to the key.

        Raises:
            RuntimeError: two of them share it.
        """
        key = ", ".join(self.key)
        twice = connection.execute(
            f"select {key} from {place} group by {key} having count(*) > 1 order by {key} limit 1"
        ).fetchone()
        if twice:
            told = ", ".join(f"{name} {value}" for name, value in zip(self.key, twice, strict=True))
            raise RuntimeError(f"The table {self.label} would have two rows of {told}: nothing was written.")

    def _found(self, connection: Any, catalog: str | None) -> dict[str, tuple[str, bool]]:
        """Type and whether null is allowed, by column; nothing if there is no such table."""
        within = _literal(catalog) if catalog else "current_database()"
        rows = connection.execute(
            "select column_name, data_type, is_nullable from information_schema.columns"
            f" where table_catalog = {within} and table_schema = ? and table_name = ?",
            [SCHEMA, self.name],
        ).fetchall()
        return {name: (_plain(kind), null == "YES") for name, kind, null in rows}

    def _complete(self, connection: Any, place: str, found: dict[str, tuple[str, bool]]) -> None:
        added = [column for column in self.columns if column.name not in found]
        loose = [
            column for column in self.columns if column.required and found.get(column.name, ("", True))[1]
        ]
        for column in added:
            connection.execute(f"alter table {place} add column {column.name} {column.kind}")
        for column in loose:
            connection.execute(f"alter table {place} alter column {column.name} set not null")
        if added or loose:
            self.describe(connection, place)

    def _differences(self, found: dict[str, tuple[str, bool]]) -> Iterator[str]:
        declared = {column.name: _plain(column.kind) for column in self.columns}
        for name, (kind, _) in sorted(found.items()):
            if name not in declared:
                yield f"it has a column {name} that nobody knows"
            elif kind != declared[name]:
                yield f"{name} is {kind} and should be {declared[name]}"


def audit_tables() -> tuple[AuditTable, ...]:
    """All of them."""
    return tuple(audit_table(table["name"]) for table in _declared())


@cache
def audit_table(name: str) -> AuditTable:
    """The contract of `audit.<name>`, as `audit.yml` declares it.

    Raises:
        KeyError: there is no such table.
    """
    one = {table["name"]: table for table in _declared()}[name]
    meta = one["config"]["meta"]
    columns = tuple(
        Column(each["name"], each["data_type"], each["name"] in meta["required"], each["description"])
        for each in one["columns"]
    )
    return AuditTable(name, one["description"], tuple(meta["key"]), columns)


@cache
def _declared() -> list[dict[str, Any]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the quick one, where it is compiled
    text = DECLARED.read_text(encoding="utf-8")
    read = yaml.load(text, loader)  # noqa: S506 -- both are safe ones
    tables: list[dict[str, Any]] = read["sources"][0]["tables"]
    return tables


def _shape(column: Column) -> str:
    return f"{column.name} {column.kind}{' not null' if column.required else ''}"


def _plain(kind: str) -> str:
    base = kind.lower().partition("(")[0].strip()
    return SAME.get(base, base)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
