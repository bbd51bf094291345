"""`sla_compliance` worked out a second time, from the agreement and rows, without SQL."""

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
from tests.transform.raw import Rows

SYDNEY = ZoneInfo("Australia/Sydney")
CLOCKS = {"respond": "response", "follow_up": "follow_up", "decide": "verdict", "assign": "routing"}
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


@dataclass(frozen=True)
class Fact:
    """Something a commitment counts. `value` is 1 or 0 for a share; None: it is not eligible (yet)."""

    at: datetime
    value: Fraction | None
    slices: tuple[str, ...]
    waits: bool = False


def compliance(terms: Terms, tables: dict[str, Rows]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows by (commitment, period_start, slice).

    Each is (version, target, actual, eligible, attainment, status, provisional).
    """
    rows: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    versions = terms.agreement.versions
    for number, version in enumerate(versions):
        ends = [each.effective_from - timedelta(days=1) for each in versions[number + 1 :]]
        until = min([*ends, local(terms.as_of, terms.zone)])
        for promised in version.commitments:
            facts = list(_facts(terms, version, promised, tables))
            for span in spans(promised.per, version.effective_from, until):
                if version.effective_from <= span.start <= until:
                    found = [fact for fact in facts if span.holds(fact.at, terms.zone)]
                    rows |= _rows(terms, version, promised, span, found)
    return rows


def _rows(
    terms: Terms, version: Version, promised: Commitment, span: Span, facts: list[Fact]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    targets = {_by_id(terms, name): _target(value, span) for name, value in promised.targets.items()}
    targets = {name: target for name, target in targets.items() if target is not None}
    by_slice: dict[str, list[Fact]] = {"all": [], **{name: [] for name in targets}}
    for fact in facts:
        for name in fact.slices:
            by_slice.setdefault(name, []).append(fact)
    rows = {}
    for name, some in by_slice.items():
        target = Fraction(promised.share) if promised.share is not None else targets.get(name)
        row = _judge(terms, promised, span, some, target)
        rows[(promised.commitment, span.start, name)] = (version.version, *row)
    return rows


def _by_id(terms: Terms, name: str) -> str:
    emails = {f"owner={email}": f"owner={owner}" for owner, (email, _) in terms.owners.items()}
    return emails.get(name, name)


def _target(value: Any, span: Span) -> Fraction | None:
    picked = value.get(span.key) if isinstance(value, dict) else value
    return None if picked is None else Fraction(picked)


def _judge(
    terms: Terms, promised: Commitment, span: Span, facts: list[Fact], target: Fraction | None
) -> tuple[Any, ...]:
    values = [fact.value for fact in facts if fact.value is not None]
    total, is_share = sum(values, Fraction(0)), promised.share is not None
    actual = total if not is_share else total / len(values) if values else None
    running = midnight(span.after, terms.zone) > terms.as_of.replace(tzinfo=UTC)
    status = None
    if actual is not None and target is not None:
        pace = 1 if is_share or not running else elapsed_share(terms, span)
        kept = actual >= target * pace
        status = ("on_track" if kept else "at_risk") if running else ("met" if kept else "missed")
    attainment = None if actual is None or not target else six(actual / target)
    provisional = running or any(fact.waits for fact in facts)
    return six(target), six(actual), len(values) if is_share else None, attainment, status, provisional


def _facts(terms: Terms, version: Version, promised: Commitment, tables: dict[str, Rows]) -> Iterator[Fact]:
    everybody = tables["marts.leads"]
    counting = [one for one in everybody if not one["excluded_because"] and not one["quarantined_by"]]
    leads = {one["lead_id"]: one for one in counting}
    if promised.measure in CLOCKS or promised.measure == "accepted":
        yield from _handoff_facts(terms, promised, tables, leads)
        return
    leads = {key: lead for key, lead in leads.items() if terms.fits(version, promised, lead)}
    if promised.measure in ("deliver", "convert"):
        yield from _entries(promised, tables, leads)
    else:
        yield from _deals(terms, promised, tables, leads)


def _deals(
    terms: Terms, promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    created = promised.measure == "deliver_value"
    for deal in tables["marts.deals"]:
        if deal["lead_id"] in leads and (created or deal["is_won"]):
            owner = {"owner": deal["owner_id"], "team": terms.email_and_team(deal["owner_id"])[1]}
            at = deal["created_at"] if created else deal["closed_at"]
            yield Fact(at, Fraction(deal["amount"] or 0), _slices(leads[deal["lead_id"]], owner))


def _entries(
    promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    first: dict[str, datetime] = {}
    for stay in tables["marts.lifecycle_stages"]:
        if stay["stage"] == promised.stage and stay["lead_id"] in leads:
            first[stay["lead_id"]] = min(stay["entered_at"], first.get(stay["lead_id"], stay["entered_at"]))
    seen = set()
    for key, at in sorted(first.items(), key=lambda pair: (pair[1], pair[0])):
        lead = leads[key]
        if promised.count == "companies" and lead["company_id"] is not None:
            if lead["company_id"] in seen:
                continue
            seen.add(lead["company_id"])
        yield Fact(at, Fraction(1), _slices(lead, {"owner": lead["owner_id"], "team": lead["owner_team"]}))


def _handoff_facts(
    terms: Terms, promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    versions = {version.version: version for version in terms.agreement.versions}
    for handoff in tables["marts.lead_handoffs"]:
        own = versions.get(handoff["agreement_version"])
        if handoff["lead_id"] not in leads or own is None or _is_waived(terms, own, promised, handoff):
            continue
        if promised.measure == "accepted":
            fits = terms.fits(own, promised, leads[handoff["lead_id"]])
            judged = _verdict(handoff) if fits else None
        else:
            judged = _clock(promised, handoff)
        if judged is not None:
            owner = {"owner": handoff["accountable_owner_id"], "team": handoff["accountable_team"]}
            yield Fact(handoff["handed_off_at"], judged[0], _slices(handoff, owner), judged[1])


def _clock(promised: Commitment, handoff: dict[str, Any]) -> tuple[Fraction | None, bool] | None:
    clock = CLOCKS[promised.measure]
    if handoff.get(f"{clock}_commitment") != promised.commitment:
        return None
    status = handoff[f"{clock}_status"]
    waits = status == "open" or (status == "unassigned" and handoff["verdict"] == "pending")
    return {"met": Fraction(1), "breached": Fraction(0)}.get(status), waits


def _verdict(handoff: dict[str, Any]) -> tuple[Fraction | None, bool]:
    value = {"accepted": Fraction(1), "rejected": Fraction(0)}.get(handoff["verdict"])
    return value, handoff["verdict"] == "pending" and handoff.get("verdict_status") == "open"


def _is_waived(terms: Terms, own: Version, promised: Commitment, handoff: dict[str, Any]) -> bool:
    day = local(handoff["handed_off_at"], terms.zone)
    email, _ = terms.email_and_team(handoff["accountable_owner_id"])
    return any(
        waiver.commitment == promised.commitment
        and (waiver.from_ is None or waiver.from_ <= day)
        and day <= waiver.until
        and waiver.team in (None, handoff["accountable_team"])
        and waiver.owner in (None, email)
        for waiver in own.waivers
    )


def _slices(row: dict[str, Any], owner: dict[str, Any]) -> tuple[str, ...]:
    kinds = {kind: row[kind] for kind in ("segment", "source", "lead_type")} | owner
    return ("all", *(f"{kind}={value}" for kind, value in kinds.items() if value is not None))
