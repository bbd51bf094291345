"""What readers of the cluster see: views, which each publication points to tables of its own.

A view moves in one instant, all of them do not: a reader who joins two of them meanwhile may meet a mix.
The tables are files on the path: a cluster whose catalog forgets hears of them from the next publication.
"""

import json
import re
import shutil
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.names import literal as text
from warehouse.names import quoted as identifier
from warehouse.spark.connect import opened
from warehouse.spark.lake import Lake, TableFolder
from warehouse.spark.reading import written
from warehouse.spark.words import Said, create_table, create_view, literal, quoted

if TYPE_CHECKING:
    import duckdb

SHOWN = ("marts", "audit")
COMPLETE = "complete.json"  # beside a publication's tables once all are there: what is said of them
SIGN = "publication"  # the property of the schema `marts` that says which one is shown


def show(remote: str, shared: Path, publication_id: str, database: Path) -> None:
    """Keep the publication whose tables are in the DuckDB file `database`, and show it.

    One that is kept already is only shown.
    """
    session, kept = opened(remote), _kept(shared, publication_id)
    if not (kept.root / COMPLETE).is_file():
        _keep(kept, database)
    said: dict[str, Said] = json.loads((kept.root / COMPLETE).read_text(encoding="utf-8"))
    tables = list(kept.tables())
    for schema in SHOWN:
        _register(
            session, [table for table in tables if table.schema == schema], _own(schema, publication_id)
        )
        session.sql(f"create database if not exists {schema}")
    for table in tables:
        _point(session, table, publication_id, said.get(f"{table.schema}.{table.name}", {}))
    _remove_views(session, tables)
    session.sql(f"alter database marts set dbproperties ({literal(SIGN)} = {literal(publication_id)})")


def shown(remote: str) -> str | None:
    """The publication that readers see."""
    session = opened(remote)
    if not session.sql("show databases like 'marts'").collect():
        return None
    rows = session.sql("describe database extended marts").collect()
    told = next((row["info_value"] for row in rows if row["info_name"] == "Properties"), "")
    found = re.search(rf"\({SIGN},\s*([^)]+)\)", told or "")
    return found[1] if found else None


def keep_only(remote: str, shared: Path, publication_ids: Collection[str]) -> None:
    """Drop the schemas and files of all other publications.

    The one that is shown is only marked: readers have nothing else, and who shows it again makes it anew.
    """
    session, standing = opened(remote), shown(remote)
    for folder in sorted((shared / "published").glob("*")):
        if folder.name in publication_ids:
            continue
        if folder.name == standing:
            (folder / COMPLETE).unlink(missing_ok=True)
            continue
        for schema in SHOWN:
            session.sql(f"drop database if exists {_own(schema, folder.name)} cascade")
        shutil.rmtree(folder)


def _kept(shared: Path, publication_id: str) -> Lake:
    return Lake(shared / "published" / publication_id)


def _own(schema: str, publication_id: str) -> str:
    return quoted(f"{schema}_{re.sub(r'[^a-z0-9]', '_', publication_id.lower())}")


def _keep(kept: Lake, database: Path) -> None:
    import duckdb

    kept.root.mkdir(mode=0o770, parents=True, exist_ok=True)
    with duckdb.connect(str(database), read_only=True) as publication:
        publication.execute("set timezone = 'UTC'")
        said = {}
        for schema, name in _tables(publication):
            place = f"{identifier(schema)}.{identifier(name)}"
            kept.table(schema, name).put(partial(written, publication, place))
            said[f"{schema}.{name}"] = dict(_said(publication, schema, name))
    draft = kept.root / f".{COMPLETE}"
    draft.write_text(json.dumps(said), encoding="utf-8")
    draft.replace(kept.root / COMPLETE)


def _tables(publication: "duckdb.DuckDBPyConnection") -> list[tuple[str, str]]:
    return publication.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        f" and schema_name in ({', '.join(map(text, SHOWN))}) order by all"
    ).fetchall()


def _said(publication: "duckdb.DuckDBPyConnection", schema: str, table: str) -> Iterator[tuple[str, str]]:
    yield from publication.execute(
        "select '', comment from duckdb_tables() where database_name = current_database()"
        " and schema_name = $1 and table_name = $2 and comment is not null"
        " union all select column_name, comment from duckdb_columns()"
        " where database_name = current_database() and schema_name = $1 and table_name = $2"
        " and comment is not null",
        [schema, table],
    ).fetchall()


def _register(session: Any, tables: list[TableFolder], own: str) -> None:
    import pyarrow.parquet as pq

    session.sql(f"create database if not exists {own}")
    rows = session.sql(f"show tables in {own}").collect()
    known = {row["tableName"] for row in rows if not row["isTemporary"]}
    for table in tables:
        place = f"{own}.{quoted(table.name)}"
        if table.name in known:  # readers may be reading it: it is not dropped first
            session.sql(f"alter table {place} set location {literal(table.path.as_uri())}")
            session.sql(f"refresh table {place}")
        else:
            create_table(session, place, pq.read_schema(table.files[0]), table.path)


def _point(session: Any, table: TableFolder, publication_id: str, said: Said) -> None:
    import pyarrow.parquet as pq

    source = f"{_own(table.schema, publication_id)}.{quoted(table.name)}"
    columns = pq.read_schema(table.files[0]).names
    create_view(session, f"{table.schema}.{quoted(table.name)}", columns, said, source)


def _remove_views(session: Any, tables: list[TableFolder]) -> None:
    """Those of tables that this publication has not.

    Spark lists a session's temporary views, of which dbt leaves some, in every schema.
    """
    there = {(table.schema, table.name) for table in tables}
    for schema in SHOWN:
        for row in session.sql(f"show views in {schema}").collect():
            if not row["isTemporary"] and (schema, row["viewName"]) not in there:
                session.sql(f"drop view {schema}.{quoted(row['viewName'])}")
