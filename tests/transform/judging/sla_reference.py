"""`sla_compliance` worked out a second time, from the agreement and rows, without SQL."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from agreement import Agreement, Commitment, Version
from tests.transform.judging.made_up import OWNERS
from tests.transform.raw import Rows

ZONE = ZoneInfo("Australia/Sydney")
CLOCKS = {"respond": "response", "follow_up": "follow_up", "decide": "verdict", "assign": "routing"}
Fits = Callable[[dict[str, Any]], bool]
PREDICATES: dict[tuple[str, str], Fits] = {
    ("first", "hot"): lambda lead: lead["segment"] == "big",
    ("second", "volume"): lambda lead: lead["segment"] == "big",
    ("second", "acceptance"): lambda lead: lead["source"] == "paid",
}


@dataclass(frozen=True)
class Span:
    """A period: its first local day, and the first day after it."""

    key: str
    start: date
    after: date

    def holds(self, instant: datetime | None) -> bool:
        return instant is not None and self.start <= local(instant) < self.after


def local(instant: datetime) -> date:
    """The local day of a naive UTC instant."""
    return instant.replace(tzinfo=UTC).astimezone(ZONE).date()


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


def open_seconds(start: datetime, end: datetime) -> Fraction:
    """Seconds open from Monday to Friday, nine to five, local time; for instants in UTC with zone."""
    total = timedelta()
    day = start.astimezone(ZONE).date() - timedelta(days=1)
    while day <= end.astimezone(ZONE).date():
        if day.weekday() < 5:
            opens = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, 17, tzinfo=ZONE).astimezone(UTC)
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += timedelta(days=1)
    return Fraction(total // timedelta(milliseconds=1), 1000)


def elapsed_share(span: Span, as_of: datetime) -> Fraction:
    """The part of the span's open time that is over."""
    start, end = _midnight(span.start), _midnight(span.after)
    return open_seconds(start, as_of.replace(tzinfo=UTC)) / open_seconds(start, end)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


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


