"""The signed numbers, as the truth needs them: read from agreement.yml by a reader of its own.

Conditions are matched by their exact text to what they mean here: another text is another agreement, and
fails loudly instead of being judged by the wrong words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from sandbox.business_time import Calendar
from sandbox.instants import HOUR, MINUTE, from_iso
from sandbox.judging.facts import Facts

SIGNED = Path(__file__).parent.parent / "agreement.yml"
Condition = Callable[[Facts], bool | None]
_KNOWN_COUNTRIES = {"Australia", "New Zealand", "Fiji", "Singapore"}
CONDITIONS: dict[str, Condition] = {
    "email is not null or phone is not null": lambda it: it.email is not None or it.phone is not None,
    "employees is not null": lambda it: it.employees is not None,
    "employees is null": lambda it: it.employees is None,
    "lead_score >= 40": lambda it: it.score >= 40,
    "lead_score >= 50": lambda it: it.score >= 50,
    "country in ('Australia', 'New Zealand', 'Fiji', 'Singapore')": lambda it: it.country in _KNOWN_COUNTRIES,
    "owner_id is not null": lambda it: it.owner_id is not None,
    "company_name is not null": lambda it: it.company_name is not None,
    "lead_type = 'demo'": lambda it: it.lead_type == "demo",
    "lead_type = 'download'": lambda it: it.lead_type == "download",
}


@dataclass(frozen=True)
class Within:
    """A delay of business time: so many milliseconds, or so many days of the calendar that applies."""

    amount: int
    unit: str

    @classmethod
    def read(cls, text: str) -> "Within":
        """From `30 business minutes` and the like.

        Raises:
            ValueError: it is no business time.
        """
        amount, business, unit = text.split()
        if business != "business":
            raise ValueError(f"'{text}' is not business time.")
        return cls(int(amount), unit.rstrip("s"))

    def on(self, calendar: Calendar) -> int:
        """In open milliseconds of a calendar."""
        return self.amount * {"minute": MINUTE, "hour": HOUR, "day": calendar.daily}[self.unit]


@dataclass(frozen=True)
class Promise:
    """One commitment about handoffs. `attempts` and `across_days` are a follow-up's."""

    name: str
    within: Within
    where: Condition | None = None
    clock_starts: str = "handoff"
    attempts: int = 1
    across_days: int = 1


@dataclass(frozen=True)
class Rule:
    """One line of a definition."""

    name: str
    stage: str
    must: Condition


@dataclass(frozen=True)
class Version:
    """What holds from `effective_from` (milliseconds) on."""

    name: str
    effective_from: int
    responses: tuple[Promise, ...]
    follow_up: Promise | None
    verdict: Promise | None
    routing: Promise | None
    rules: tuple[Rule, ...]


def read_terms(file: Path = SIGNED) -> tuple[Version, ...]:
    """All versions, in order of effect.

    Raises:
        KeyError: a condition is not among the ones whose meaning is known here.
    """
    signed = yaml.safe_load(file.read_text(encoding="utf-8"))
    zone = ZoneInfo(signed["timezone"])
    return tuple(
        sorted((_version(each, zone) for each in signed["versions"]), key=lambda it: it.effective_from)
    )


def _version(signed: dict[str, Any], zone: ZoneInfo) -> Version:
    day = datetime.fromisoformat(str(signed["effective_from"])).replace(tzinfo=zone)
    lines = [line for party in signed["commitments"].values() for line in party]
    return Version(
        name=signed["version"],
        effective_from=from_iso(day.isoformat()),
        responses=tuple(_promise(line, "respond_within") for line in lines if "respond_within" in line),
        follow_up=next((_promise(line, "within") for line in lines if "attempts" in line), None),
        verdict=next((_promise(line, "decide_within") for line in lines if "decide_within" in line), None),
        routing=next((_promise(line, "assign_within") for line in lines if "assign_within" in line), None),
        rules=tuple(
            Rule(rule["rule"], stage, CONDITIONS[rule["must"]])
            for stage, rules in signed["definitions"].items()
            for rule in rules
        ),
    )


def _promise(line: dict[str, Any], key: str) -> Promise:
    return Promise(
        name=line["commitment"],
        within=Within.read(line[key]),
        where=CONDITIONS[line["where"]] if "where" in line else None,
        clock_starts=line.get("clock_starts", "handoff"),
        attempts=line.get("attempts", 1),
        across_days=line.get("across_days", 1),
    )
