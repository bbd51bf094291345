"""A small warehouse made by hand, in a real DuckDB file: a night without fault, and what a test changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from agreement import Agreement
from expectations import CheckOutcome, check, rules
from expectations.broken import first_leads
from expectations.judged import judgements
from expectations.populations import scratch
from expectations.session import Session
from progress import Silent
from project import Project, Run
from warehouse import Warehouse, open_warehouse

AS_OF = datetime(2026, 11, 24, 20)
STAGES = ("contact", "lead", "marketing_qualified_lead", "sales_qualified_lead", "customer")
REACHED = datetime(2026, 10, 20, 3)
RAW_OBJECTS = (
    "contacts",
    "companies",
    "deals",
    "calls",
    "emails",
    "meetings",
    "communications",
    "tasks",
    "notes",
)
LEAD = {
    "lead_id": "varchar",
    "crm": "varchar",
    "stage": "varchar",
    "stage_since": "timestamp",
    **{f"became_{stage}_at": "timestamp" for stage in STAGES},
    "lead_status": "varchar",
    "owner_id": "varchar",
    "owner_name": "varchar",
    "owner_team": "varchar",
    "segment": "varchar",
    "lead_type": "varchar",
    "source": "varchar",
    "country": "varchar",
    "company_name": "varchar",
    "email": "varchar",
    "phone": "varchar",
    "referred_by": "varchar",
    "created_at": "timestamp",
    "is_archived": "boolean",
    "excluded_because": "varchar",
    "quarantined_by": "varchar",
    "merged_ids": "varchar",
    "employees": "bigint",
    "lead_score": "decimal(38, 10)",
    "intent": "varchar",
    "renewal_on": "date",
    "opted_in": "boolean",
    "demo_at": "timestamp",
}


def lead(lead_id: str, stage: str = "marketing_qualified_lead", **given: Any) -> dict[str, Any]:
    """A lead without fault, at `stage` since REACHED, except for what is `given`."""
    rank = STAGES.index(stage)
    became = {f"became_{name}_at": REACHED if place <= rank else None for place, name in enumerate(STAGES)}
    whole = dict.fromkeys(LEAD) | became
    whole |= {"lead_id": lead_id, "crm": "hubspot", "stage": stage, "stage_since": REACHED}
    whole |= {"owner_id": "7", "owner_team": "AU Sales", "segment": "enterprise", "source": "paid"}
    whole |= {
        "email": f"{lead_id}@example.com",
        "phone": "+61 7 1",
        "created_at": REACHED,
        "is_archived": False,
    }
    whole |= {"employees": 300, "lead_score": 55, "country": "Australia", "company_name": "Acme"}
    return whole | given


@dataclass
class Company:
    """A project folder with its working file."""

    root: Path
    project: Project = field(init=False)
    warehouse: Warehouse = field(init=False)

    def __post_init__(self) -> None:
        self.project = Project(self.root)
        self.warehouse = open_warehouse(self.project)

    def night(self, leads: Iterable[Mapping[str, Any]], run_id: str = "run-1") -> None:
        """Fill raw and marts so that every structural check holds for `leads`."""
        leads = list(leads)
        with self.warehouse.connect() as connection:
            _raw(connection, leads)
            _marts(connection, leads)
            connection.execute("create schema if not exists audit")
            connection.execute(
                "create table if not exists audit.sync_proof (run_id varchar, object varchar,"
                " crm_rows bigint, warehouse_rows bigint, missing bigint, surplus bigint, verdict varchar)"
            )
            connection.execute(
                "insert into audit.sync_proof values (?, 'contacts', 1, 1, 0, 0, 'passed')", [run_id]
            )

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one statement on the working file."""
        with self.warehouse.connect() as connection:
            return connection.execute(statement, list(parameters)).fetchall()

    def check(self, signed: Agreement, as_of: datetime = AS_OF, run_id: str = "run-1") -> CheckOutcome:
        """The room's own function."""
        return check(self.project, signed, self.warehouse, Run(run_id, as_of), Silent())

    def judge(self, signed: Agreement, as_of: datetime = AS_OF) -> list[tuple[Any, ...]]:
        """The rules alone: verdict, leads judged, violations, detail and the leads that break it, by rule."""
        with self.warehouse.connect() as connection, scratch(connection):
            judged = judgements(signed, as_of)
            results = rules.judge(connection, Session(self.warehouse, connection), signed, judged, as_of)
            leads = first_leads(connection, [j.number for j in judged], 100)
        pairs = zip(judged, results, strict=True)
        return [(r.verdict, r.evaluated, r.violations, r.detail, leads[j.number]) for j, r in pairs]

    def broken(self) -> list[str]:
        """Leads with an open spell."""
        query = "select lead_id from audit.lead_quality_violations where resolved_at is null order by lead_id"
        return [lead_id for (lead_id,) in self.sql(query)]


