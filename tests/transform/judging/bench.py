"""A bench for the judging marts: hand-made upstream marts in, the models' rows out."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from agreement import Agreement, load
from progress import Silent
from project import Project, Run
from tests.transform.judging.made_up import STAGES
from tests.transform.raw import Rows, write_raw
from transform.agreement_tables import write_agreement
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import Warehouse, open_warehouse

AMOUNT = "decimal(38, 10)"
UPSTREAM: dict[str, dict[str, str]] = {
    "marts.leads": {
        **dict.fromkeys(("lead_id", "stage", "owner_id", "owner_team", "segment", "lead_type"), "varchar"),
        **dict.fromkeys(
            ("source", "company_id", "excluded_because", "quarantined_by", "referred_by"), "varchar"
        ),
        **{f"became_{stage}_at": "timestamp" for stage in STAGES},
    },
    "marts.lifecycle_stages": {
        **dict.fromkeys(("lead_id", "stage"), "varchar"),
        "stage_rank": "integer",
        "entered_at": "timestamp",
    },
    "marts.deals": {
        **dict.fromkeys(("deal_id", "lead_id", "company_id", "owner_id"), "varchar"),
        "amount": AMOUNT,
        **dict.fromkeys(("created_at", "closed_at"), "timestamp"),
        **dict.fromkeys(("is_closed", "is_won", "is_repeat"), "boolean"),
    },
    "marts.lead_handoffs": {
        **dict.fromkeys(("handoff_id", "lead_id", "accountable_owner_id", "accountable_team"), "varchar"),
        **dict.fromkeys(("segment", "source", "lead_type", "agreement_version", "verdict"), "varchar"),
        **dict.fromkeys(("response_commitment", "response_status", "follow_up_commitment"), "varchar"),
        **dict.fromkeys(("follow_up_status", "verdict_commitment", "verdict_status"), "varchar"),
        **dict.fromkeys(("routing_commitment", "routing_status"), "varchar"),
        **dict.fromkeys(("handed_off_at", "first_touch_at"), "timestamp"),
        "response_minutes": "double",
    },
    "intermediate.int_changed_leads": {"lead_id": "varchar"},
    "intermediate.int_classified_leads": dict.fromkeys(("lead_id", "segment", "source"), "varchar"),
    "intermediate.int_quarantined_leads": dict.fromkeys(("lead_id", "rule"), "varchar"),
    "intermediate.int_visits": {
        "day": "date",
        "starts_at": "timestamp",
        "source": "varchar",
        "visitors": "bigint",
    },
    "intermediate.int_lead_ids": dict.fromkeys(("contact_id", "lead_id"), "varchar"),
    "intermediate.int_owner_spells": {
        **dict.fromkeys(("owner_id", "team"), "varchar"),
        **dict.fromkeys(("valid_from", "valid_until"), "timestamp"),
    },
    "intermediate.int_owners": dict.fromkeys(("owner_id", "email", "team"), "varchar"),
}
JUDGING = (
    "int_fitting_leads",
    "path:models/intermediate/judging",
    "sla_compliance",
    "sla_parts",
    "rep_weeks",
    "funnel_daily",
    "funnel_cohorts",
    "marketing_scorecard",
    "sales_scorecard",
    "weak_spots",
)


@dataclass(frozen=True)
class Bench:
    """A project folder with an agreement and a *now*."""

    project: Project
    agreement: Agreement
    warehouse: Warehouse
    as_of: datetime

    def at(self, file: Path) -> "Bench":
        """The same bench over another warehouse file."""
        return replace(self, warehouse=replace(self.warehouse, path=file))

    def build(self, upstream: dict[str, Rows]) -> None:
        """Build the judging marts over `upstream`: rows by table; columns that are not given are null."""
        write_raw(self.warehouse, {})
        write_agreement(self.project, self.agreement, self.warehouse, Run("night", self.as_of))
        self._write(upstream)
        with Dbt(self.project, self.warehouse, dbt_vars(self.agreement, "duckdb"), Silent()) as dbt:
            dbt.run(full_refresh=True, select=JUDGING)

    def test(self, kind: str) -> dict[str, str | None]:
        """Run dbt's tests of a kind (`unit` or `data`) of the judging models: what each that failed says."""
        with Dbt(self.project, self.warehouse, dbt_vars(self.agreement, "duckdb"), Silent()) as dbt:
            verdicts = dbt.test(kind=kind, select=JUDGING)
        assert verdicts
        return {test.name: test.detail for test in verdicts if test.verdict != "passed"}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query of the warehouse answers."""
        with self.warehouse.connect() as connection:
            return connection.execute(sql).fetchall()

    def _write(self, upstream: dict[str, Rows]) -> None:
        with self.warehouse.connect() as connection:
            for table, columns in UPSTREAM.items():
                connection.execute(f"create schema if not exists {table.split('.')[0]}")
                types = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                connection.execute(f"create or replace table {table} ({types})")
                for row in upstream.get(table, []):
                    names, marks = ", ".join(row), ", ".join("?" * len(row))
                    connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def bench(folder: Path, agreement: str, as_of: datetime) -> Bench:
    """A bench in `folder`, under the agreement whose text is given."""
    (folder / "agreement.yml").write_text(agreement, encoding="utf-8")
    project = Project(folder)
    return Bench(project, load(project.agreement_file), open_warehouse(project), as_of)
