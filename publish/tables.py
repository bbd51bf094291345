"""Which tables go into a publication: the audit always, and the working marts or those that stand."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from publish import changes, copy, exports
from publish.publication import DATABASE, TABLES, Publication
from publish.treatment import further

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from warehouse import Warehouse

CERTIFIED = "certified"
Marts = Publication | Literal["working"] | None
Chosen = list[tuple[copy.Table, Mapping[str, str]]]


def copy_tables(  # noqa: PLR0913 -- what is copied, how, and what it is compared with
    making: Path,
    warehouse: "Warehouse",
    asked: Mapping[str, str],
    key: bytes,
    *,
    marts: Marts,
    comparison: changes.Comparison | None = None,
    wanted: exports.Exports = exports.NO_EXPORTS,
) -> dict[str, int]:
    """Fill the DuckDB file and the Parquet folder in `making`.

    Args:
        making: the publication's folder, empty.
        warehouse: the working file, for the audit.
        asked: what to do with each personal column.
        key: of `hash`.
        marts: the working file's, or those of the publication that stands; None: there never were any.
        comparison: with which publication the working file's marts are compared; None: with none.
        wanted: what is exported for spreadsheets.

    Returns:
        Rows by published table (`marts.leads`).
    """
    (making / TABLES).mkdir()
    with warehouse.as_duckdb() as connection:
        copy.open_target(connection, making / DATABASE, key)
        chosen = _choose(connection, asked, marts)
        rows = {t.label: copy.copy_table(connection, t, how) for t, how in chosen}
        tables = [table for table, _ in chosen]
        if changes.CHANGES.label not in rows:
            tables.append(changes.attribute(connection, comparison))
            rows[changes.CHANGES.label] = copy.count(connection, changes.CHANGES)
        for table in tables:
            copy.export_parquet(connection, table, making / TABLES)
        exports.write(connection, wanted, [table.published for table in tables], making)
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
        audit = copy.tables_of(connection, CERTIFIED, "audit")
        chosen += [(table, remaining) for table in audit if table.label == changes.CHANGES.label]
    return chosen
