"""What the references judge by: an agreement, its people, its days and its open hours."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from agreement import Agreement, Commitment, Version
from tests.transform.judging.made_up import OWNERS

SYDNEY = ZoneInfo("Australia/Sydney")
Fits = Callable[[dict[str, Any]], bool]
MADE_UP_CONDITIONS: dict[tuple[str, str], Fits] = {
    ("first", "hot"): lambda lead: lead["segment"] == "big",
    ("second", "volume"): lambda lead: lead["segment"] == "big",
    ("second", "acceptance"): lambda lead: lead["source"] == "paid",
}


@dataclass(frozen=True)
class Terms:
    """An agreement, and what the reference cannot read from it: the default calendar is nine to five.

    `owners`: address and team by id. `conditions`: by version and commitment.
    """

    agreement: Agreement
    as_of: datetime
    zone: ZoneInfo = SYDNEY
    owners: dict[str, tuple[str, str | None]] = field(default_factory=lambda: dict(OWNERS))
    conditions: dict[tuple[str, str], Fits] = field(default_factory=lambda: MADE_UP_CONDITIONS)
    holidays: frozenset[date] = frozenset()

    def fits(self, version: Version, promised: Commitment, lead: dict[str, Any]) -> bool:
        condition = self.conditions.get((version.version, promised.commitment))
        return condition is None or condition(lead)

    def email_and_team(self, owner: str | None) -> tuple[str | None, str | None]:
        return self.owners.get(owner or "", (None, None))


@dataclass(frozen=True)
class Span:
    """A period: its first local day, and the first day after it."""

    key: str
    start: date
    after: date

    def holds(self, instant: datetime | None, zone: ZoneInfo) -> bool:
        return instant is not None and self.start <= local(instant, zone) < self.after


def local(instant: datetime, zone: ZoneInfo = SYDNEY) -> date:
    """The local day of a naive UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(zone).date()


def spans(kind: str, since: date, until: date) -> Iterator[Span]:
    """Periods, found day by day: a new one begins whenever the name changes."""
    names: dict[str, list[date]] = defaultdict(list)
    for offset in range(-400, (until - since).days + 400):
        day = since + timedelta(days=offset)
        names[_name(kind, day)].append(day)
    for name, days in names.items():
        if days[-1] >= since and days[0] <= until:
            yield Span(name, days[0], days[-1] + timedelta(days=1))


def _name(kind: str, day: date) -> str:
    year, week, _ = day.isocalendar()
    quarter = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3}.get(day.month, 4)
    return {
        "week": f"{year}-W{week:02}",
        "month": day.strftime("%Y-%m"),
        "quarter": f"{day.year}-Q{quarter}",
        "year": str(day.year),
    }[kind]


def open_seconds(terms: Terms, start: datetime, end: datetime) -> Fraction:
    """Seconds open from Monday to Friday, nine to five, local time; for instants in UTC with zone."""
    total, zone = timedelta(), terms.zone
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        if day.weekday() < 5 and day not in terms.holidays:
            opens = datetime(day.year, day.month, day.day, 9, tzinfo=zone).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, 17, tzinfo=zone).astimezone(UTC)
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return Fraction(total // timedelta(milliseconds=1), 1000)


def elapsed_share(terms: Terms, span: Span) -> Fraction:
    """The part of the span's open time that is over."""
    start, end = midnight(span.start, terms.zone), midnight(span.after, terms.zone)
    return open_seconds(terms, start, terms.as_of.replace(tzinfo=UTC)) / open_seconds(terms, start, end)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a local day begins, in UTC with zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def six(number: Fraction | None) -> Decimal | None:
    """As the marts show it: six decimals."""
    if number is None:
        return None
    quotient = Decimal(number.numerator) / Decimal(number.denominator)
    return quotient.quantize(Decimal("0.000001"), ROUND_HALF_UP)
