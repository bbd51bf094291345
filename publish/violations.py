"""The ledger of broken rules, as published: what `smarketing violations` shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from errors import UsageProblem
from project import Project
from publish.history import current

COLUMNS = (
    "violation_id",
    "lead_id",
    "rule",
    "stage",
    "department",
    "severity",
    "owner_id",
    "owner_name",
    "observed",
    "first_seen_at",
    "last_seen_at",
    "resolved_at",
    "reopened",
    "waived_until",
    "agreement_version",
    "changed_by",
)

# The marts may be older than the ledger beside them, or not be there at all: names are a courtesy.
NAMED = """
    select violations.*, owners.owner_name
    from audit.lead_quality_violations as violations
    left join ({owners}) as owners on violations.owner_id = owners.owner_id
"""
OWNERS = "select owner_id, min(owner_name) as owner_name from marts.leads group by owner_id"
NO_OWNERS = "select null::varchar as owner_id, null::varchar as owner_name"


@dataclass(frozen=True)
class Filter:
    """Which violations; None leaves a side open.

    `owner` is an id or a part of a name; `since` a UTC instant.
    """

    rule: str | None = None
    stage: str | None = None
    owner: str | None = None
    department: str | None = None
    since: datetime | None = None
    resolved_too: bool = False


def violations(project: Project, wanted: Filter) -> list[tuple[Any, ...]]:
    """The violations of the current publication in the order of `COLUMNS`, the newest first.

    Raises:
        UsageProblem: nothing has been published yet.
    """
    import duckdb

    published = current(project)
    if published is None:
        raise UsageProblem(f"Nothing has been published in {project.root} yet. `smarketing run` does.")
    conditions, values = _conditions(wanted)
    with duckdb.connect(str(published.database), read_only=True) as connection:
        has_leads = "select 1 from duckdb_tables() where schema_name = 'marts' and table_name = 'leads'"
        owners = OWNERS if connection.execute(has_leads).fetchone() else NO_OWNERS
        query = f"select {', '.join(COLUMNS)} from ({NAMED.format(owners=owners)}) where {conditions}"
        order = " order by first_seen_at desc, rule, lead_id, violation_id"
        return connection.execute(query + order, values).fetchall()


def _conditions(wanted: Filter) -> tuple[str, list[Any]]:
    conditions: list[str] = [] if wanted.resolved_too else ["resolved_at is null"]
    values: list[Any] = []
    for column in ("rule", "stage", "department"):
        if (value := getattr(wanted, column)) is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if wanted.owner is not None:
        conditions.append("(owner_id = ? or contains(lower(owner_name), lower(?)))")
        values += [wanted.owner, wanted.owner]
    if wanted.since is not None:
        conditions.append("first_seen_at >= ?")
        values.append(wanted.since)
    return " and ".join(conditions) or "true", values
