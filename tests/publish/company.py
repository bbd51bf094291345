"""A small company written straight into a warehouse: enough of a story for every section of the report.

Seeded, so that the same call fills the same tables. Some of its names are hostile on purpose.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

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
GO_ON = [0.72, 0.55, 0.48, 0.6, 0.42, 0.2, 0.0]
HOSTILE = "<script>alert('x')</script> & \"Söhne\" {{ 7 * 7 }}"
OWNERS = {
    "101": ("Kiri Walker", "NZ Sales"),
    "102": ("Tom O'Brien", "AU Sales"),
    "103": (HOSTILE, "AU Sales"),
}
SEGMENTS, SOURCES = ["enterprise", "mid_market", "small_business"], ["paid", "organic", "direct", "outbound"]
REASONS = ["No budget", "Wrong person", "Too small", HOSTILE, None]
RESPONSES = {"demo": ("hot_response", 30), "pricing": ("first_response", 240)}
Row = dict[str, Any]


def _as_arrow(rows: list[Row]) -> pa.Table:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: [row.get(name) for row in rows] for name in names})


@dataclass
class Company:
    """Rows by table, filled lead by lead from one seeded chance."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add_leads(self, count: int) -> None:
        """Leads 7000 and up: how far each got, and what sales did with it."""
        for number in range(count):
            self._add_lead(number)

    def write(self, file: Path) -> None:
        """Create every table in the DuckDB file anew, and fill it."""
        with duckdb.connect(str(file)) as connection:
            connection.execute("create schema if not exists marts; create schema if not exists audit")
            for name, columns in TABLES.items():
                connection.execute(f"create or replace table {name} ({columns})")
                if self.rows[name]:
                    arrow = _as_arrow(self.rows[name])
                    connection.register("arrow", arrow)
                    connection.execute(f"insert into {name} by name select * from arrow")
            connection.execute("comment on table marts.leads is 'One row per lead.'")
            connection.execute("comment on column marts.leads.lead_id is 'The CRM''s id.'")

    def _add_lead(self, number: int) -> None:
        pick, owner_id = self.chance, self.chance.choice(list(OWNERS))
        kinds = {
            "segment": pick.choice(SEGMENTS),
            "source": pick.choice(SOURCES),
            "lead_type": pick.choice(list(RESPONSES)),
        }
        lead = {"lead_id": f"{7000 + number}", "owner_id": owner_id, **kinds}
        entered = self._stages(lead["lead_id"], AS_OF - timedelta(minutes=pick.randrange(60, 748_800)))
        excluded = "internal" if number % 97 == 0 else None
        if "marketing_qualified_lead" in entered and not excluded:
            self._add_handoff(lead, entered)
        name, team = OWNERS[owner_id]
        self.rows["marts.leads"].append(
            lead
            | {f"became_{stage}_at": at for stage, at in entered.items()}
            | {"crm": "hubspot", "owner_name": name, "owner_team": team, "stage": list(entered)[-1]}
            | {"company_name": f"{HOSTILE} Pty" if number % 5 == 0 else f"Company {number}"}
            | {"email": f" Person{number}@Secret.Example ", "phone": f"+61 400 {number:06}"}
            | {"created_at": entered["contact"], "excluded_because": excluded, "employees": number % 900}
            | {"quarantined_by": "sql_has_owner" if number % 211 == 1 else None}
        )

    def _stages(self, lead_id: str, born: datetime) -> dict[str, datetime]:
        entered, now = {}, born
        for stage, share in zip(STAGES, GO_ON, strict=True):
            entered[stage] = now
            now += timedelta(minutes=self.chance.randrange(30, 28_800))
            if self.chance.random() > share or now > AS_OF:
                break
        left = [*list(entered.values())[1:], None]
        for rank, (stage, at) in enumerate(entered.items()):
            self.rows["marts.lifecycle_stages"].append(
                {"lead_id": lead_id, "stage": stage, "stage_rank": rank, "entered_at": at}
                | {"exited_at": left[rank], "is_current": left[rank] is None, "evidence": "history"}
            )
        return entered

    def _add_handoff(self, lead: Row, entered: dict[str, datetime]) -> None:
        pick, at = self.chance, entered["marketing_qualified_lead"]
        if pick.random() < 0.08 and "sales_qualified_lead" not in entered:
            at = AS_OF - timedelta(minutes=pick.randrange(5, 900))
        accepted = entered.get("sales_qualified_lead")
        verdict = "accepted" if accepted else "pending" if at > AS_OF - timedelta(days=9) else "rejected"
        self.rows["marts.lead_handoffs"].append(
            lead
            | {
                "handoff_id": f"h{lead['lead_id']}",
                "handed_off_at": at,
                "accountable_owner_id": lead["owner_id"],
            }
            | {"assigned_at": at + timedelta(minutes=4), "routing_minutes": pick.random() * 30}
            | self._response(lead["lead_type"], at)
            | {"agreement_version": "2026-Q3", "attempts": pick.randrange(7)}
            | {
                "follow_up_status": pick.choice(["met", "breached"]),
                "verdict_status": pick.choice(["met", "breached"]),
            }
            | {"verdict": verdict, "verdict_at": accepted or (at + timedelta(days=3))}
            | {"verdict_reason": pick.choice(REASONS) if verdict == "rejected" else None}
        )

    def _response(self, lead_type: str, at: datetime) -> Row:
        commitment, promised = RESPONSES[lead_type]
        minutes = round(self.chance.lognormvariate(-0.6, 0.9) * promised, 2)
        due, touched = at + timedelta(minutes=promised), at + timedelta(minutes=minutes)
        answered = touched <= AS_OF and self.chance.random() < 0.9
        status = "met" if answered and touched <= due else "open" if due > AS_OF else "breached"
        return {
            "response_commitment": commitment,
            "response_due_at": due,
            "response_status": status,
            "response_minutes": minutes if answered else None,
            "first_touch_at": touched if answered else None,
        }