def _raw(connection: duckdb.DuckDBPyConnection, leads: list[Mapping[str, Any]]) -> None:
    connection.execute("create schema if not exists raw_hubspot")
    common = "id varchar, created_at timestamp, updated_at timestamp, archived boolean, archived_at timestamp"
    for name in RAW_OBJECTS:
        connection.execute(f"create or replace table raw_hubspot.{name} ({common})")
    connection.execute("alter table raw_hubspot.deals add column amount decimal(38, 10)")
    tables = {
        "owners": "id varchar, email varchar, user_id varchar, archived boolean",
        "owner_teams": "owner_id varchar, team_id varchar, team_name varchar, is_primary boolean",
        "associations": (
            "from_type varchar, from_id varchar, to_type varchar, to_id varchar, is_primary boolean"
        ),
        "property_history": (
            "object_type varchar, object_id varchar, property varchar, changed_at timestamp, ordinal integer,"
            " value varchar, source_type varchar, source_id varchar, updated_by_user_id varchar"
        ),
        "merged_records": "object_type varchar, loser_id varchar, winner_id varchar",
    }
    for name, columns in tables.items():
        connection.execute(f"create table if not exists raw_hubspot.{name} ({columns})")
    connection.execute("delete from raw_hubspot.owners")
    connection.execute(
        "insert into raw_hubspot.owners values ('7', 'kiri@example.com', '70', false),"
        " ('8', 'queue@example.com', '80', false)"
    )
    rows = [
        (one["lead_id"], one["created_at"], AS_OF - timedelta(days=1), one["is_archived"]) for one in leads
    ]
    if rows:
        connection.executemany("insert into raw_hubspot.contacts values (?, ?, ?, ?, null)", rows)


def _marts(connection: duckdb.DuckDBPyConnection, leads: list[Mapping[str, Any]]) -> None:
    connection.execute("create schema if not exists marts")
    connection.execute("create schema if not exists intermediate")
    columns = ", ".join(f"{name} {kind}" for name, kind in LEAD.items())
    connection.execute(f"create or replace table marts.leads ({columns})")
    places = ", ".join("?" for _ in LEAD)
    if leads:
        rows = [[one[name] for name in LEAD] for one in leads]
        connection.executemany(f"insert into marts.leads values ({places})", rows)
    connection.execute(
        "create or replace table marts.lifecycle_stages as select lead_id, 1 as stay_number, stage,"
        " stage_since as entered_at, cast(null as timestamp) as exited_at, true as is_current"
        " from marts.leads"
    )
    empty = {
        "touches": "touch_id varchar, lead_id varchar",
        "deals": "deal_id varchar, lead_id varchar, original_amount decimal(38, 10)",
        "deal_leads": "deal_id varchar, lead_id varchar, is_primary boolean",
        "broadcasts": "broadcast_id varchar, sent_on date",
        "lead_handoffs": "handoff_id varchar, lead_id varchar",
        "lead_clocks": "clock_id varchar, handoff_id varchar, lead_id varchar",
        "lead_owners": "lead_id varchar, owned_from timestamp",
        "sla_compliance": "commitment varchar, period_start timestamp, slice varchar",
        "sla_parts": (
            "commitment varchar, period_start date, lead_id varchar, segment varchar, source varchar,"
            " lead_type varchar, owner_id varchar, team varchar"
        ),
        "rep_weeks": "week date, owner_id varchar",
        "funnel_daily": "date date, stage varchar, segment varchar, source varchar",
        "funnel_cohorts": "cohort_month date, from_stage varchar, segment varchar, source varchar",
        "marketing_scorecard": "month date, kpi varchar",
        "sales_scorecard": "month date, kpi varchar",
        "weak_spots": "from_stage varchar, dimension varchar, slice varchar",
    }
    for name, columns in empty.items():
        connection.execute(f"create or replace table marts.{name} ({columns})")
    connection.execute(
        "create or replace table intermediate.data_test_results as select 'a' as test_name,"
        " 'leads' as table_name, 'passed' as verdict, 0 as failures, '' as detail"
    )
