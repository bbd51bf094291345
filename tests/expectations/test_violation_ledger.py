"""Fifteen nights in which leads break, mend, break again, get waived, merge and vanish."""

import json
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.expectations.company import AS_OF, Company, lead
from tests.expectations.signed import agree, rule, version

RULES = {"reachable": "email", "owned": "owner_id"}
FIRST = datetime(2026, 11, 1, 20)
WAIVERS: list[dict[str, Any]] = [
    {"rule": "reachable", "lead": "3", "until": date(2026, 11, 6), "reason": "Trade fair"},
    {
        "rule": "reachable",
        "lead": "5",
        "from": date(2026, 11, 5),
        "until": date(2026, 11, 30),
        "reason": "Import",
    },
    {"rule": "owned", "lead": "5", "until": date(2026, 11, 9), "reason": "New team"},
]
Row = tuple[Any, ...]


@dataclass
class Spell:
    """The reference's idea of one row."""

    lead_id: str
    rule: str
    first: datetime
    last: datetime
    reopened: bool
    resolved: datetime | None = None
    waived: date | None = None
    observed: str = ""
    owner: str | None = None

    def row(self) -> Row:
        return (
            self.lead_id,
            self.rule,
            self.first,
            self.last,
            self.resolved,
            self.reopened,
            self.waived,
            self.observed,
            self.owner,
        )


@dataclass
class Reference:
    """The ledger kept lead by lead in plain Python, as a person would keep it on paper."""

    spells: list[Spell] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)

    def night(self, now: datetime, leads: dict[str, dict[str, Any]], merged: dict[str, str]) -> None:
        self.merged = merged
        for spell in self.spells:
            spell.lead_id = merged.get(spell.lead_id, spell.lead_id)
        self.spells = [spell for spell in self.spells if spell.lead_id in leads]
        for lead_id, one in leads.items():
            for name, column in RULES.items():
                self._one(
                    now,
                    one,
                    name,
                    column,
                    is_broken=one[column] is None and not one["is_archived"],
                    lead_id=lead_id,
                )

    def _one(
        self, now: datetime, one: dict[str, Any], name: str, column: str, *, is_broken: bool, lead_id: str
    ) -> None:
        mine = [s for s in self.spells if (s.lead_id, s.rule) == (lead_id, name)]
        running = sorted((s for s in mine if s.resolved is None), key=lambda s: s.first)
        for doubled in running[1:]:
            doubled.resolved = now
        if not is_broken:
            for spell in running[:1]:
                spell.resolved = now
            return
        if not running:
            running = [Spell(lead_id, name, now, now, reopened=bool(mine))]
            self.spells.append(running[0])
        spell = running[0]
        spell.last, spell.owner = now, one["owner_id"]
        spell.observed = json.dumps({column: one[column]})
        spell.waived = _waived(name, one, (now + timedelta(hours=10)).date(), self.merged)


def _waived(name: str, one: dict[str, Any], today: date, merged: dict[str, str]) -> date | None:
    ends = [
        waiver["until"]
        for waiver in WAIVERS
        if waiver["rule"] == name
        and waiver.get("from", today) <= today
        and merged.get(waiver["lead"], waiver["lead"]) == one["lead_id"]
    ]
    return max(ends, default=None)


def _lives(dice: random.Random, leads: dict[str, dict[str, Any]]) -> None:
    for lead_id, one in leads.items():
        if dice.random() < 0.4:
            one["email"] = None if one["email"] else f"{lead_id}@example.com"
        if dice.random() < 0.3:
            one["owner_id"] = None if one["owner_id"] else "7"


@pytest.mark.parametrize("seed", [1, 2])
def test_fifteen_nights_equal_the_reference_row_by_row(company: Company, seed: int) -> None:
    rules = {
        "marketing_qualified_lead": [rule(name, f"{column} is not null") for name, column in RULES.items()]
    }
    signed = agree(company.root, version("v1", "2026-01-01", rules, WAIVERS))
    dice, reference = random.Random(seed), Reference()
    leads = {str(number): lead(str(number)) for number in range(1, 17)}
    merged: dict[str, str] = {}
    for number in range(15):
        now = FIRST + timedelta(days=number)
        _lives(dice, leads)
        if number in {4, 8, 11}:  # two people turn out to be one
            loser, winner = dice.sample(sorted(leads), 2)
            merged = {lost: winner if won == loser else won for lost, won in merged.items()} | {loser: winner}
            del leads[loser]
        if number == 6:  # deleted, with whatever it broke
            leads[sorted(leads)[0]]["is_archived"] = True
        if number == 9:  # deleted for privacy
            del leads[sorted(leads)[1]]
        company.night(leads.values(), run_id=f"run-{number:02}")
        _record_merges(company, merged)
        company.check(signed, now, f"run-{number:02}")
        reference.night(now, leads, merged)
        assert _ledger(company) == sorted((s.row() for s in reference.spells), key=_order), f"night {number}"
    assert any(spell.reopened for spell in reference.spells)


def test_the_same_night_twice_changes_nothing(company: Company) -> None:
    signed = agree(
        company.root, version("v1", "2026-01-01", {"lead": [rule("reachable", "email is not null")]})
    )
    people = [lead("1", email=None), lead("2"), lead("3", email=None)]
    company.night(people)
    company.check(signed, AS_OF - timedelta(days=1))
    people[0]["email"], people[1]["email"] = "1@example.com", None
    company.night(people)
    company.check(signed, AS_OF)
    once = company.sql("select * from audit.lead_quality_violations order by all")
    results = company.sql("select * from audit.rule_results order by all")
    company.check(signed, AS_OF)
    assert company.sql("select * from audit.lead_quality_violations order by all") == once
    assert company.sql("select * from audit.rule_results order by all") == results
    assert len(once) == len({row[0] for row in once}) == 3


def test_a_night_done_again_with_other_data_leaves_no_trace_of_the_first_attempt(company: Company) -> None:
    signed = agree(
        company.root, version("v1", "2026-01-01", {"lead": [rule("reachable", "email is not null")]})
    )
    company.night([lead("1", email=None), lead("2")])
    company.check(signed, AS_OF - timedelta(days=1))
    company.night([lead("1"), lead("2", email=None)])
    company.check(signed, AS_OF)
    company.night([lead("1", email=None), lead("2")])
    company.check(signed, AS_OF)
    rows = company.sql("select lead_id, last_seen_at, resolved_at from audit.lead_quality_violations")
    assert rows == [("1", AS_OF, None)]


def test_an_earlier_night_leaves_the_ledger_alone_and_says_so(company: Company) -> None:
    signed = agree(
        company.root, version("v1", "2026-01-01", {"lead": [rule("reachable", "email is not null")]})
    )
    company.night([lead("1", email=None)])
    company.check(signed, AS_OF)
    before = company.sql("select * from audit.lead_quality_violations")
    outcome = company.check(signed, AS_OF - timedelta(days=3))
    assert company.sql("select * from audit.lead_quality_violations") == before
    assert any("ledger of violations already speaks of" in text for text in outcome.refusals)


def _record_merges(company: Company, merged: dict[str, str]) -> None:
    company.sql("delete from raw_hubspot.merged_records")
    for loser, winner in merged.items():
        company.sql("insert into raw_hubspot.merged_records values ('contacts', ?, ?)", loser, winner)


def _ledger(company: Company) -> list[Row]:
    rows = company.sql(
        "select lead_id, rule, first_seen_at, last_seen_at, resolved_at, reopened, waived_until, observed,"
        " owner_id from audit.lead_quality_violations"
    )
    return sorted(rows, key=_order)


def _order(row: Row) -> str:
    return repr(row)
