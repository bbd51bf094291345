"""Calendars: hours that make sense, and owners on calendars that are there."""

from agreement.checks.names import once, unknown
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems
from agreement.words import DAYS

HOUR = 60
DAY_MINUTES = 24 * HOUR


def check(agreement: Mapping, problems: Problems) -> None:
    """Every calendar, and every line of `owner_calendars`."""
    calendars = agreement.part("calendars")
    for name, calendar in calendars.values.items():
        if isinstance(calendar, Mapping):
            _hours(name, calendar, problems)
    owners = agreement.part("owner_calendars")
    for name in owners.values:
        if name not in calendars.keys:
            unknown(owners.keys[name], "calendar", sorted(calendars.keys), problems)
    listed = [(owner, f"the calendar '{name}'") for name in owners.values for owner in owners.scalars(name)]
    once(listed, "one calendar for each team or owner", problems)


def _hours(name: str, calendar: Mapping, problems: Problems) -> None:
    opens, closes = calendar.text("open"), calendar.text("close")
    if opens is None or closes is None:
        return
    start, end = _minutes(opens), _minutes(closes) or DAY_MINUTES
    closed = DAY_MINUTES - (end - start)
    if start >= end:
        problems.add(
            calendar.values["close"],
            f"The calendar '{name}' closes at {closes} and opens at {opens}.",
            "a closing time after the opening time, on the same day",
            example='open: "09:00", close: "17:00"',
        )
    elif 0 < closed < HOUR and _runs_on(calendar):
        problems.add(
            calendar.values["close"],
            f"The calendar '{name}' is closed for only {closed} minutes between two open days.",
            "an hour or more, or round the clock",
            example='open: "00:00", close: "24:00"',
        )


def _runs_on(calendar: Mapping) -> bool:
    """Whether two days that follow each other are open."""
    days = {day.text for day in calendar.scalars("days")}
    return any({day, DAYS[(place + 1) % 7]} <= days for place, day in enumerate(DAYS))


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * HOUR + int(minutes)


def teams(agreement: Mapping) -> list[str]:
    """All teams that the agreement names, in order."""
    listed: list[Scalar] = list(agreement.scalars("unassigned_owners"))
    for group in (agreement.part("departments"), agreement.part("owner_calendars")):
        listed += [owner for name in group.values for owner in group.scalars(name)]
    names = (owner.text.partition(":")[2].strip() for owner in listed if owner.text.startswith("team:"))
    return sorted(set(names))
