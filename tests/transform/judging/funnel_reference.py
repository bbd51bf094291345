"""The funnel's figures worked out a second time, from rows, without SQL."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

from tests.transform.judging.made_up import STAGES
from tests.transform.judging.terms import SYDNEY, local, midnight, six
from tests.transform.raw import Rows

DAY_MS = 86_400_000


def counted(tables: dict[str, Rows]) -> dict[str, dict[str, Any]]:
    """Leads that count, by id."""
    everybody = tables["marts.leads"]
    return {
        one["lead_id"]: one for one in everybody if not (one["excluded_because"] or one["quarantined_by"])
    }


def reached(tables: dict[str, Rows]) -> dict[str, dict[int, datetime]]:
    """For each lead that counts: when it first entered each rank (from 1) or a later one."""
    firsts: dict[str, dict[int, datetime]] = {lead: {} for lead in counted(tables)}
    for stay in sorted(tables["marts.lifecycle_stages"], key=lambda row: row["entered_at"]):
        for rank in range(1, stay["stage_rank"] + 1):
            if stay["lead_id"] in firsts:
                firsts[stay["lead_id"]].setdefault(rank, stay["entered_at"])
    return firsts


def daily(tables: dict[str, Rows], zone: ZoneInfo = SYDNEY) -> dict[tuple[Any, ...], tuple[int, int]]:
    """(date, segment, source, stage) to (entered, reached)."""
    leads = counted(tables)
    entered: Counter[tuple[Any, ...]] = Counter()
    first: Counter[tuple[Any, ...]] = Counter()
    for stay in tables["marts.lifecycle_stages"]:
        if stay["lead_id"] in leads:
            lead = leads[stay["lead_id"]]
            entered[local(stay["entered_at"], zone), lead["segment"], lead["source"], stay["stage"]] += 1
    for key, instants in reached(tables).items():
        for rank, instant in instants.items():
            first[local(instant, zone), leads[key]["segment"], leads[key]["source"], STAGES[rank - 1]] += 1
    return {key: (entered[key], first[key]) for key in {*entered, *first}}


def steps(
    tables: dict[str, Rows], zone: ZoneInfo = SYDNEY
) -> Iterable[tuple[date, dict[str, Any], int, float | None]]:
    """(cohort month, lead, rank, days to the next rank or None) for each lead and step."""
    leads = counted(tables)
    for key, instants in reached(tables).items():
        for rank, instant in instants.items():
            if rank < len(STAGES):
                went = instants.get(rank + 1)
                days = None if went is None else ((went - instant) // timedelta(milliseconds=1)) / DAY_MS
                yield local(instant, zone).replace(day=1), leads[key], rank, days


def is_mature(month: date, after_days: int, as_of: datetime, zone: ZoneInfo = SYDNEY) -> bool:
    """Whether the month's end, local midnight, and so many days are over."""
    next_month = (month + timedelta(days=40)).replace(day=1) + timedelta(days=after_days)
    return midnight(next_month, zone) <= as_of.replace(tzinfo=UTC)


def quantile(values: list[float], share: float) -> Decimal | None:
    """By linear interpolation between the two nearest."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return Decimal(str(ordered[low] + (ordered[high] - ordered[low]) * (place - low)))


def cohorts(tables: dict[str, Rows], zone: ZoneInfo = SYDNEY) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """(month, segment, source, from_stage) to (to_stage, leads, converted, conversion, median, p90)."""
    groups: dict[tuple[Any, ...], list[float | None]] = defaultdict(list)
    for month, lead, rank, days in steps(tables, zone):
        groups[month, lead["segment"], lead["source"], rank].append(days)
    rows = {}
    for (month, segment, source, rank), cohort in groups.items():
        gone = [days for days in cohort if days is not None]
        share = six(Fraction(len(gone), len(cohort)))
        figures = (STAGES[rank], len(cohort), len(gone), share, quantile(gone, 0.5), quantile(gone, 0.9))
        rows[month, segment, source, STAGES[rank - 1]] = figures
    return rows


def wilson(converted: int, leads: int) -> tuple[float, float]:
    """The 95 % interval of a share, as the roots of Wilson's quadratic."""
    z2 = 1.959963984540054**2
    p = converted / leads
    # (p - x)² = z² x (1 - x) / n, solved for x
    a, b, c = 1 + z2 / leads, -(2 * p + z2 / leads), p * p
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)