def compliance(
    agreement: Agreement, tables: dict[str, Rows], as_of: datetime
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows by (commitment, period_start, slice).

    Each is (version, target, actual, eligible, attainment, status, provisional).
    """
    rows: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for number, version in enumerate(agreement.versions):
        later = agreement.versions[number + 1 :]
        until = min([each.effective_from - timedelta(days=1) for each in later] + [local(as_of)])
        for promised in version.commitments:
            facts = list(_facts(version, promised, agreement, tables))
            for span in spans(promised.per, version.effective_from, until):
                if span.start >= version.effective_from and span.start <= until:
                    found = [fact for fact in facts if span.holds(fact.at)]
                    rows |= _rows(version, promised, span, found, as_of)
    return rows


def _rows(
    version: Version, promised: Commitment, span: Span, facts: list[Fact], as_of: datetime
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    targets = {_by_id(name): _target(value, span) for name, value in promised.targets.items()}
    targets = {name: target for name, target in targets.items() if target is not None}
    by_slice: dict[str, list[Fact]] = {"all": [], **{name: [] for name in targets}}
    for fact in facts:
        for name in fact.slices:
            by_slice.setdefault(name, []).append(fact)
    rows = {}
    for name, some in by_slice.items():
        target = Fraction(promised.share) if promised.share is not None else targets.get(name)
        row = _judge(promised, span, some, target, as_of)
        rows[(promised.commitment, span.start, name)] = (version.version, *row)
    return rows


def _by_id(name: str) -> str:
    emails = {f"owner={email}": f"owner={owner}" for owner, (email, _) in OWNERS.items()}
    return emails.get(name, name)


def _target(value: Any, span: Span) -> Fraction | None:
    picked = value.get(span.key) if isinstance(value, dict) else value
    return None if picked is None else Fraction(picked)


def _judge(
    promised: Commitment, span: Span, facts: list[Fact], target: Fraction | None, as_of: datetime
) -> tuple[Any, ...]:
    values = [fact.value for fact in facts if fact.value is not None]
    is_share = promised.share is not None
    actual = (
        (sum(values, Fraction(0)) / len(values) if values else None) if is_share else sum(values, Fraction(0))
    )
    running = _midnight(span.after) > as_of.replace(tzinfo=UTC)
    status = None
    if actual is not None and target is not None:
        pace = 1 if is_share or not running else elapsed_share(span, as_of)
        kept = actual >= target * pace
        status = ("on_track" if kept else "at_risk") if running else ("met" if kept else "missed")
    attainment = None if actual is None or not target else six(actual / target)
    provisional = running or any(fact.waits for fact in facts)
    return six(target), six(actual), len(values) if is_share else None, attainment, status, provisional


def _facts(
    version: Version, promised: Commitment, agreement: Agreement, tables: dict[str, Rows]
) -> Iterator[Fact]:
    everybody = tables["marts.leads"]
    leads = {
        one["lead_id"]: one for one in everybody if not one["excluded_because"] and not one["quarantined_by"]
    }
    fits = _fits(version, promised)
    if promised.measure in CLOCKS or promised.measure == "accepted":
        yield from _handoff_facts(promised, agreement, tables, leads)
    elif promised.measure in ("deliver", "convert"):
        yield from _entries(promised, tables, {key: lead for key, lead in leads.items() if fits(lead)})
    else:
        moment = "created_at" if promised.measure == "deliver_value" else "closed_at"
        for deal in tables["marts.deals"]:
            lead = leads.get(deal["lead_id"])
            if lead and fits(lead) and (moment == "created_at" or deal["is_won"]):
                owner = {"owner": deal["owner_id"], "team": OWNERS.get(deal["owner_id"], (None, None))[1]}
                yield Fact(deal[moment], Fraction(deal["amount"] or 0), _slices(lead, owner))


def _fits(version: Version, promised: Commitment) -> Fits:
    return PREDICATES.get((version.version, promised.commitment), _anybody)


def _anybody(lead: dict[str, Any]) -> bool:
    return bool(lead)


def _entries(
    promised: Commitment, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    first: dict[str, datetime] = {}
    for stay in tables["marts.lifecycle_stages"]:
        if stay["stage"] == promised.stage and stay["lead_id"] in leads:
            first[stay["lead_id"]] = min(stay["entered_at"], first.get(stay["lead_id"], stay["entered_at"]))
    seen = set()
    for key, at in sorted(first.items(), key=lambda pair: (pair[1], pair[0])):
        company = leads[key]["company_id"]
        if promised.count == "companies" and company is not None:
            if company in seen:
                continue
            seen.add(company)
        lead = leads[key]
        yield Fact(at, Fraction(1), _slices(lead, {"owner": lead["owner_id"], "team": lead["owner_team"]}))


def _handoff_facts(
    promised: Commitment, agreement: Agreement, tables: dict[str, Rows], leads: dict[str, dict[str, Any]]
) -> Iterator[Fact]:
    for handoff in tables["marts.lead_handoffs"]:
        own = next((v for v in agreement.versions if v.version == handoff["agreement_version"]), None)
        if handoff["lead_id"] not in leads or own is None or _is_waived(own, promised, handoff):
            continue
        judged = (
            _verdict(promised, handoff, own, leads)
            if promised.measure == "accepted"
            else _clock(promised, handoff)
        )
        if judged is not None:
            value, waits = judged
            owner = {"owner": handoff["accountable_owner_id"], "team": handoff["accountable_team"]}
            yield Fact(handoff["handed_off_at"], value, _slices(handoff, owner), waits)


def _clock(promised: Commitment, handoff: dict[str, Any]) -> tuple[Fraction | None, bool] | None:
    clock = CLOCKS[promised.measure]
    if handoff.get(f"{clock}_commitment") != promised.commitment:
        return None
    status = handoff[f"{clock}_status"]
    waits = status == "open" or (status == "unassigned" and handoff["verdict"] == "pending")
    return {"met": Fraction(1), "breached": Fraction(0)}.get(status), waits


def _verdict(
    promised: Commitment, handoff: dict[str, Any], own: Version, leads: dict[str, dict[str, Any]]
) -> tuple[Fraction | None, bool] | None:
    fits = _fits(own, promised)
    if not fits(leads[handoff["lead_id"]]):
        return None
    value = {"accepted": Fraction(1), "rejected": Fraction(0)}.get(handoff["verdict"])
    return value, handoff["verdict"] == "pending" and handoff.get("verdict_status") == "open"


def _is_waived(own: Version, promised: Commitment, handoff: dict[str, Any]) -> bool:
    day = local(handoff["handed_off_at"])
    email = OWNERS.get(handoff["accountable_owner_id"], (None, None))[0]
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
