"""What was signed, as tables that SQL can join: the schema `raw_agreement`, written anew for each build."""

from typing import TYPE_CHECKING

from agreement import Agreement, Duration
from project import Project, Run
from transform import commitment_tables
from transform.business_time import calendar_hours, daily_open_ms
from transform.periods import days, periods
from transform.raw_range import first_instant, last_instant
from transform.spend import spend
from transform.versions import versions
from warehouse import Warehouse

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "raw_agreement"


def write_agreement(project: Project, agreement: Agreement, warehouse: Warehouse, run: Run) -> None:
    """Write every table of the agreement and of `run`.

    Raises:
        UsageProblem: a file that the agreement names cannot be read.
    """
    spent = spend(agreement, project)
    with warehouse.connect() as connection:
        since = first_instant(connection, agreement, run.as_of, spent["day"].to_pylist())
        tables = _policy(agreement) | {
            "run": _rows("run_id varchar, as_of timestamp", [(run.run_id, run.as_of)]),
            "calendar_hours": calendar_hours(agreement, since, last_instant(run.as_of)),
            "commitments": commitment_tables.commitments(agreement),
            "commitment_targets": commitment_tables.commitment_targets(agreement),
            "waivers": commitment_tables.waivers(agreement),
            "periods": periods(agreement, since, run.as_of),
            "days": days(agreement, since, run.as_of),
            "spend": spent,
        }
        connection.execute(f"create schema if not exists {SCHEMA}")
        for name, table in tables.items():
            warehouse.write_table(connection, f"{SCHEMA}.{name}", table)


def _policy(agreement: Agreement) -> dict[str, "pa.Table"]:
    verdicts = agreement.verdicts
    by_verdict = {"accepted": verdicts.accepted, "rejected": verdicts.rejected, "recycled": verdicts.recycled}
    return {
        "versions": versions(agreement),
        "stages": _rows(
            "stage varchar, stage_rank integer",
            [(stage.stage, rank) for rank, stage in enumerate(agreement.stages, start=1)],
        ),
        "stage_values": _rows(
            "crm_value varchar, stage varchar",
            [(value, stage.stage) for stage in agreement.stages for value in stage.values],
        ),
        "verdict_statuses": _rows(
            "lead_status varchar, verdict varchar",
            [(status, name) for name, verdict in by_verdict.items() for status in verdict.lead_status],
        ),
        "sources": _rows("crm_value varchar, source varchar", list(agreement.sources.map.items())),
        **_owners(agreement),
        **_touches(agreement),
        "calendars": _rows(
            "calendar varchar, daily_open_ms bigint",
            [(name, daily_open_ms(calendar)) for name, calendar in agreement.calendars.items()],
        ),
    }


def _owners(agreement: Agreement) -> dict[str, "pa.Table"]:
    return {
        "departments": _rows(
            "department varchar, scope varchar, name varchar",
            [(name, ref.scope, ref.name) for name, refs in agreement.departments.items() for ref in refs],
        ),
        "unassigned_owners": _rows(
            "scope varchar, name varchar", [(ref.scope, ref.name) for ref in agreement.unassigned_owners]
        ),
        "owner_calendars": _rows(
            "scope varchar, name varchar, calendar varchar",
            [(ref.scope, ref.name, name) for name, refs in agreement.owner_calendars.items() for ref in refs],
        ),
    }


def _touches(agreement: Agreement) -> dict[str, "pa.Table"]:
    policy = agreement.touches
    return {
        "touch_media": _rows("medium varchar", [(medium,) for medium in policy.media]),
        "touch_policy": _rows(
            "automatic_email boolean, duplicates_within_ms bigint, late_log_after_ms bigint",
            [(policy.automatic_email, _ms(policy.duplicates_within), _ms(policy.late_log_after))],
        ),
    }


def _ms(duration: Duration | None) -> int | None:
    return None if duration is None else int(duration.minutes(0) * 60_000)


def _rows(columns: str, rows: list[tuple[object, ...]]) -> "pa.Table":
    """An Arrow table from tuples; `columns` lists names and SQL types."""
    import pyarrow as pa

    types = {
        "varchar": pa.string(),
        "integer": pa.int32(),
        "bigint": pa.int64(),
        "boolean": pa.bool_(),
        "timestamp": pa.timestamp("us"),
    }
    pairs = [column.split() for column in columns.split(",")]
    schema = pa.schema([(name, types[kind]) for name, kind in pairs])
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema=schema)
