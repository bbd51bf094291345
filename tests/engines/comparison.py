"""Whether two DuckDB catalogs of one session hold the same tables: the same columns, types and rows."""

from pathlib import Path
from typing import Any

OTHER = "other"


def differences(copy: Any, file: Path, schema: str, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """What differs between `schema` of the session's own catalog and of `file`, by table.

    `but` are columns that say how long something took, or the like.
    """
    copy.execute(f"attach '{file}' as {OTHER} (read_only)")
    try:
        here, there = _shapes(copy, "current_database()", schema), _shapes(copy, f"'{OTHER}'", schema)
        lone = dict.fromkeys(here.keys() ^ there.keys(), "only on one engine")
        found = {
            table: _differing(copy, schema, table, (here, there), but) for table in here.keys() & there.keys()
        }
        return lone | {table: said for table, said in found.items() if said}
    finally:
        copy.execute(f"detach {OTHER}")


def rows(copy: Any, schema: str) -> int:
    """Rows in all tables of `schema`: a comparison of nothing proves nothing."""
    tables = _shapes(copy, "current_database()", schema)
    return sum(copy.execute(f'select count(*) from {schema}."{table}"').fetchone()[0] for table in tables)


def _shapes(copy: Any, catalog: str, schema: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in copy.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        f" where database_name = {catalog} and schema_name = ?",
        [schema],
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _differing(
    copy: Any,
    schema: str,
    table: str,
    shapes: tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]],
    but: tuple[str, ...],
) -> str | None:
    here, there = (shape[table] for shape in shapes)
    if here != there:
        return f"columns: {sorted(here.items() ^ there.items())}"
    columns = ", ".join(f'"{name}"' for name in here if name not in but)
    ours, theirs = f'{schema}."{table}"', f'{OTHER}.{schema}."{table}"'
    for one, other in ((ours, theirs), (theirs, ours)):
        surplus = copy.execute(
            f"select {columns} from {one} except all select {columns} from {other} limit 2"
        ).fetchall()
        if surplus:
            return f"rows of {one} alone, such as {surplus}"
    return None
