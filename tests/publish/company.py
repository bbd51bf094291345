"""A small company written straight into a warehouse: enough of a story for every section of the report.

Seeded, so that the same call fills the same tables. Some of its names are hostile on purpose.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from tests.publish.ddl import TABLES

AS_OF = datetime(2026, 11, 24, 20)
STAGES = [
    "contact",
    "lead",
    "marketing_qualified_lead",
    "sales_qualified_lead",
    "opportunity",
    "customer",
    "promoter",
]
GO_ON = [0.72, 0.55, 0.48, 0.6, 0.42, 0.2]
HOSTILE = "<script>alert('x')</script> & \"Söhne\" {{ 7 * 7 }}"
OWNERS = [
    ("101", "Kiri Walker", "NZ Sales"),
    ("102", "Tom O'Brien", "AU Sales"),
    ("103", HOSTILE, "AU Sales"),
    ("104", "Aroha Ngata", "NZ Sales"),
]
SEGMENTS = ["enterprise", "mid_market", "small_business"]
SOURCES = ["paid", "organic", "direct", "outbound"]
REASONS = ["No budget", "Wrong person", "Too small", HOSTILE, None]
RESPONSES = {"demo": ("hot_response", 30), "download": ("first_response", 240)}


@dataclass
class Company:
    """Rows by table, filled lead by lead."""

    chance: random.Random
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add_lead(self, number: int) -> None:
        """One person: how far they got, what sales did with them, what they bought."""
        lead, pick = f"{7000 + number}", self.chance
        owner = pick.choice(OWNERS)
        segment, source, kind = pick.choice(SEGMENTS), pick.choice(SOURCES), pick.choice(list(RESPONSES))
        born = AS_OF - timedelta(minutes=pick.randrange(60, 520 * 24 * 60))
        entered = self._stages(lead, born)
        excluded = "internal" if number % 97 == 0 else None
        became = [entered.get(stage) for stage in STAGES]
        stage = [stage for stage in STAGES if stage in entered][-1]
        handed_off = entered.get("marketing_qualified_lead")
        if handed_off and not excluded:
            self._handoff(lead, owner[0], handed_off, entered, (segment, source, kind))
        self.rows["marts.leads"].append(
            (
                lead,
                "hubspot",
                stage,
                entered[stage],
                *became,
                None,
                *owner,
                segment,
                kind,
                source,
                "Australia",
            )
            + (
                f"{HOSTILE} Pty" if number % 5 == 0 else f"Company {number}",
                f"Person{number}@Secret.Example ",
            )
            + (f"+61 400 {number:06}", None, born, False, excluded, None, "", 40 * number % 900, 50, "Demo")
        )

    def _stages(self, lead: str, born: datetime) -> dict[str, datetime]:
        entered, now = {}, born
        for rank, stage in enumerate(STAGES):
            entered[stage] = now
            now = now + timedelta(minutes=self.chance.randrange(30, 20 * 24 * 60))
            if rank == len(GO_ON) or self.chance.random() > GO_ON[rank] or now > AS_OF:
                break
        instants = list(entered.items())
        for rank, (stage, at) in enumerate(instants):
            left = instants[rank + 1][1] if rank + 1 < len(instants) else None
            row = (
                lead,
                stage,
                rank,
                at,
                left,
                left is None,
                "forward" if rank else "start",
                0,
                None,
                "history",
            )
            self.rows["marts.lifecycle_stages"].append(row)
        return entered

    def _handoff(
        self, lead: str, owner: str, at: datetime, entered: dict[str, datetime], kinds: tuple[str, str, str]
    ) -> None:
        pick = self.chance
        commitment, minutes = RESPONSES[kinds[2]]
        due = at + timedelta(minutes=minutes)
        response = round(pick.lognormvariate(0, 1) * minutes * 0.4, 2)
        touched = at + timedelta(minutes=response)
        touched_at = touched if touched <= AS_OF and pick.random() < 0.95 else None
        status = "met" if touched_at and touched_at <= due else "open" if due > AS_OF else "breached"
        accepted = entered.get("sales_qualified_lead")
        verdict = "accepted" if accepted else "pending" if at > AS_OF - timedelta(days=9) else "rejected"
        decided = accepted or (at + timedelta(days=3) if verdict == "rejected" else None)
        reason = pick.choice(REASONS) if verdict == "rejected" else None
        self.rows["marts.lead_handoffs"].append(
            (f"h{lead}", lead, at, at + timedelta(minutes=4), pick.random() * 30, owner, owner, *kinds)
            + ("2026-Q3", commitment, touched_at, "call" if touched_at else None)
            + (response if touched_at else None, due, status, pick.randrange(0, 7))
            + (pick.choice(["met", "met", "breached", "not_required"]), verdict, decided, owner, reason)
            + (
                pick.choice(["met", "met", "breached"]),
                entered.get("opportunity"),
                entered.get("customer"),
                None,
            )
        )

    def add_compliance(self, commitments: list[tuple[str, str, float]]) -> None:
        """Twelve months of `(commitment, department, target)`, with slices; the last month is running."""
        months = [date(2025 + (m // 12), m % 12 + 1, 1) for m in range(11, 23)]
        for name, department, target in commitments:
            for start in months:
                self._period(name, department, target, start)

    def _period(self, name: str, department: str, target: float, start: date) -> None:
        end = (start + timedelta(days=32)).replace(day=1)
        running = end > AS_OF.date()
        for part in ("all", "segment=enterprise", f"team={OWNERS[0][2]}", f"owner={OWNERS[2][0]}"):
            actual: float | None = round(target * self.chance.uniform(0.85, 1.1), 3)
            actual = min(actual, 1.0) if actual is not None and target <= 1 else actual
            if name == "promoters" and start.month % 2:
                actual = None
            kept = actual is not None and actual >= target
            words = ("on_track", "at_risk") if running else ("met", "missed")
            status = None if actual is None else words[0] if kept else words[1]
            goal = None if target > 1 and part != "all" else target
            self.rows["marts.sla_compliance"].append(
                (name, department, "2026-Q3", start, end - timedelta(days=1), part, goal, actual)
                + (40, actual / target if actual is not None and goal else None)
                + (status if goal else None, running, AS_OF)
            )

    def write(self, file: str) -> None:
        """Create the tables in the DuckDB file and fill them."""
        with duckdb.connect(file) as connection:
            connection.execute("create schema if not exists marts; create schema if not exists audit")
            for name, columns in TABLES.items():
                connection.execute(f"create or replace table {name} ({columns})")
                if self.rows[name]:
                    places = ", ".join("?" for _ in self.rows[name][0])
                    connection.executemany(f"insert into {name} values ({places})", self.rows[name])
            connection.execute("comment on table marts.leads is 'One row per lead.'")
            connection.execute("comment on column marts.leads.lead_id is 'The CRM''s id.'")
