"""Moving up from a file to a server: nothing is lost, and nothing is fetched again."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from nightly.ledger import recent
from project import Project
from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, Portal
from tests.engines.comparison import differences
from tests.engines.nights import CONTACTS, DIFFERENT, OnServer, folder
from tests.engines.server import Server


@pytest.mark.slow
def test_moving_up_loses_nothing_and_fetches_nothing_again(server: Server, tmp_path: Path) -> None:
    company, tomorrow = Company(CONTACTS, seed=4), NOW + timedelta(days=1)
    with running(company, now=NOW) as crm:
        moved = Portal(company, crm, folder(tmp_path, server, "moved"))
        assert moved.night().code == 0
        stayed = Portal(company, crm, Path(shutil.copytree(moved.folder, tmp_path / "stayed", symlinks=True)))
        told = moved.command("migrate", "--to", "postgres")
        assert told.code == 0, told.stderr
        on_server = OnServer(moved, server, "moved")
        first = on_server.shown
        night = on_server.night(tomorrow)
        assert stayed.night(tomorrow).code == 0
        assert night.requests == recent(Project(stayed.folder))[0].requests
    with on_server.warehouse.as_duckdb() as copy:
        assert copy.execute("select count(*) from audit.runs").fetchall() == [(2,)]
        for schema in ("marts", "audit"):
            assert differences(copy, stayed.folder / "warehouse.duckdb", schema, but=DIFFERENT) == {}
    again = moved.command("migrate", "--to", "postgres")
    assert (again.code, "holds tables already" in again.stderr) == (2, True)
    look_at(on_server, first, night.publication_id or "")


def look_at(on_server: OnServer, first: str, second: str) -> None:
    """Every command that reads a publication does, and `rollback` shows the earlier one to all."""
    said = json.loads(on_server.command("status", "--json").stdout)
    assert said["published"]["publication_id"] == on_server.shown == second
    ledger = json.loads(on_server.command("violations", "--format", "json").stdout)
    assert len(ledger) == on_server.ask(
        "select count(*) from audit.lead_quality_violations where resolved_at is null"
    )
    on_server.command("explain", ledger[0]["lead_id"])
    on_server.command("rollback")
    assert on_server.shown == first
    assert json.loads(on_server.command("status", "--json").stdout)["published"]["publication_id"] == first
