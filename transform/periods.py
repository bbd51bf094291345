"""Days and periods of the agreement's time zone, as the tables `raw_agreement.periods` and `days`."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from agreement import Agreement
from transform.commitment_tables import local_midnight

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("week", "month", "quarter", "year")


def periods(agreement: Agreement, since: datetime, as_of: datetime) -> "pa.Table":
    """One row per kind of period and period, from the one that holds `since` to the one running at `as_of`.

    `period_start` and `period_end` are local days, both inclusive; `starts_at` and `ends_at` are instants
    (UTC), the end exclusive. Keys sort by time: 2026-W40 (ISO weeks), 2026-10, 2026-Q4, 2026.
    At `mature_at` (UTC) cohorts of the period count as complete. `version` was in force when the period
    began; null before the first took effect.
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("period", pa.string()),
            ("period_key", pa.string()),
            ("period_start", pa.date32()),
            ("period_end", pa.date32()),
            ("starts_at", pa.timestamp("us")),
            ("ends_at", pa.timestamp("us")),
            ("mature_at", pa.timestamp("us")),
            ("version", pa.string()),
        ]
    )
    zone = ZoneInfo(agreement.timezone)
    first, last = local_day(min(since, as_of), zone), local_day(as_of, zone)
    rows = [
        _period_row(agreement, kind, start, zone) for kind in KINDS for start in _starts(kind, first, last)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def days(agreement: Agreement, since: datetime, as_of: datetime) -> "pa.Table":
    """One row per local day, from the one that holds `since` to the one that holds `as_of`; as above."""
    import pyarrow as pa

    schema = pa.schema(
        [("day", pa.date32()), ("starts_at", pa.timestamp("us")), ("ends_at", pa.timestamp("us"))]
    )
    zone = ZoneInfo(agreement.timezone)
    first, last = local_day(min(since, as_of), zone), local_day(as_of, zone)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [
        {
            "day": day,
            "starts_at": local_midnight(day, zone),
            "ends_at": local_midnight(day + timedelta(days=1), zone),
        }
        for day in every
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day of `zone` that holds `instant` (naive UTC)."""
    return instant.replace(tzinfo=UTC).astimezone(zone).date()


def period_of(kind: str, day: date) -> tuple[date, date]:
    """The first day of the `kind` of period that holds `day`, and of the period after it."""
    if kind == "week":
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    years, month = divmod(start.month - 1 + months, 12)
    return start, date(start.year + years, month + 1, 1)


def period_key(kind: str, start: date) -> str:
    """How the agreement names the period that begins on `start`."""
    if kind == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}"
    if kind == "month":
        return f"{start.year}-{start.month:02}"
    return f"{start.year}-Q{(start.month + 2) // 3}" if kind == "quarter" else f"{start.year}"


def _starts(kind: str, first: date, last: date) -> Iterator[date]:
    start, after = period_of(kind, first)
    while start <= last:
        yield start
        start, after = period_of(kind, after)


def version_on(agreement: Agreement, day: date) -> str | None:
    """The version in force on `day`; None before the first takes effect."""
    in_force = [version.version for version in agreement.versions if version.effective_from <= day]
    return in_force[-1] if in_force else None


def _period_row(agreement: Agreement, kind: str, start: date, zone: ZoneInfo) -> dict[str, Any]:
    _, after = period_of(kind, start)
    return {
        "period": kind,
        "period_key": period_key(kind, start),
        "period_start": start,
        "period_end": after - timedelta(days=1),
        "starts_at": local_midnight(start, zone),
        "ends_at": local_midnight(after, zone),
        "mature_at": local_midnight(after + timedelta(days=agreement.mature_after_days), zone),
        "version": version_on(agreement, start),
    }
