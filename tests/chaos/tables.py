"""Every table of a project folder in a form that can be compared: published ones, raw ones, what was seen."""

from pathlib import Path

import duckdb

Table = tuple[int, int]
# What must differ from run to run: which run it was, and when by the wall clock.
_RUNS_OWN = {"run_id", "checked_at", "publication_id"}
_CHOSEN = """
    select schema_name, table_name from duckdb_tables()
    where database_name = current_database() and not starts_with(table_name, '_dlt')
        and (schema_name in ('marts', 'raw_hubspot') or starts_with(table_name, 'int_seen_')
             or schema_name = 'audit' and table_name <> 'runs')
    order by all
"""


def tables_of(project: Path) -> dict[str, Table]:
    """Rows and a checksum of each: of the publication, and of the working file."""
    files = {"published": project / "published" / "warehouse.duckdb", "working": project / "warehouse.duckdb"}
    found: dict[str, Table] = {}
    for where, file in files.items():
        with duckdb.connect(str(file), read_only=True) as connection:
            for schema, table in connection.execute(_CHOSEN).fetchall():
                found[f"{where} {schema}.{table}"] = _summed(connection, f'"{schema}"."{table}"')
    return found


def _summed(connection: duckdb.DuckDBPyConnection, table: str) -> Table:
    columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
    shown = ", ".join(f'"{column}"' for column in columns if column not in _RUNS_OWN)
    newest = f"where run_id = (select max(run_id) from {table})" if "run_id" in columns else ""
    row = connection.execute(
        f"select count(*), coalesce(sum(hash(one)), 0) from (select {shown} from {table} {newest}) as one"
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def differing(one: dict[str, Table], other: dict[str, Table]) -> list[str]:
    """Which tables are not the same, by name."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
