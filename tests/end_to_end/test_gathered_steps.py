"""Why cohorts and weak spots moved is found from the steps of a few leads: the same as from everybody's."""

import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from agreement import load
from project import Project
from publish.changes import Comparison, attribute, attribution
from publish.history import history
from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder

CHANGES = """
    select table_name, name, period_start, slice, before, after, cause, change, leads
    from {catalog}.publication_changes order by all
"""


@pytest.mark.slow
def test_changes_are_the_same_from_the_steps_of_few_leads_as_from_everybodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, start = Company(300, seed=4), NOW - timedelta(days=30)
    with running(company, now=start) as server:
        portal = Portal(company, server, new_folder(tmp_path / "sla", SIGNED.read_text(encoding="utf-8")))
        assert portal.night(start).code == 0
        assert portal.night(NOW).code == 0
    told = portal.rows(CHANGES.format(catalog="audit"))
    assert {"marts.weak_spots", "marts.funnel_cohorts"} <= {table for table, *_ in told}
    assert {name.rpartition("_")[2] for _, name, *_ in told} >= {"days", "baseline", "low", "conversion"}
    monkeypatch.setattr(attribution, "EXACT_BELOW", 0)
    assert _attributed_anew(portal.folder, tmp_path) == told


def _attributed_anew(folder: Path, to: Path) -> list[tuple[object, ...]]:
    now, before = history(Project(folder))
    signed = load(folder / "agreement.yml")
    stages = tuple(stage.stage for stage in signed.stages)
    file = to / "again.duckdb"
    shutil.copy(now.database, file)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"attach '{file}' as publication")
        connection.execute("drop table publication.audit.publication_changes")
        asked = Comparison(now.publication_id, before, True, tuple(signed.columns), stages, signed.timezone)
        attribute(connection, asked)
        return connection.execute(CHANGES.format(catalog="publication.audit")).fetchall()
