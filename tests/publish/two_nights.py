"""A small company on two evenings, and what befell each of its leads in between: the truth to find again."""

import copy
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

BEFORE, AFTER = datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 20)
MONTH = date(2026, 11, 1)
CAUSES = ("merged", "deleted", "corrected", "late", "new", "agreement")
SHARE, COUNT = "first_response", "new_customers"
TABLES = {
    "leads": """
        lead_id varchar, segment varchar, source varchar, lead_type varchar, excluded_because varchar,
        quarantined_by varchar, merged_ids varchar, is_archived boolean, created_at timestamp,
        employees bigint, country varchar
    """,
    "lifecycle_stages": "lead_id varchar, stage varchar, entered_at timestamp",
    "touches": """
        touch_id varchar, lead_id varchar, touched_at timestamp, logged_at timestamp, owner_id varchar
    """,
    "deals": """
        deal_id varchar, lead_id varchar, amount decimal(18, 2), created_at timestamp,
        closed_at timestamp, is_closed boolean, is_won boolean, is_archived boolean
    """,
    "lead_handoffs": "handoff_id varchar, lead_id varchar, verdict varchar, verdict_at timestamp",
    "lead_clocks": """
        clock_id varchar, lead_id varchar, commitment varchar, status varchar, due_at timestamp
    """,
    "lead_owners": "lead_id varchar, owner_id varchar, owned_from timestamp, owner_team varchar",
    "sla_parts": """
        commitment varchar, period_start date, lead_id varchar, segment varchar, source varchar,
        lead_type varchar, owner_id varchar, team varchar, part decimal(28, 6), eligible bigint
    """,
    "sla_compliance": """
        commitment varchar, period_start date, slice varchar, actual decimal(28, 6), eligible bigint
    """,
}
Row = dict[str, Any]


@dataclass
class Lead:
    """`answers` are its handoffs under the share, kept or not; `won`: it became a customer this month."""

    lead_id: str
    employees: int
    answers: list[bool]
    won: bool
    merged: list[str] = field(default_factory=list)
    touches: dict[str, datetime] = field(default_factory=dict)
    entered: list[datetime] = field(default_factory=list)
    created_at: datetime = BEFORE - timedelta(days=9)

    @property
    def segment(self) -> str:
        return "large" if self.employees >= 250 else "small"

    def parts(self) -> list[tuple[str, Decimal, int]]:
        """Commitment, part and eligible; what the figures are summed from."""
        share = [(SHARE, Decimal(sum(self.answers)), len(self.answers))] if self.answers else []
        return share + ([(COUNT, Decimal(1), 0)] if self.won else [])


@dataclass
class Evenings:
    """The leads before and after, and each changed lead's cause."""

    before: dict[str, Lead]
    after: dict[str, Lead]
    causes: dict[str, str]


def made_up(seed: int, *, signed_anew: bool) -> Evenings:
    """Some leads of thirty meet a fate; with `signed_anew` the agreement changed too."""
    chance = random.Random(seed)
    before = {
        str(n): Lead(
            str(n), chance.choice((10, 300)), [chance.random() < 0.6] * chance.randrange(3), n % 7 == 0
        )
        for n in range(30)
    }
    evenings = Evenings(before, copy.deepcopy(before), {})
    fates = [_merge, _delete, _correct, _log_late, _go_on, _arrive, *([_judge_anew] if signed_anew else [])]
    left = sorted(before)
    chance.shuffle(left)
    for fate in fates * 2:
        fate(evenings, left.pop(), left)
    return evenings


def _merge(evenings: Evenings, loser: str, left: list[str]) -> None:
    winner = evenings.after[left.pop()]
    winner.answers = winner.answers + evenings.after.pop(loser).answers[:1]
    winner.merged = [loser]
    evenings.causes |= {loser: "merged", winner.lead_id: "merged"}


def _delete(evenings: Evenings, lead: str, _: list[str]) -> None:
    del evenings.after[lead]
    evenings.causes[lead] = "deleted"


def _correct(evenings: Evenings, lead: str, _: list[str]) -> None:
    """A corrected lead that also got a new touch is a corrected one: the first cause counts."""
    now = evenings.after[lead]
    now.employees, now.answers = 310 - now.employees, [*now.answers, True]
    now.touches = {f"t{lead}": AFTER - timedelta(hours=1)}
    evenings.causes[lead] = "corrected"


def _log_late(evenings: Evenings, lead: str, _: list[str]) -> None:
    now = evenings.after[lead]
    now.answers, now.touches = [*now.answers, True], {f"t{lead}": BEFORE - timedelta(hours=3)}
    evenings.causes[lead] = "late"


def _go_on(evenings: Evenings, lead: str, _: list[str]) -> None:
    now = evenings.after[lead]
    now.won, now.touches = not now.won, {f"t{lead}": AFTER - timedelta(hours=2)}
    now.answers, now.entered = [*now.answers, False], [AFTER - timedelta(hours=2)]
    evenings.causes[lead] = "new"


def _arrive(evenings: Evenings, lead: str, _: list[str]) -> None:
    came = Lead(f"n{lead}", 300, [True], won=True, created_at=AFTER - timedelta(hours=5))
    evenings.after[came.lead_id] = came
    evenings.causes[came.lead_id] = "new"


def _judge_anew(evenings: Evenings, lead: str, _: list[str]) -> None:
    now = evenings.after[lead]
    now.answers = [not kept for kept in now.answers] or [False]
    evenings.causes[lead] = "agreement"


def rows(leads: dict[str, Lead]) -> dict[str, list[Row]]:
    """One evening's marts."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for lead in leads.values():
        kinds = {"lead_id": lead.lead_id, "segment": lead.segment}
        found["leads"].append(
            kinds
            | {"employees": lead.employees, "created_at": lead.created_at, "is_archived": False}
            | {"merged_ids": ";".join(lead.merged) or None}
        )
        found["touches"] += [
            {"touch_id": touch, "lead_id": lead.lead_id, "touched_at": at, "logged_at": AFTER}
            for touch, at in lead.touches.items()
        ]
        found["lifecycle_stages"] += [
            {"lead_id": lead.lead_id, "stage": "customer", "entered_at": at} for at in lead.entered
        ]
        found["sla_parts"] += [
            kinds | {"commitment": name, "period_start": MONTH, "part": part, "eligible": eligible or None}
            for name, part, eligible in lead.parts()
        ]
    for (commitment, part), value in figures(leads).items():
        eligible = 1 if commitment == SHARE else None
        found["sla_compliance"].append(
            {
                "commitment": commitment,
                "period_start": MONTH,
                "slice": part,
                "actual": value,
                "eligible": eligible,
            }
        )
    return found


def figures(leads: dict[str, Lead]) -> dict[tuple[str, str], Decimal | None]:
    """Each commitment's actual, in all and by segment: to the millionth, null with nothing eligible."""
    found: dict[tuple[str, str], Decimal | None] = {}
    for part in ("all", "segment=large", "segment=small"):
        counted = [
            one
            for lead in leads.values()
            if part in ("all", f"segment={lead.segment}")
            for one in lead.parts()
        ]
        kept = sum((n for name, n, _ in counted if name == SHARE), Decimal(0))
        eligible = sum(n for name, _, n in counted if name == SHARE)
        found[SHARE, part] = round(kept / eligible, 6) if eligible else None
        found[COUNT, part] = sum((n for name, n, _ in counted if name == COUNT), Decimal(0))
    return found
