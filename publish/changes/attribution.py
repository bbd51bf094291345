"""Fills `audit.publication_changes`: the figures of two publications, compared lead by lead.

Figures are recomputed six times: from the leads' parts as they were, with the parts of merged leads moved to
what they are now, then also those of deleted leads, and so on. Each step is one cause, so that the changes
of a figure add up to its whole change by construction, shares and medians included. Only leads of which
anything changed are looked at twice: a quiet night costs one comparison of the tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from publish.copy import TARGET, Table, literal, quoted
from publish.publication import Publication
from warehouse.audit import audit_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
PREVIOUS = "previous"
CHANGES = Table(TARGET, "audit", "publication_changes")
EVIDENCE = ("merged", "deleted", "corrected", "late", "new")
COMMITMENTS = {"sla_compliance", "sla_parts"}
OTHERS = {"broadcasts", "funnel_daily", "marketing_scorecard", "sales_scorecard"}
SLICES = {"funnel_cohorts", "rep_weeks", "weak_spots"}
# What evidence is sought in, and how rows are recognised that went from one lead to another.
TOLD = {
    "leads": None,
    "lifecycle_stages": None,
    "lead_owners": None,
    "touches": "touch_id",
    "deals": "deal_id",
    "lead_handoffs": "handoff_id",
    "lead_clocks": "clock_id",
}
EXACT_BELOW = 900_000
"""Of fewer leads, a share to six digits tells how many of them are meant."""
SIDES = ((PREVIOUS, "before", "-1"), (TARGET, "after", "1"))
TEMPORARY = (
    "figures",
    "touched",
    "windows",
    "step_leads",
    "parts",
    "bases",
    "measured",
    "medians",
    "evidence",
    "causes",
    "lead_changes",
    "before_steps",
    "after_steps",
    "changed_steps",
)
VIEWS = (
    "measures",
    "ratio_parts",
    "judged_handoffs",
    "counted_handoffs",
    "counted_deals",
    "counted_stays",
    "counted",
)


@dataclass(frozen=True)
class Comparison:
    """Which publication is compared with which, and whether both were judged by the same agreement.

    `columns` are those that the agreement gives leads: where the agreement changed too, a lead counts as
    corrected only if one of them did. `stages` are the funnel's, in order; months are `timezone`'s.
    """

    publication_id: str
    previous: Publication
    same_agreement: bool
    columns: tuple[str, ...]
    stages: tuple[str, ...]
    timezone: str


def attribute(connection: "DuckDBPyConnection", asked: Comparison | None) -> Table:
    """Create the table in the attached publication, and fill it if there is something to compare with.

    Args:
        connection: with the publication attached as `publication`, its other tables filled.
        asked: what to compare; None: nothing was published before, and the table stays empty.

    Returns:
        The table: one row per figure, slice and cause that changed it.
    """
    table = audit_table(CHANGES.name)
    table.create(connection, TARGET)
    if asked is None:
        return CHANGES
    connection.execute(f"attach {literal(asked.previous.database)} as {PREVIOUS} (read_only)")
    try:
        tables = _tables(connection, PREVIOUS) & _tables(connection, TARGET)
        if tables >= TOLD.keys() | COMMITMENTS:
            others = tables >= OTHERS
            _fill(_Work(connection, asked, others=others, slices=others and tables >= SLICES))
    finally:
        connection.execute(f"detach {PREVIOUS}")
    table.prove_grain(connection, CHANGES.target)
    return CHANGES


@dataclass(frozen=True)
class _Work:
    """`others`: both publications have scorecards and a funnel; `slices`: cohorts, weeks, weak spots."""

    connection: "DuckDBPyConnection"
    asked: Comparison
    others: bool
    slices: bool

    def run(self, name: str, **words: str) -> None:
        """Run `<name>.sql` with `{{word}}` replaced, and what it names as `$name` bound."""
        text = _text(name)
        for word, said in words.items():
            text = text.replace("{{" + word + "}}", said)
        known: dict[str, str | bool | int | datetime | list[str] | None] = {
            "before_as_of": self.asked.previous.marts_as_of,
            "same_agreement": self.asked.same_agreement,
            "publication_id": self.asked.publication_id,
            "compared_with": self.asked.previous.marts_from,
            "stages": list(self.asked.stages),
            "exact_below": EXACT_BELOW,
        }
        self.connection.execute(text, {key: value for key, value in known.items() if f"${key}" in text})

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self.connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def _fill(work: _Work) -> None:
    work.connection.execute("set variable timezone = ?", [work.asked.timezone])
    others = ""
    if work.others:
        template = _text("scorecards_and_funnel") + (_text("slices") if work.slices else "")
        others = "".join(
            template.replace("{{side}}", side).replace("{{sign}}", sign) for side, _, sign in SIDES
        )
    work.run("figures", others=others)
    if work.count("figures"):
        work.run("since")
        work.run("touched", others=_text("touched_too") if work.others else "")
        if work.slices:
            _gather_steps(work)
        _gather_parts(work)
        _gather_evidence(work)
        for name in ("causes", "lead_changes", "medians", "steps"):
            work.run(name)
    for left in VIEWS:
        work.connection.execute(f"drop view if exists temp.{left}")
    for left in (*TEMPORARY, *(f"{when}_{table}" for table in TOLD for _, when, _ in SIDES)):
        work.connection.execute(f"drop table if exists temp.{left}")


def _gather_steps(work: _Work) -> None:
    """Leads whose month came of age have changed steps without having been touched themselves."""
    work.run("step_leads")
    largest = f"(select 1 from {TARGET}.marts.weak_spots where leads >= {EXACT_BELOW})"
    only = "lead_id in (select lead_id from step_leads)"
    for side, when, _ in SIDES:
        work.run("counted", side=side, only="true" if work.count(largest) else only)
        work.run("lead_steps", side=side, when=when)
    work.run("changed_steps")


def _gather_parts(work: _Work) -> None:
    work.connection.execute(_text("empty"))
    work.run("bases")
    for side, _, sign in SIDES:
        work.run("parts_of_commitments", side=side, sign=sign)
        if work.others:
            work.run("counted", side=side, only="lead_id in (select lead_id from touched)")
            work.run("parts_of_others", side=side, sign=sign)
            if work.slices:
                work.run("parts_of_reps", sign=sign)
            work.run("counted", side=side, only="true")
            work.run("measured", sign=sign)
            if side == PREVIOUS:
                work.run("bases_of_scorecards")
    if work.slices:
        work.run("parts_of_slices")
        work.run("bases_of_slices")
        work.run("measured_steps")


def _gather_evidence(work: _Work) -> None:
    for table, key in TOLD.items():
        for side, when, _ in SIDES:
            other = TARGET if side == PREVIOUS else PREVIOUS
            ours = "where lead_id in (select lead_id from touched)"
            moved = f" or {key} in (select {key} from {other}.marts.{table} {ours})" if key else ""
            made = f"select * from {side}.marts.{table} {ours}{moved}"
            work.connection.execute(f"create or replace temp table {when}_{table} as {made}")
    values = _values(work.connection, work.asked.columns)
    for cause in EVIDENCE:
        work.run(f"evidence_{cause}", values=values)
    work.run("evidence_days")


def _values(connection: "DuckDBPyConnection", columns: Iterable[str]) -> str:
    """Columns that the CRM fills, in both publications' leads, as one comparable value."""
    common = _columns(connection, PREVIOUS) & _columns(connection, TARGET)
    wanted = sorted({"country", "company_id", "company_name", *columns} & common)
    return f"row({', '.join(quoted(name) for name in wanted)})"


def _columns(connection: "DuckDBPyConnection", catalog: str) -> set[str]:
    listed = "duckdb_columns() where database_name = ? and schema_name = 'marts' and table_name = 'leads'"
    return {name for (name,) in connection.execute(f"select column_name from {listed}", [catalog]).fetchall()}


def _tables(connection: "DuckDBPyConnection", catalog: str) -> set[str]:
    query = "select table_name from duckdb_tables() where database_name = ? and schema_name = 'marts'"
    return {name for (name,) in connection.execute(query, [catalog]).fetchall()}


def _text(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
