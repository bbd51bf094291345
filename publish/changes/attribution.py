"""Fills `audit.publication_changes`: the figures of two publications, compared lead by lead.

Figures are recomputed six times: from the leads' parts as they were, with the parts of merged leads moved to
what they are now, then also those of deleted leads, and so on. Each step is one cause, so that the changes
of a figure add up to its whole change by construction, shares included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish.copy import TARGET, Table, literal, quoted
from publish.publication import Publication

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
PREVIOUS = "previous"
CHANGES = Table(TARGET, "audit", "publication_changes")
EVIDENCE = ("merged", "deleted", "corrected", "late", "new")
NEEDED = (
    "deals",
    "lead_clocks",
    "lead_handoffs",
    "lead_owners",
    "leads",
    "lifecycle_stages",
    "sla_compliance",
    "sla_parts",
    "touches",
)


@dataclass(frozen=True)
class Comparison:
    """Which publication is compared with which, and whether both were judged by the same agreement.

    `columns` are those that the agreement gives leads: where the agreement changed too, a lead counts as
    corrected only if one of them did.
    """

    publication_id: str
    previous: Publication
    same_agreement: bool
    columns: tuple[str, ...]


def attribute(connection: "DuckDBPyConnection", asked: Comparison | None) -> Table:
    """Create the table in the attached publication, and fill it if there is something to compare with.

    Args:
        connection: with the publication attached as `publication`, its other tables filled.
        asked: what to compare; None: nothing was published before, and the table stays empty.

    Returns:
        The table: one row per figure, slice and cause that changed it.
    """
    connection.execute(_text("table"))
    if asked is None:
        return CHANGES
    connection.execute(f"attach {literal(asked.previous.database)} as {PREVIOUS} (read_only)")
    try:
        if _complete(connection, PREVIOUS) and _complete(connection, TARGET):
            _fill(connection, asked)
    finally:
        connection.execute(f"detach {PREVIOUS}")
    return CHANGES


def _fill(connection: "DuckDBPyConnection", asked: Comparison) -> None:
    connection.execute(
        "create or replace temp table evidence (lead_id varchar, cause integer, about varchar)"
    )
    known = {
        "before_as_of": asked.previous.marts_as_of,
        "same_agreement": asked.same_agreement,
        "publication_id": asked.publication_id,
        "compared_with": asked.previous.marts_from,
    }
    values = _values(connection, asked.columns)
    for name in (*(f"evidence_{cause}" for cause in EVIDENCE), "lead_changes", "figures", "steps"):
        text = _text(name).replace("{{values}}", values)
        connection.execute(text, {key: value for key, value in known.items() if f"${key}" in text})
    for left in ("evidence", "lead_changes", "figures"):
        connection.execute(f"drop table temp.{left}")


def _values(connection: "DuckDBPyConnection", columns: Iterable[str]) -> str:
    """Columns that the CRM fills, in both publications' leads, as one comparable value."""
    common = _columns(connection, PREVIOUS) & _columns(connection, TARGET)
    wanted = sorted({"country", "company_id", "company_name", *columns} & common)
    return f"row({', '.join(quoted(name) for name in wanted)})"


def _columns(connection: "DuckDBPyConnection", catalog: str) -> set[str]:
    listed = "duckdb_columns() where database_name = ? and schema_name = 'marts' and table_name = 'leads'"
    return {name for (name,) in connection.execute(f"select column_name from {listed}", [catalog]).fetchall()}


def _complete(connection: "DuckDBPyConnection", catalog: str) -> bool:
    """Whether a publication says what its figures are made of; the earliest ones did not."""
    query = "select table_name from duckdb_tables() where database_name = ? and schema_name = 'marts'"
    return {name for (name,) in connection.execute(query, [catalog]).fetchall()} >= set(NEEDED)


def _text(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
