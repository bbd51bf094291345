"""Why a figure moved: every lead's cause is found again, and the changes add up, to the last digit."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from publish import Publication
from publish.changes import Comparison, attribute
from tests.publish import two_nights
from tests.publish.two_nights import BEFORE, CAUSES, Evenings, Lead, figures, made_up

STAGES = ("lead", "customer")
Changes = dict[tuple[str, str, str], Decimal]


def _fill(connection: duckdb.DuckDBPyConnection, catalog: str, leads: dict[str, Lead]) -> None:
    connection.execute(f"create schema {catalog}.marts; create schema {catalog}.audit")
    rows = two_nights.rows(leads)
    for name, columns in two_nights.TABLES.items():
        connection.execute(f"create table {catalog}.marts.{name} ({columns})")
        if rows[name]:
            connection.register("arrow", pa.Table.from_pylist(rows[name]))
            connection.execute(f"insert into {catalog}.marts.{name} by name select * from arrow")


@contextmanager
def _compared(evenings: Evenings, folder: Path, *, same: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the later evening's publication, its changes attributed."""
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        _fill(connection, "warehouse", evenings.before)
    previous = Publication("1", folder, "published", "1", BEFORE, "v", "1", BEFORE, None, {})
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as publication")
        _fill(connection, "publication", evenings.after)
        attribute(connection, Comparison("2", previous, same, ("employees",), STAGES, "UTC"))
        yield connection


def _found(connection: duckdb.DuckDBPyConnection) -> Changes:
    query = "select name, slice, cause, change from publication.audit.publication_changes"
    return {(name, part, cause): change for name, part, cause, change in connection.execute(query).fetchall()}


def _expected(evenings: Evenings) -> Changes:
    """Move the leads to their new state cause by cause, and count everything again after each.

    A figure that is back where it was has not changed.
    """
    state, before, found = dict(evenings.before), figures(evenings.before), {}
    for cause in CAUSES:
        for lead_id in (lead for lead, why in evenings.causes.items() if why == cause):
            state.pop(lead_id, None)
            if lead_id in evenings.after:
                state[lead_id] = evenings.after[lead_id]
        after = figures(state)
        for (name, part), value in after.items():
            change = (value or Decimal(0)) - (before[name, part] or Decimal(0))
            if change:
                found[name, part, cause] = change
        before = after
    then = figures(evenings.before)
    assert before == figures(evenings.after)
    return {key: change for key, change in found.items() if then[key[:2]] != before[key[:2]]}


@pytest.mark.parametrize("signed_anew", [False, True], ids=["same agreement", "new agreement"])
@pytest.mark.parametrize("seed", range(6))
def test_every_change_has_the_cause_that_befell_its_leads(
    tmp_path: Path, seed: int, signed_anew: bool
) -> None:
    evenings = made_up(seed, signed_anew=signed_anew)
    with _compared(evenings, tmp_path, same=not signed_anew) as connection:
        assert _found(connection) == _expected(evenings)


@pytest.mark.parametrize("seed", range(3))
def test_changes_add_up_to_after_minus_before(tmp_path: Path, seed: int) -> None:
    evenings = made_up(seed, signed_anew=True)
    then, now = figures(evenings.before), figures(evenings.after)
    with _compared(evenings, tmp_path, same=False) as connection:
        query = """
            select name, slice, any_value(before), any_value(after), sum(change)
            from publication.audit.publication_changes group by all
        """
        rows = connection.execute(query).fetchall()
    assert {(name, part) for name, part, *_ in rows} >= {key for key in now if now[key] != then[key]}
    for name, part, before, after, change in rows:
        assert (before, after) == (then[name, part], now[name, part])
        assert change == (after or 0) - (before or 0)


def test_nothing_moved_is_no_row(tmp_path: Path) -> None:
    leads = made_up(1, signed_anew=False).before
    with _compared(Evenings(leads, leads, {}), tmp_path, same=True) as connection:
        assert _found(connection) == {}
