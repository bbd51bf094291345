"""Loading: parcels of Arrow tables become merged raw tables, together with the cursors they stand for.

dlt keeps the cursors in its state, which counts only once the whole package is loaded: data and cursors move
together. What a killed run left in dlt's folder may be torn, so every run starts from the warehouse: rows
of a package that was cut off are read and merged again.
"""

import gc
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.placing import DATASET, is_new
from project import Project
from warehouse import Warehouse

if TYPE_CHECKING:
    import dlt

SOURCE = "hubspot"
KEYS = {
    "property_history": ("object_type", "object_id", "property", "changed_at", "ordinal"),
    "cut_histories": ("object_type", "object_id", "property"),
    "associations": ("from_type", "from_id", "to_type", "to_id"),
    "merged_records": ("object_type", "loser_id"),
    "purged_records": ("object_type", "id"),
    "unfit_values": ("object_type", "object_id", "property"),
    "owner_teams": ("owner_id", "team_id"),
    "pipeline_stages": ("object_type", "pipeline_id", "stage_id"),
    "properties": ("object_type", "name"),
    "visits": ("day", "source"),
    "content_analytics": ("content_type", "content_id", "day"),
}
OF_RECORDS = {"associations", "property_history", "unfit_values"}
REPLACED = ("owner_teams", "pipeline_stages", "properties")
_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    "LOAD__DELETE_COMPLETED_JOBS": "true",
    "LOAD__WORKERS": "1",
    "LOAD__TRUNCATE_STAGING_DATASET": "true",
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
}
Cursor = dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """Rows by raw table, and the cursors (by object) that hold once they are loaded."""

    tables: dict[str, pa.Table] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)

    def ids(self, name: str) -> set[str]:
        """The ids of an object's records that it brings, and of those that were merged into them."""
        found: set[str] = set()
        for table, column in ((name, "id"), ("merged_records", "loser_id")):
            if table in self.tables:
                found.update(self.tables[table][column].to_pylist())
        return found

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.num_rows for table in self.tables.values())

    @property
    def bytes(self) -> int:
        """Bytes in memory."""
        return sum(table.nbytes for table in self.tables.values())


class Loader:
    """The dlt pipeline of one project folder. `rows` counts what was loaded in this run."""

    def __init__(self, project: Project, warehouse: Warehouse) -> None:
        os.environ.update(_SETTINGS)
        import dlt

        self.rows = 0
        self._warehouse = warehouse
        self._schema = dlt.Schema(SOURCE, normalizers={"names": "direct"})
        folder = project.state_dir / "dlt"
        shutil.rmtree(folder, ignore_errors=True)
        self._pipeline = dlt.pipeline(
            SOURCE,
            destination=warehouse.dlt_destination(),
            dataset_name=DATASET,
            pipelines_dir=str(folder),
        )
        self._pipeline.sync_destination()
        self._forget_former_schemas()
        self._clear_staging()

    @property
    def cursors(self) -> dict[str, Cursor]:
        """The cursors that are committed, by object."""
        state: dict[str, Cursor] = self._pipeline.state.get("sources", {}).get(SOURCE, {}).get("cursors", {})
        return state

    def types(self, table: str) -> dict[str, str]:
        """What dlt thinks are the columns of a raw table, with its own names for their types."""
        known = self._pipeline.schemas[SOURCE].tables if SOURCE in self._pipeline.schemas else {}
        return (
            {name: str(column.get("data_type")) for name, column in known[table]["columns"].items()}
            if table in known
            else {}
        )

    def drop_columns(self, table: str, names: list[str]) -> None:
        """Remove columns whose type no longer holds, from the raw table and from what dlt remembers of it."""
        known = self._pipeline.schemas[SOURCE]
        with self._pipeline.sql_client() as client:
            for name in names:
                client.execute_sql(f'alter table {DATASET}."{table}" drop column if exists "{name}"')
                known.tables[table]["columns"].pop(name)
            client.execute_sql(f'drop table if exists {DATASET}_staging."{table}"')
        self._pipeline.schemas.save_schema(known)

    def _forget_former_schemas(self) -> None:
        """Keep the newest schema alone. To dlt a schema that was stored once has all its tables and columns.

        So it would not add a column again that was there, then not, and now is: a property that comes back.
        """
        newest = f"(select max(inserted_at) from {DATASET}._dlt_version)"
        with self._pipeline.sql_client() as client:
            there = client.execute_sql(
                "select table_schema from information_schema.tables where table_name = '_dlt_version' "
                f"and table_schema in ('{DATASET}', '{DATASET}_staging')"
            )
            for (dataset,) in there or ():
                kept = f" where inserted_at < {newest}" if dataset == DATASET else ""
                client.execute_sql(f"delete from {dataset}._dlt_version{kept}")

    def _clear_staging(self) -> None:
        """Remove what a load that was cut off left beside the raw tables: nobody would purge it there."""
        with self._pipeline.sql_client() as client:
            there = client.execute_sql(
                f"select table_name from information_schema.tables where table_schema = '{DATASET}_staging'"
            )
            for (table,) in there or ():
                if not table.startswith("_dlt"):
                    client.execute_sql(f'delete from {DATASET}_staging."{table}"')

    def load(self, parcels: list[Parcel]) -> None:
        """Merge parcels, in order: of rows with the same key the last one counts."""
        tables = _joined(parcels)
        if not tables and not any(parcel.cursors for parcel in parcels):
            return
        cursors = self.cursors | {key: value for parcel in parcels for key, value in parcel.cursors.items()}
        added = {name for name, rows in tables.items() if is_new(self._warehouse, name, rows)}
        self._pipeline.run(_source(self._schema, tables, added, cursors))
        self.rows += sum(table.num_rows for table in tables.values())
        del tables
        gc.collect()  # dlt's own objects point at each other, and at what was loaded
        pa.default_memory_pool().release_unused()


