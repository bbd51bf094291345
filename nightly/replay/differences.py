"""What changed between two judgements of the same past: the first is set aside, the second beside it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

    from warehouse import Warehouse

Row = dict[str, Any]
QUERIES = Path(__file__).parent / "queries"
KEPT = {
    "leads": "marts.leads",
    "clocks": "marts.lead_clocks",
    "handoffs": "marts.lead_handoffs",
    "compliance": "marts.sla_compliance",
    "violations": "audit.lead_quality_violations",
}
LISTS = ("rules", "clocks", "periods")


@dataclass(frozen=True)
class Since:
    """From when on to compare: a local day, and the instant (UTC) at which it begins. `today` is local."""

    day: date
    begins: datetime
    today: date


@dataclass(frozen=True)
class Differences:
    """Lists of rows, each with what is signed as `signed_...` and the draft as `draft_...`.

    `qualified` has one row: counted leads that entered marketing_qualified_lead, and the ids gained and lost.
    `rules` is by rule and stage: leads that break it without a waiver, and the ids gained and lost. `clocks`
    is by measure: handoffs judged and breached. `periods` is by commitment and period, over all leads.
    """

    qualified: Row
    rules: list[Row]
    clocks: list[Row]
    periods: list[Row]

    def as_json(self) -> Row:
        """For programs."""
        return asdict(self)


def keep(warehouse: "Warehouse") -> None:
    """Set the judgement that the warehouse holds aside, as the schema `before`."""
    with warehouse.connect() as connection:
        connection.execute("create or replace schema before")
        for name, table in KEPT.items():
            connection.execute(f"create table before.{name} as select * from {table}")


def compare(warehouse: "Warehouse", since: Since) -> Differences:
    """The judgement set aside against the present one."""
    with warehouse.connect() as connection:
        connection.execute("create or replace schema after")
        for name, table in KEPT.items():
            connection.execute(f"create view after.{name} as select * from {table}")
        found = {name: list(_rows(connection, name, since)) for name in ("qualified", *LISTS)}
    return Differences(qualified=found["qualified"][0], **{name: found[name] for name in LISTS})


def _rows(connection: "duckdb.DuckDBPyConnection", name: str, since: Since) -> Iterator[Row]:
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    given = {name: value for name, value in asdict(since).items() if f"${name}" in text}
    found = connection.execute(text, given)
    names = [column[0] for column in found.description or ()]
    yield from (dict(zip(names, row, strict=True)) for row in found.fetchall())
