"""The ledger of broken rules: a row for each lead, rule and spell, from last night's and tonight.

It is a function of the ledger before and of tonight's violations: the same night twice changes nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from expectations.spells import next_ledger

if TYPE_CHECKING:
    import duckdb

TABLE = "audit.lead_quality_violations"
COLUMNS = (
    "violation_id varchar, lead_id varchar, rule varchar, stage varchar, department varchar,"
    " severity varchar, owner_id varchar, agreement_version varchar, observed varchar, changed_by varchar,"
    " first_seen_at timestamp, last_seen_at timestamp, resolved_at timestamp, reopened boolean,"
    " waived_until date"
)


def create_ledger(connection: "duckdb.DuckDBPyConnection") -> None:
    """The table, where there is none yet."""
    connection.execute(f"create table if not exists {TABLE} ({COLUMNS})")


def latest_night(connection: "duckdb.DuckDBPyConnection") -> datetime | None:
    """The newest instant the ledger speaks of."""
    row = connection.execute(
        f"select greatest(max(last_seen_at), max(coalesce(resolved_at, last_seen_at))) from {TABLE}"
    ).fetchone()
    return row[0] if row else None


def update_ledger(connection: "duckdb.DuckDBPyConnection", as_of: datetime, *, purge: bool) -> None:
    """Put the temporary tables `tonight` and `judgement` into the ledger, in one statement.

    The spells of a rule that could not be judged stay as they are. So do those of leads that are nowhere
    to be seen, unless `purge`: then they were deleted for privacy, and nothing stays.
    """
    connection.execute(f"create or replace table {TABLE} as {next_ledger(TABLE, as_of, purge=purge)}")
