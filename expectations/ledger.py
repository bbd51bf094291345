"""The ledger of broken rules: a row for each lead, rule and spell, from last night's and tonight.

It is a function of the ledger before and of tonight's violations: the same night twice changes nothing.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from expectations.spells import next_ledger
from warehouse.audit import audit_table

if TYPE_CHECKING:
    import duckdb

VIOLATIONS = audit_table("lead_quality_violations")


def create_ledger(connection: "duckdb.DuckDBPyConnection") -> None:
    """The table, where there is none yet."""
    VIOLATIONS.create(connection)


def latest_night(connection: "duckdb.DuckDBPyConnection") -> datetime | None:
    """The newest instant the ledger speaks of."""
    row = connection.execute(
        "select greatest(max(last_seen_at), max(coalesce(resolved_at, last_seen_at)))"
        f" from {VIOLATIONS.label}"
    ).fetchone()
    return row[0] if row else None


def update_ledger(connection: "duckdb.DuckDBPyConnection", as_of: datetime, *, purge: bool) -> None:
    """Put the temporary tables `tonight` and `judgement` into the ledger, at once.

    The spells of a rule that could not be judged stay as they are. So do those of leads that are nowhere
    to be seen, unless `purge`: then they were deleted for privacy, and nothing stays.
    """
    VIOLATIONS.replace(connection, next_ledger(VIOLATIONS.label, as_of, purge=purge))
