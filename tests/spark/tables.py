"""Tables that no contract gives one type on all engines: their rows are compared in DuckDB's types."""

from pathlib import Path
from typing import Any

OTHER = "cluster"


def surplus(ours: Any, copy: Path, schema: str, *, but: tuple[str, ...]) -> dict[str, list[Any]]:
    """Rows that only one of both has, by table; `ours` is an open file, `copy` one of the cluster's."""
    ours.execute(f"attach '{copy}' as {OTHER} (read_only)")
    tables = ours.execute(
        "select table_name from duckdb_tables() where database_name = current_database() and schema_name = ?",
        [schema],
    ).fetchall()
    found = {table: _surplus(ours, f"{schema}.{table}") for (table,) in tables if table not in but}
    assert len(found) > 70
    return {table: rows for table, rows in found.items() if rows}


def _surplus(ours: Any, table: str) -> list[Any]:
    shape = ours.execute(f"describe {table}").fetchall()
    typed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind, *_ in shape)
    theirs = f"(select {typed} from {OTHER}.{table})"
    found: list[Any] = []
    for one, other in ((table, theirs), (theirs, table)):
        found += ours.execute(f"from {one} except all from {other} limit 2").fetchall()
    return found
