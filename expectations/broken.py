"""Who breaks which rule tonight: the temporary table `broken`, a row per judgement and lead, also waived."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expectations.judged import Judgement
from expectations.observed import observed
from expectations.populations import SCHEMA
from expectations.sql import name

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement

COLUMNS = (
    "number integer, lead_id varchar, owner_id varchar, observed varchar, waived_until date,"
    " is_waived boolean"
)


def create_broken(connection: "duckdb.DuckDBPyConnection") -> None:
    """The table, empty."""
    connection.execute(f"create or replace temp table broken ({COLUMNS})")


def suspect(connection: "duckdb.DuckDBPyConnection", judged: Sequence[Judgement]) -> None:
    """Write the temporary table `suspects`: of one population, who breaks any of its rules `judged`.

    Most leads break none: it is read once for all rules, instead of once for each. Beside what the rules look
    at it has a column `breaks_<number>` for each of them.

    Raises:
        duckdb.Error: some condition cannot be worked out; there are no suspects then.
    """
    columns = {"lead_id", "owner_id"}.union(*(j.rule.must.columns for j in judged)) - {"as_of"}
    named = ", ".join(name(column) for column in sorted(columns))
    flags = ", ".join(f"{_breaks(j)} as breaks_{j.number}" for j in judged)
    anything = " or ".join(_breaks(j) for j in judged)
    connection.execute(
        f"create or replace temp table suspects as select {named}, {flags}"
        f" from {SCHEMA}.{judged[0].population.table} where {anything}"
    )


def find_broken(
    connection: "duckdb.DuckDBPyConnection",
    agreement: "Agreement",
    judgement: Judgement,
    *,
    among_suspects: bool,
) -> None:
    """Add the leads that break one rule. A condition that is null is broken (ruling 23).

    Raises:
        duckdb.Error: the condition cannot be worked out, for one lead or for all; nothing was added.
    """
    must, number = judgement.rule.must, judgement.number
    whole = f"{SCHEMA}.{judgement.population.table} where {_breaks(judgement)}"
    found = (
        f"select {number}, lead_id, owner_id, {observed(agreement, must.columns)} as observed"
        f" from {f'suspects where breaks_{number}' if among_suspects else whole}"
    )
    waived = f"select lead_id, waived_until, is_active from {SCHEMA}.waived where number = {number}"
    connection.execute(
        "insert into broken select found.*, waived.waived_until, coalesce(waived.is_active, false)"
        f" from ({found}) as found left join ({waived}) as waived on waived.lead_id = found.lead_id"
        if judgement.waivers
        else f"insert into broken select found.*, null, false from ({found}) as found"
    )


def _breaks(judgement: Judgement) -> str:
    return f"(({judgement.must}) is not true)"


def count_broken(connection: "duckdb.DuckDBPyConnection") -> dict[int, tuple[int, int]]:
    """For each judgement's number: violations without a waiver, and with one."""
    rows = connection.execute(
        "select number, count(*) filter (where not is_waived), count(*) filter (where is_waived)"
        " from broken group by number"
    ).fetchall()
    return {number: (open_ones, waived) for number, open_ones, waived in rows}


def first_leads(
    connection: "duckdb.DuckDBPyConnection", numbers: Sequence[int], at_most: int
) -> dict[int, list[str]]:
    """For each of `numbers` up to `at_most` unwaived leads, by id; short ids first: 99 before 100."""
    if not numbers:
        return {}
    wanted = ", ".join(map(str, numbers))
    rows = connection.execute(
        "select number, lead_id from (select number, lead_id, row_number() over ("
        "partition by number order by length(lead_id), lead_id) as place"
        f" from broken where not is_waived and number in ({wanted})) as ordered"
        f" where place <= {at_most} order by number, place"
    ).fetchall()
    found: dict[int, list[str]] = {number: [] for number in numbers}
    for number, lead_id in rows:
        found[number].append(lead_id)
    return found
