"""One DuckDB of this process over the lake: what it knows of each table is renewed when the files change."""

import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.names import literal, quoted
from warehouse.spark.lake import Lake, TableFolder
from warehouse.spark.reading import Keys, keys_of, selection, shape_of, written

if TYPE_CHECKING:
    import duckdb

Name = tuple[str, str]
Seen = tuple[tuple[str, int, int], ...]


@dataclass
class Catalog:
    """Tables that this program created are in memory, with their constraints; all others are views of files.

    One thread at a time changes it. `seen` has the files that each table was made from.
    """

    lake: Lake
    database: "duckdb.DuckDBPyConnection"
    seen: dict[Name, Seen] = field(default_factory=dict)
    changing: threading.RLock = field(default_factory=threading.RLock)

    def cursor(self) -> "duckdb.DuckDBPyConnection":
        """A session in UTC that sees the lake as it is now."""
        self.renew()
        cursor = self.database.cursor()
        cursor.execute("set timezone = 'UTC'")
        return cursor

    def renew(self) -> None:
        """Make what changed on the path change here."""
        with self.changing:
            there = {(table.schema, table.name): table for table in self.lake.tables()}
            files = {name: _seen(table) for name, table in there.items()}
            for name in self.seen.keys() - there.keys():
                self._drop(self.database, name)
                del self.seen[name]
            changed = [name for name in there if self.seen.get(name) != files[name]]
            keys: dict[str, Keys] = {}
            for name in changed:
                if name[0] not in keys:
                    keys[name[0]] = keys_of(self.lake, name[0])
                self._make(there[name], keys[name[0]].get(name[1], ()))
                self.seen[name] = files[name]

    def hold(self, cursor: Any, name: Name) -> bool:
        """Take a view's rows into memory, so that they can be changed; whether that was needed.

        Raises:
            RuntimeError: Spark writes this table; nobody else may.
        """
        place = _place(name)
        if not cursor.execute(
            "select 1 from duckdb_views() where database_name = current_database() and schema_name = ?"
            " and view_name = ?",
            list(name),
        ).fetchall():
            return False
        if not self.lake.table(*name).is_ours:
            raise RuntimeError(f"The table {name[0]}.{name[1]} is Spark's: it is not changed from here.")
        held = _place((name[0], f"{name[1]}__held"))
        cursor.execute(f"create table {held} as from {place}")
        cursor.execute(f"drop view {place}")
        cursor.execute(f"alter table {held} rename to {quoted(name[1])}")
        return True

    def store(self, cursor: Any, name: Name, *, has_shape: bool) -> None:
        """Write what a table in memory holds to the path: all of it, or that it is no more.

        Without a shape it is a view again afterwards.
        """
        table = self.lake.table(*name)
        with self.changing:
            if not _is_there(cursor, name):
                table.remove()
                self.seen.pop(name, None)
                return
            said = shape(cursor, name) if has_shape else []
            table.put(lambda file: written(cursor, _place(name), file, said))
            if not has_shape:
                self._drop(cursor, name)
                self._view(cursor, table, ())
            self.seen[name] = _seen(table)

    def settle(self, schemas: Collection[str]) -> None:
        """Leave one file of each table of the schemas, and none that does not count."""
        self.lake.tidy()
        cursor = self.cursor()
        for table in self.lake.tables():
            if table.schema in schemas and len(table.files) > 1:
                self.store(cursor, (table.schema, table.name), has_shape=False)

    def _make(self, table: TableFolder, key: tuple[str, ...]) -> None:
        name = (table.schema, table.name)
        self.database.execute("begin")
        try:
            self.database.execute(f"create schema if not exists {quoted(table.schema)}")
            self._drop(self.database, name)
            told = shape_of(table)
            if told is None:
                self._view(self.database, table, key)
            else:
                for statement in told:
                    self.database.execute(statement)
                source = f"read_parquet({literal(str(table.files[0]))})"
                self.database.execute(f"insert into {_place(name)} by name from {source}")
            self.database.execute("commit")
        except BaseException:
            self.database.execute("rollback")
            raise

    def _view(self, cursor: Any, table: TableFolder, key: tuple[str, ...]) -> None:
        rows = selection(cursor, table, key)
        cursor.execute(f"create view {_place((table.schema, table.name))} as {rows}")

    def _drop(self, cursor: Any, name: Name) -> None:
        kind = "table" if _is_table(cursor, name) else "view"
        cursor.execute(f"drop {kind} if exists {_place(name)}")


@cache
def catalog_of(root: Path, spill: Path) -> Catalog:
    """The catalog of a lake, one for each process. `spill` is for what does not fit into memory."""
    import duckdb

    spill.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = duckdb.connect(":memory:")
    database.execute("set timezone = 'UTC'")
    database.execute(f"set temp_directory = {literal(str(spill))}")
    return Catalog(Lake(root), database)


def _is_there(cursor: Any, name: Name) -> bool:
    found = cursor.execute(
        "select 1 from information_schema.tables where table_catalog = current_database()"
        " and table_schema = ? and table_name = ?",
        list(name),
    ).fetchall()
    return bool(found)


def _is_table(cursor: Any, name: Name) -> bool:
    found = cursor.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = ?"
        " and table_name = ? and not temporary",
        list(name),
    ).fetchall()
    return bool(found)


def shape(cursor: Any, name: Name) -> list[str]:
    """The statements that make the table anew, with what is said of it."""
    place = _place(name)
    columns = cursor.execute(
        "select column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = ? and table_name = ?"
        " order by column_index",
        list(name),
    ).fetchall()
    listed = ", ".join(f"{quoted(n)} {kind}{'' if null else ' not null'}" for n, kind, null, _ in columns)
    said = [f"create table {place} ({listed})"]
    ((comment,),) = cursor.execute(
        "select comment from duckdb_tables() where database_name = current_database()"
        " and schema_name = ? and table_name = ?",
        list(name),
    ).fetchall()
    if comment:
        said.append(f"comment on table {place} is {literal(comment)}")
    return said + [
        f"comment on column {place}.{quoted(n)} is {literal(told)}" for n, _, _, told in columns if told
    ]


def _seen(table: TableFolder) -> Seen:
    told = []
    for file in table.files:
        with suppress(FileNotFoundError):
            state = file.stat()
            told.append((file.name, state.st_mtime_ns, state.st_size))
    return tuple(told)


def _place(name: Name) -> str:
    return ".".join(map(quoted, name))
