"""How figures, instants and names read in the report. Every function takes None and shows a dash."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

NOTHING = "–"
CAPITALS = {word: word.upper() for word in ("ai", "crm", "kpi", "mql", "sla", "sql")}
ABBREVIATIONS = CAPITALS | {"mqls": "MQLs", "sqls": "SQLs"}
Number = int | float | Decimal


def words(name: str | None) -> str:
    """`first_response` as people write it: First response."""
    spaced = lower_words(name)
    return spaced[:1].upper() + spaced[1:]


def lower_words(name: str | None) -> str:
    """As `words`, for the middle of a sentence. Trade abbreviations keep their capitals: MQL acceptance."""
    spaced = (name or NOTHING).replace("_", " ").strip()
    return " ".join(ABBREVIATIONS.get(word, word) for word in spaced.split(" "))


def plural(name: str) -> str:
    """Several of a stage: opportunities, sales qualified leads."""
    spaced = lower_words(name)
    if spaced.endswith("y") and spaced[-2:-1] not in "aeiou":
        return f"{spaced[:-1]}ies"
    return spaced if spaced.endswith("s") else f"{spaced}s"


def number(value: Number | None, digits: int = 0) -> str:
    """1,234 or, with digits, 1,234.5."""
    return NOTHING if value is None else f"{value:,.{digits}f}"


def percent(share: Number | None) -> str:
    """A fraction of 1 as 95.2%; 100% and 0% stay whole, and nothing short of all is rounded up to 100%."""
    if share is None:
        return NOTHING
    hundredths = float(share) * 100
    text = f"{hundredths:.1f}"
    if text == "100.0" and hundredths < 100:
        return "99.9%"
    return f"{text.removesuffix('.0')}%"


def points(change: Number | None) -> str:
    """A change of a share in percentage points, signed: +1.2 pts."""
    if change is None:
        return NOTHING
    rounded = round(float(change) * 100, 1)
    return f"{rounded:+.1f} pts".replace("-", "−") if rounded else "±0 pts"


def signed(change: Number | None) -> str:
    """A change of a count: +12, −3, ±0."""
    if change is None:
        return NOTHING
    return f"{change:+,.0f}".replace("-", "−") if change else "±0"


def duration(minutes: Number | None) -> str:
    """A length of time given in minutes: 42 min, 3 h 5 min, 2 d 4 h."""
    if minutes is None:
        return NOTHING
    whole = round(abs(float(minutes)))
    sign = "−" if minutes < 0 and whole else ""
    days, rest = divmod(whole, 1440)
    hours, left = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (left, "min")] if days < 1 else [(days, "d"), (hours, "h")]
    shown = " ".join(f"{amount} {unit}" for amount, unit in parts if amount)
    return sign + (shown or "0 min")


def business(minutes: Number | None) -> str:
    """A length of business time: 42 min, 3 h 5 min, 24 h. Not in days: calendars differ in those."""
    if minutes is None:
        return NOTHING
    hours, left = divmod(round(float(minutes)), 60)
    shown = " ".join(f"{amount} {unit}" for amount, unit in ((hours, "h"), (left, "min")) if amount)
    return shown or "0 min"


def day(value: date | None) -> str:
    """24 Nov 2026."""
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"


def instant(value: datetime | None, timezone: str) -> str:
    """A UTC instant at local time: 25 Nov 2026, 06:00."""
    if value is None:
        return NOTHING
    local = value.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%b %Y, %H:%M}"


def period(start: date, end: date) -> str:
    """A period by its first and last day: Oct 2026, Q3 2026, 2026, or the week of 5 Oct 2026."""
    days = (end - start).days + 1
    if days <= 7:
        return f"week of {day(start)}"
    if days <= 31:
        return f"{start:%b %Y}"
    return f"Q{(start.month + 2) // 3} {start.year}" if days <= 92 else str(start.year)


def observed(values: str | None) -> str:
    """What a rule saw, stored as a JSON object, as a list: lead score 25, employees nothing."""
    try:
        seen = json.loads(values or "")
    except ValueError:
        return values or NOTHING
    if not isinstance(seen, dict):
        return str(values)
    return ", ".join(f"{lower_words(name)} {_seen(value)}" for name, value in seen.items()) or NOTHING


def _seen(value: object) -> str:
    if value is None:
        return "nothing"
    text = str(value)
    return f"{text[:12]}…" if re.fullmatch(r"[0-9a-f]{64}", text) else text


def slug(*parts: str | None) -> str:
    """An anchor made of names; letters and digits only, so that nothing can break out of it."""
    return "-".join(re.sub(r"[^a-z0-9]+", "-", (part or "none").lower()).strip("-") or "x" for part in parts)
