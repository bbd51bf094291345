"""Which tables go into a publication: the audit always, and the working marts or those that stand."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from publish import copy
from publish.publication import DATABASE, TABLES, Publication
from publish.treatment import further

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from warehouse import Warehouse

CERTIFIED = "certified"
Marts = Publication | Literal["working"] | None
Chosen = list[tuple[copy.Table, Mapping[str, str]]]


def copy_tables(
    making: Path, warehouse: "Warehouse", asked: Mapping[str, str], key: bytes, marts: Marts
) -> dict[str, int]:
    """Fill the DuckDB file and the Parquet folder in `making`.

    Args:
        making: the publication's folder, empty.
        warehouse: the working file, for the audit.
        asked: what to do with each personal column.
        key: of `hash`.
        marts: the working file's, or those of the publication that stands; None: there never were any.

    Returns:
        Rows by published table (`marts.leads`).
    """
    (making / TABLES).mkdir()
    with warehouse.connect() as connection:
        copy.open_target(connection, making / DATABASE, key)
        chosen = _choose(connection, asked, marts)
        rows = {f"{t.schema}.{t.name}": copy.copy_table(connection, t, how) for t, how in chosen}
        for table, _ in chosen:
            copy.export_parquet(connection, table, making / TABLES)
        copy.close_target(connection)
    return dict(sorted(rows.items()))


def _choose(connection: "DuckDBPyConnection", asked: Mapping[str, str], marts: Marts) -> Chosen:
    working = copy.working_catalog(connection)
    chosen: Chosen = [(table, asked) for table in copy.tables_of(connection, working, "audit")]
    if marts == "working":
        return chosen + [(table, asked) for table in copy.tables_of(connection, working, "marts")]
    if isinstance(marts, Publication):
        connection.execute(f"attach {copy.literal(marts.database)} as {CERTIFIED} (read_only)")
        remaining = further(asked, marts.privacy)
        chosen += [(table, remaining) for table in copy.tables_of(connection, CERTIFIED, "marts")]
    return chosen
