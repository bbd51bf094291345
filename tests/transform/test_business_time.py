"""Business time in SQL against an implementation that shares nothing with it, on thousands of drawn pairs.

The reference walks local days with `zoneinfo` and adds up overlaps; it knows no hours, sums or buckets.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agreement
from progress import Silent
from project import Project, Run
from tests.transform.raw import at, write_raw
from transform.agreement_tables import write_agreement
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import open_warehouse

MS = timedelta(milliseconds=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# name: days, opens, closes, zone, holidays. Lord Howe's daylight saving is half an hour, Berlin opens when it
# changes, Kathmandu lies 5:45 ahead and is open for a minute.
CALENDARS = {
    "default": (WEEK[:5], "09:00", "17:00", "Australia/Brisbane", "AU-QLD"),
    "auckland": (WEEK[:5], "08:30", "17:00", "Pacific/Auckland", "NZ"),
    "lord_howe": (WEEK, "01:00", "03:30", "Australia/Lord_Howe", None),
    "new_york": (WEEK[:6], "08:15", "20:45", "America/New_York", "US"),
    "berlin": (WEEK[5:], "02:30", "22:00", "Europe/Berlin", "DE-BY"),
    "kathmandu": (WEEK[:5], "10:00", "10:01", "Asia/Kathmandu", None),
}
SINCE, UNTIL = at("2026-01-01"), at("2027-12-31")


class Question(NamedTuple):
    """Minutes from `start` to `end`, and the instant `within` milliseconds of open time after `start`."""

    calendar: str
    start: datetime
    end: datetime
    within: int


@cache
def open_hours(name: str, day: date) -> tuple[datetime, datetime] | None:
    """That local day's open interval in naive UTC; None: closed."""
    days, opens, closes, zone, region = CALENDARS[name]
    if WEEK[day.weekday()] not in days:
        return None
    if region:
        country, _, part = region.partition("-")
        if day in holidays.country_holidays(country, subdiv=part or None, years=day.year):
            return None
    local = (datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone)) for clock in (opens, closes))
    begins, ends = (instant.astimezone(UTC).replace(tzinfo=None) for instant in local)
    return (begins, ends) if begins < ends else None


def intervals(name: str, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open intervals that end after `start`, in order, without end."""
    day = start.date() - timedelta(days=2)
    while True:
        found = open_hours(name, day)
        if found and found[1] > start:
            yield found
        day += timedelta(days=1)


def minutes_of(asked: Question) -> float:
    total = timedelta()
    for opens, closes in intervals(asked.calendar, asked.start):
        if opens >= asked.end:
            break
        total += min(closes, asked.end) - max(opens, asked.start)
    return total / MS / 60_000


def due_of(asked: Question) -> datetime:
    left = asked.within * MS
    for opens, closes in intervals(asked.calendar, asked.start):
        begins = max(opens, asked.start)
        if closes - begins >= left:
            return begins + left
        left -= closes - begins
    raise AssertionError("intervals never end")


AGREEMENT = """
crm: hubspot
company: Clocks
timezone: Australia/Brisbane
currency: AUD
calendars:
{calendars}
stages: [{{stage: marketing_qualified_lead, hubspot: [marketingqualifiedlead]}}]
versions: [{{version: v1, effective_from: 2026-01-01}}]
"""


def agreement_text() -> str:
    lines = [
        f'  {name}: {{days: [{", ".join(days)}], open: "{opens}", close: "{closes}", timezone: {zone}'
        + (f", holidays: {region}}}" if region else "}")
        for name, (days, opens, closes, zone, region) in CALENDARS.items()
    ]
    return AGREEMENT.format(calendars="\n".join(lines))


Answers = list[tuple[float | None, datetime | None]]
Ask = Callable[[list[Question]], Answers]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Puts questions to the macros' own SQL, on the engine, over the calendars above."""
    project = Project(tmp_path_factory.mktemp("clocks"))
    project.agreement_file.write_text(agreement_text(), encoding="utf-8")
    signed, house = agreement.load(project.agreement_file), open_warehouse(project)
    write_raw(house, {})
    write_agreement(project, signed, house, Run("run-1", at("2026-01-01")))
    with Dbt(project, house, dbt_vars(signed, house.engine), Silent()) as dbt:
        dbt.run(select=("int_calendar_buckets",))
        minutes = dbt.compiled("{{ business_minutes('asked', 'nr', 'calendar', 'from_at', 'to_at') }}")
        due = dbt.compiled("{{ business_due('asked', 'nr', 'calendar', 'from_at', 'within_ms') }}")
    with house.connect() as connection:

        def put(questions: list[Question]) -> Answers:
            rows = [(n, *question) for n, question in enumerate(questions)]
            names = ["nr", "calendar", "from_at", "to_at", "within_ms"]
            connection.register(
                "asked", pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])
            )
            found = connection.sql(
                f"select business_minutes, due_at from asked left join ({minutes}) using (nr) "
                f"left join ({due}) using (nr) order by nr"
            ).fetchall()
            connection.unregister("asked")
            return found

        yield put


instants = st.integers(0, (UNTIL - timedelta(days=400) - SINCE) // MS).map(lambda n: SINCE + n * MS)
# Whole hours and half hours are where mistakes live.
edges = instants.map(
    lambda instant: instant.replace(minute=instant.minute // 30 * 30, second=0, microsecond=0)
)
spans = st.one_of(
    st.integers(0, 40 * 24 * 3_600_000),
    st.integers(0, 90_000),
    st.integers(0, 80).map(lambda n: n * 1_800_000),
)
within = st.one_of(
    st.integers(1, 4_000_000), st.integers(1, 60).map(lambda n: n * 1_800_000), st.just(60_000)
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    name = draw(st.sampled_from(sorted(CALENDARS)))
    start = draw(st.one_of(instants, edges))
    longest = 20 * 60_000 if name == "kathmandu" else 200_000_000
    return Question(name, start, start + draw(spans) * MS, min(draw(within), longest))


@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), min_size=50, max_size=80))
def test_minutes_and_due_times_are_the_references(ask: Ask, asked: list[Question]) -> None:
    assert ask(asked) == [(minutes_of(question), due_of(question)) for question in asked]


def test_backwards_in_time_no_time_passes(ask: Ask) -> None:
    noon = at("2026-02-03 02:00")
    assert ask([Question("default", noon, noon - timedelta(hours=1), 1)])[0][0] == 0


def test_beyond_the_calendar_there_is_no_answer(ask: Ask) -> None:
    asked = Question("default", at("2026-02-03 02:00"), at("2040-01-01"), 1)
    assert ask([asked, asked._replace(within=10**12)]) == [
        (None, at("2026-02-03 02:00:00.001")),
        (None, None),
    ]


def test_half_open_intervals(ask: Ask) -> None:
    """Closing time belongs to the closed part: due at 17:00 today, and a minute later is tomorrow's first."""
    closing = at("2026-02-03 07:00")
    asked = [
        Question("default", closing - timedelta(minutes=1), closing, 60_000),
        Question("default", closing - timedelta(minutes=1), closing, 60_001),
        Question("default", closing, at("2026-02-03 23:00"), 1),
    ]
    morning = at("2026-02-03 23:00:00.001")
    assert ask(asked) == [(1.0, closing), (1.0, morning), (0.0, morning)]
