"""Raw tables straight from the made-up company's records: a big company without its CRM's pace."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from sandbox import staff
from sandbox.company import Company
from sandbox.instants import as_instant, to_datetime
from sandbox.records.pipelines import PIPELINES
from sandbox.records.schema import FIELDS
from tests.transform.judging.filled_audience import audience
from tests.transform.raw import Rows, write_raw
from warehouse import Warehouse

OBJECTS = ("contacts", "companies", "deals", "calls", "emails", "meetings", "communications")
HISTORIES = {
    "contacts": ("lifecyclestage", "hs_lead_status", "hubspot_owner_id"),
    "deals": ("dealstage",),
}
LINKS = (
    ("contacts", "companies"),
    ("deals", "contacts"),
    ("deals", "companies"),
    *((kind, "contacts") for kind in ("calls", "emails", "meetings", "communications")),
)
TYPES = {"number": "decimal(38, 10)", "bool": "boolean", "date": "date", "datetime": "timestamp"}


def fill(warehouse: Warehouse, company: Company, now: datetime) -> None:
    """Write what a sync at `now` would leave of the records and of the figures about the audience."""
    reference = {"owners": _owners(now), "owner_teams": _teams(), "pipeline_stages": _steps()}
    write_raw(warehouse, reference | audience(company, as_instant(now)))
    _add(warehouse, "property_history", list(_revisions(company, as_instant(now))))
    _add(warehouse, "associations", list(_links(company, as_instant(now))))
    for name in OBJECTS:
        _records(warehouse, company, name, as_instant(now))


def _records(warehouse: Warehouse, company: Company, name: str, now: int) -> None:
    rows = company.crm.tables[name].live(now)
    told = [row.properties(now) for row in rows]
    fields = FIELDS[name]
    columns = {field.name: pa.array([each.get(field.name) for each in told], pa.string()) for field in fields}
    created = "hs_createdate" if "hs_createdate" in columns else "createdate"
    typed = ", ".join(
        f"try_cast(nullif({field.name}, '') as {TYPES[field.kind]}) as {field.name}"
        if field.kind in TYPES
        else field.name
        for field in fields
    )
    with warehouse.connect() as connection:
        connection.register("told", pa.table(columns))
        connection.execute(
            f"create or replace table raw_hubspot.{name} as select hs_object_id as id, "
            f"cast({created} as timestamp) as created_at, "
            f"cast({rows[0].modified} as timestamp) as updated_at, "
            f"false as archived, cast(null as timestamp) as archived_at, {typed} from told"
        )


def _revisions(company: Company, now: int) -> Iterator[dict[str, Any]]:
    for name, properties in HISTORIES.items():
        for row in company.crm.tables[name].live(now):
            histories = row.histories(properties, row.properties(now), now)
            for prop, newest_first in histories.items():
                seen: dict[int, int] = {}
                for change in reversed(newest_first):
                    seen[change.at] = seen.get(change.at, -1) + 1
                    yield {
                        "object_type": name,
                        "object_id": str(row.id),
                        "property": prop,
                        "changed_at": to_datetime(change.at),
                        "ordinal": seen[change.at],
                        "value": change.value,
                        "source_type": change.source_type,
                        "source_id": change.source_id,
                        "updated_by_user_id": str(change.user_id) if change.user_id else None,
                    }


def _links(company: Company, now: int) -> Iterator[dict[str, Any]]:
    for source, target in LINKS:
        for row in company.crm.tables[source].live(now):
            for link in company.crm.graph.of(source, row, target, now):
                yield {
                    "from_type": source,
                    "from_id": str(row.id),
                    "to_type": target,
                    "to_id": str(link.to_id),
                    "is_primary": link.is_primary,
                }


def _owners(now: datetime) -> Rows:
    return [
        {
            "id": owner.id,
            "email": owner.email,
            "first_name": owner.first_name,
            "last_name": owner.last_name,
            "user_id": owner.user_id,
            "archived": owner.left_at is not None and owner.left_at <= as_instant(now),
            "created_at": to_datetime(owner.created_at),
            "updated_at": to_datetime(owner.left_at or owner.created_at),
        }
        for owner in staff.OWNERS
    ]


def _teams() -> Rows:
    return [
        {"owner_id": owner.id, "team_id": owner.team.id, "team_name": owner.team.name, "is_primary": True}
        for owner in staff.OWNERS
        if owner.team
    ]


def _steps() -> Rows:
    return [
        {
            "object_type": "deals",
            "pipeline_id": pipeline,
            "pipeline_label": label,
            "stage_id": step.id,
            "stage_label": step.label,
            "display_order": order,
            "is_closed": step.is_closed,
            "is_won": step.probability == "1.0",
        }
        for pipeline, (label, steps) in PIPELINES.items()
        for order, step in enumerate(steps)
    ]


def _add(warehouse: Warehouse, name: str, rows: Rows) -> None:
    with warehouse.connect() as connection:
        connection.register("rows", pa.Table.from_pylist(rows))
        connection.execute(f"insert into raw_hubspot.{name} by name select * from rows")
