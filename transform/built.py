"""What the last good build left, so that the next one works out only the leads that may look different now.

The schema `built` holds it: `build` is one row, and `leads` a row for each lead with the print of all that
its rows are made of. Before a build begins it is marked as not good any more, and it is written anew when the
build has come to its end and passed every test: one that was killed, failed or found something is followed by
one that works out everything.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from agreement import Agreement
from project import Run
from transform.commitment_tables import waivers
from transform.dbt_vars import dbt_vars
from warehouse import Connection, Warehouse

SCHEMA = "built"
OURS = Path(__file__).parent
ASKED_OF_LEADS = ("segments", "lead_types", "exclusions", "commitment_conditions", "quarantine_rules")
EVERYBODYS = ("engagement_media", "owners", "owner_teams", "pipeline_stages")
_WAITING = """
    select lead_id from marts.lead_clocks
    where counted_to is null or counted_to >= {as_of} or due_at is null or due_at >= {as_of}
    union select lead_id from marts.lead_handoffs where verdict = 'pending'
"""


def may_build_on(warehouse: Warehouse, agreement: Agreement, run: Run) -> bool:
    """Whether the last build's rows still hold for leads without a change; from here on none is good."""
    with warehouse.connect() as connection:
        connection.execute(f"create schema if not exists {SCHEMA}")
        last = _last(connection)
        if last is None:
            return False
        connection.execute(f"update {SCHEMA}.build set is_good = false")
        as_of, digest = last
        return (
            as_of <= run.as_of
            and digest == _digest(connection, warehouse, agreement)
            and not _time_alone_moves_leads(agreement, warehouse, as_of, run.as_of)
        )


def remember(warehouse: Warehouse, agreement: Agreement, run: Run) -> None:
    """This build came to its end: the next one may go on from it."""
    with warehouse.connect() as connection:
        connection.execute("begin")
        connection.execute(
            f"create or replace table {SCHEMA}.leads as"
            " select prints.lead_id, prints.print, prints.stamped_until,"
            " waiting.lead_id is not null as is_waiting"
            " from intermediate.int_lead_prints as prints"
            f" left join ({_WAITING.format(as_of=_instant(run.as_of))}) as waiting"
            " on prints.lead_id = waiting.lead_id"
        )
        connection.execute(
            f"create or replace table {SCHEMA}.build as select cast('{run.run_id}' as varchar) as run_id,"
            f" {_instant(run.as_of)} as as_of,"
            f" cast('{_digest(connection, warehouse, agreement)}' as varchar) as digest,"
            " cast(true as boolean) as is_good"
        )
        connection.execute("commit")


def _instant(moment: datetime) -> str:
    return f"cast('{moment:%Y-%m-%d %H:%M:%S.%f}' as timestamp)"


def _last(connection: Connection) -> tuple[datetime, str] | None:
    there = connection.execute(
        "select count(*) from information_schema.tables"
        f" where table_schema = '{SCHEMA}' and table_name in ('build', 'leads')"
    ).fetchone()
    if there is None or there[0] < len(("build", "leads")):
        return None
    found: Any = connection.execute(f"select as_of, digest from {SCHEMA}.build where is_good").fetchone()
    return (found[0], found[1]) if found else None


def _digest(connection: Connection, warehouse: Warehouse, agreement: Agreement) -> str:
    """Of everything that is not of a single lead: this program, the agreement, owners, teams, pipelines."""
    told = hashlib.sha256()
    for file in sorted(path for path in OURS.rglob("*") if path.suffix in (".py", ".sql", ".yml")):
        told.update(file.relative_to(OURS).as_posix().encode() + file.read_bytes())
    told.update(json.dumps(dbt_vars(agreement, warehouse.engine), sort_keys=True).encode())
    told.update(agreement.model_dump_json().encode())
    for table in EVERYBODYS:
        rows = connection.execute(f"select * from raw_hubspot.{table}").fetchall()
        told.update(repr(sorted(map(repr, rows))).encode())
    return told.hexdigest()


def _time_alone_moves_leads(
    agreement: Agreement, warehouse: Warehouse, since: datetime, until: datetime
) -> bool:
    """Whether a condition that sorts leads asks for *now*, or a waiver of a rule begins or ends."""
    variables = dbt_vars(agreement, warehouse.engine)
    if "as_of" in json.dumps([variables[name] for name in ASKED_OF_LEADS]):
        return True
    of_rules = [row for row in waivers(agreement).to_pylist() if row["rule"] is not None]
    instants = [row[name] for row in of_rules for name in ("from_at", "until_at") if row[name] is not None]
    return any(since < instant <= until for instant in instants)
