"""The leads each definition judges, as views in the schema `checks`, which is there only meanwhile."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from expectations.entry import Leads, at_entry
from expectations.judged import Judgement, Population
from expectations.known import columns_of
from expectations.sql import instant, text

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement
    from warehouse import Warehouse

SCHEMA = "checks"


@contextmanager
def scratch(connection: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """The schema `checks`, empty, for the time of the block; a killed run's leftovers go first."""
    connection.execute(f"drop schema if exists {SCHEMA} cascade")
    connection.execute(f"create schema {SCHEMA}")
    try:
        yield
    finally:
        connection.execute(f"drop schema if exists {SCHEMA} cascade")


def create_populations(
    connection: "duckdb.DuckDBPyConnection",
    warehouse: "Warehouse",
    agreement: "Agreement",
    judged: Iterable[Judgement],
    as_of: datetime,
) -> None:
    """One view for each population that `judged` needs: `marts.leads` as it is, plus `as_of`."""
    by_table: dict[str, list[Judgement]] = {}
    for judgement in judged:
        by_table.setdefault(judgement.population.table, []).append(judgement)
    for table, members in by_table.items():
        population = members[0].population
        select = (
            f"select leads.*, {instant(as_of)} as as_of from marts.leads as leads"
            f" where {_members(population)}"
        )
        if population.at_entry:
            leads = Leads(columns_of(connection, "marts", "leads"), _members(population))
            reached = reached_at(population)
            select = at_entry(agreement, warehouse, [m.rule for m in members], leads, reached)
        connection.execute(f"create view {SCHEMA}.{table} as {select}")


def reached_at(population: Population) -> str:
    """When a lead first reached the stage: its first entry into it or, where it jumped, into one beyond."""
    entries = [f'leads."became_{stage}_at"' for stage in population.stages]
    return f"least({', '.join(entries)})" if len(entries) > 1 else entries[0]


def _members(population: Population) -> str:
    """Not excluded, not deleted (ruling 30), now at the stage or beyond, and of the version (ruling 22)."""
    stages = ", ".join(text(stage) for stage in population.stages)
    reached = reached_at(population)
    window = [f"{reached} >= {instant(population.start)}"]
    if population.end is not None:
        window.append(f"{reached} < {instant(population.end)}")
    return " and ".join(
        ["leads.excluded_because is null", "not leads.is_archived", f"leads.stage in ({stages})", *window]
    )
