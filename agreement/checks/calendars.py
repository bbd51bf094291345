"""Calendars: hours that make sense, and owners on calendars that are there."""

from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems, nearest

HOUR = 60
DAY_MINUTES = 24 * HOUR
IN_ORDER = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check(agreement: Mapping, problems: Problems) -> None:
    """Every calendar, and every line of `owner_calendars`."""
    calendars = agreement.part("calendars")
    for name, calendar in calendars.values.items():
        if isinstance(calendar, Mapping):
            _hours(name, calendar, problems)
    known = set(calendars.keys)
    seen: dict[str, str] = {}
    owners = agreement.part("owner_calendars")
    for name in owners.values:
        if name not in known:
            problems.add(
                owners.keys[name],
                f"`owner_calendars` names the calendar '{name}', which there is not.",
                f"one of: {', '.join(sorted(known))}",
                nearest=nearest(name, known),
            )
        for owner in owners.scalars(name):
            if owner.text in seen:
                problems.add(
                    owner,
                    f"'{owner.text}' is on the calendar '{name}' and already on '{seen[owner.text]}'.",
                    "one calendar for each team or owner",
                )
            seen[owner.text] = name


def _hours(name: str, calendar: Mapping, problems: Problems) -> None:
    opens, closes = calendar.text("open"), calendar.text("close")
    if opens is None or closes is None:
        return
    start, end = _minutes(opens), _minutes(closes) or DAY_MINUTES
    at = calendar.values["close"]
    if start >= end:
        problems.add(
            at,
            f"The calendar '{name}' closes at {closes} and opens at {opens}.",
            "a closing time after the opening time of the same day",
            example='close: "17:00"',
        )
        return
    closed = DAY_MINUTES - (end - start)
    if 0 < closed < HOUR and _runs_on(calendar):
        problems.add(
            at,
            f"The calendar '{name}' is closed for only {closed} minutes between two open days.",
            'an hour or more, or round the clock: open: "00:00", close: "24:00"',
        )


def _runs_on(calendar: Mapping) -> bool:
    """Whether two days that follow each other are open."""
    days = {day.text for day in calendar.scalars("days")}
    return any(day in days and IN_ORDER[(place + 1) % 7] in days for place, day in enumerate(IN_ORDER))


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * HOUR + int(minutes)


def teams(agreement: Mapping) -> set[str]:
    """All teams that the agreement names."""
    listed: list[Scalar] = list(agreement.scalars("unassigned_owners"))
    for group in (agreement.part("departments"), agreement.part("owner_calendars")):
        listed += [owner for name in group.values for owner in group.scalars(name)]
    return {owner.text.partition(":")[2].strip() for owner in listed if owner.text.startswith("team:")}