def key_of(table: str) -> tuple[str, ...]:
    """The primary key of a raw table."""
    return KEYS.get(table, ("id",))


def _joined(parcels: list[Parcel]) -> dict[str, pa.Table]:
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    for parcel in parcels:
        for name, table in parcel.tables.items():
            parts[name].append(table)
    joined = {name: pa.concat_tables(tables) for name, tables in parts.items()}
    repeated = _repeated(parcels, joined)
    return {name: last_of_each(table, name) if name in repeated else table for name, table in joined.items()}


def _repeated(parcels: list[Parcel], joined: dict[str, pa.Table]) -> set[str]:
    """Tables that may have two rows of the same key.

    A parcel of records holds each row once: two have the same one only if they have the same record.
    """
    objects = {name for name in joined if key_of(name) == ("id",)}
    twice = {
        name for name in objects if pc.count_distinct(joined[name]["id"]).as_py() != joined[name].num_rows
    }
    alone = {name for parcel in parcels if not parcel.tables.keys() & objects for name in parcel.tables}
    return joined.keys() - objects - (set() if twice else OF_RECORDS - alone) | twice


def last_of_each(rows: pa.Table, name: str) -> pa.Table:
    """Rows of a raw table: of those with the same key the last one."""
    key = list(key_of(name))
    numbered = rows.select(key).append_column("at", pa.array(range(rows.num_rows), pa.int64()))
    kept = numbered.group_by(key).aggregate([("at", "max")])["at_max"]
    return rows if len(kept) == rows.num_rows else rows.take(kept.sort())


def _source(
    schema: "dlt.Schema", tables: dict[str, pa.Table], added: set[str], cursors: dict[str, Cursor]
) -> Any:
    import dlt

    def remember() -> Iterator[Any]:  # a generator's module dlt would look for among all files there are
        dlt.current.source_state(SOURCE)["cursors"] = cursors
        yield from ()

    @dlt.source(schema=schema, max_table_nesting=0)
    def hubspot() -> Iterator[Any]:
        yield dlt.resource(remember, name="cursors")
        for name, table in tables.items():
            yield dlt.resource(
                [table],
                name=name,
                primary_key=key_of(name),
                write_disposition="append" if name in added else _disposition(name),
                columns=_hints(table.schema),
            )

    return hubspot()


def _disposition(name: str) -> Any:
    if name in REPLACED:
        return "replace"
    return {"disposition": "merge", "strategy": "delete-insert", "deduplicated": True}


def _hints(schema: pa.Schema) -> Any:
    """dlt takes naive instants for zoned ones unless told."""
    return {
        one.name: {"name": one.name, "data_type": "timestamp", "timezone": False, "precision": 6}
        for one in schema
        if pa.types.is_timestamp(one.type)
    }
