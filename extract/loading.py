"""Loading: parcels of Arrow tables become merged raw tables, together with the cursors they stand for.

dlt keeps the cursors in its state, which counts only once the whole package is loaded: data and cursors move
together. What a killed run left in dlt's folder may be torn, so every run starts from the warehouse: rows
of a package that was cut off are read and merged again.
"""

import gc
import os
import shutil

import pyarrow as pa

from extract.package import SOURCE, source
from extract.parcels import Cursor, Parcel, joined
from extract.placing import DATASET, is_new
from extract.remembered import keep_newest
from project import Project
from warehouse import Warehouse

_SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "CRITICAL",
    "LOAD__DELETE_COMPLETED_JOBS": "true",
    "LOAD__WORKERS": "1",
    "LOAD__TRUNCATE_STAGING_DATASET": "true",
    "NORMALIZE__DATA_WRITER__DISABLE_COMPRESSION": "true",
}


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
        keep_newest(warehouse)
        self._pipeline.sync_destination()
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
        with self._warehouse.connect() as connection:
            for name in names:
                connection.execute(f'alter table {DATASET}."{table}" drop column if exists "{name}"')
                known.tables[table]["columns"].pop(name)
            connection.execute(f'drop table if exists {DATASET}_staging."{table}"')
        self._pipeline.schemas.save_schema(known)

    def _clear_staging(self) -> None:
        """Remove what a load that was cut off left beside the raw tables: nobody would purge it there."""
        with self._warehouse.connect() as connection:
            there = connection.execute(
                f"select table_name from information_schema.tables where table_schema = '{DATASET}_staging'"
            ).fetchall()
            for (table,) in there:
                if not table.startswith("_dlt"):
                    connection.execute(f'delete from {DATASET}_staging."{table}"')

    def load(self, parcels: list[Parcel]) -> None:
        """Merge parcels, in order: of rows with the same key the last one counts."""
        tables = joined(parcels)
        if not tables and not any(parcel.cursors for parcel in parcels):
            return
        cursors = self.cursors | {key: value for parcel in parcels for key, value in parcel.cursors.items()}
        added = {name for name, rows in tables.items() if is_new(self._warehouse, name, rows)}
        with self._warehouse.writing():
            self._pipeline.run(source(self._schema, tables, added, cursors))
        self.rows += sum(table.num_rows for table in tables.values())
        del tables
        gc.collect()  # dlt's own objects point at each other, and at what was loaded
        pa.default_memory_pool().release_unused()
