"""From when to when the calendars must reach."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from agreement import Agreement

if TYPE_CHECKING:
    import duckdb

# Before it there was no CRM, only typing errors.
EARLIEST = datetime(1990, 1, 1)


def first_instant(
    connection: "duckdb.DuckDBPyConnection", agreement: Agreement, as_of: datetime, spent_on: list[date]
) -> datetime:
    """The earliest instant that the data or the agreement can ask about (naive UTC).

    That is the first revision, creation, closing of a deal or visit in the CRM, the first day of spend, or
    the year in which the first version took effect, whichever is earliest.
    """
    found = connection.execute(
        "select least(min(since), ?) from ("
        "select min(changed_at) as since from raw_hubspot.property_history "
        "union all select min(created_at) from raw_hubspot.contacts "
        "union all select min(createdate) from raw_hubspot.contacts "
        "union all select min(createdate) from raw_hubspot.deals "
        "union all select min(closedate) from raw_hubspot.deals) as known",
        [as_of],
    ).fetchone()
    since: datetime = found[0] if found else as_of
    days = [
        datetime.combine(day, time()) - timedelta(days=1) for day in (*spent_on, *_first_visit(connection))
    ]
    signed = min((version.effective_from.year for version in agreement.versions), default=as_of.year)
    return max(EARLIEST, min(since, datetime(signed, 1, 1) - timedelta(days=1), *days))


def _first_visit(connection: "duckdb.DuckDBPyConnection") -> list[date]:
    """The first day with visits, if the portal tells of any."""
    there = connection.execute(
        "select 1 from information_schema.tables where table_schema = 'raw_hubspot' and table_name = 'visits'"
    ).fetchone()
    found = connection.execute("select min(day) from raw_hubspot.visits").fetchone() if there else None
    return [found[0]] if found and found[0] else []


def last_instant(as_of: datetime) -> datetime:
    """Two years after *now*: no due time that matters lies beyond."""
    return as_of + timedelta(days=731)
