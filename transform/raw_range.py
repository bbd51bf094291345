"""From when to when the calendars must reach."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agreement import Agreement

if TYPE_CHECKING:
    import duckdb

# Before it there was no CRM, only typing errors.
EARLIEST = datetime(1990, 1, 1)


def first_instant(connection: "duckdb.DuckDBPyConnection", agreement: Agreement, as_of: datetime) -> datetime:
    """The earliest instant that the data or the agreement can ask about (naive UTC).

    That is the first revision, creation or closing of a deal in the CRM, or the year in which the first
    version took effect, whichever is earlier.
    """
    found = connection.execute(
        "select least(min(since), ?) from ("
        "select min(changed_at) as since from raw_hubspot.property_history "
        "union all select min(created_at) from raw_hubspot.contacts "
        "union all select min(createdate) from raw_hubspot.contacts "
        "union all select min(createdate) from raw_hubspot.deals "
        "union all select min(closedate) from raw_hubspot.deals)",
        [as_of],
    ).fetchone()
    since: datetime = found[0] if found else as_of
    signed = min((version.effective_from.year for version in agreement.versions), default=as_of.year)
    return max(EARLIEST, min(since, datetime(signed, 1, 1) - timedelta(days=1)))


def last_instant(as_of: datetime) -> datetime:
    """Two years after *now*: no due time that matters lies beyond."""
    return as_of + timedelta(days=731)
