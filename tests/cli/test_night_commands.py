"""Nights against the sandbox: what is said, what is written, how each ends."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from sandbox.server import SandboxServer
from tests.cli.conftest import FIRST_NIGHT
from tests.cli.process import Ended, Smarketing, contents, ledger, published, status_of

pytestmark = pytest.mark.slow


def test_a_night_publishes_and_says_so(first: Ended, first_folder: Path) -> None:
    assert first.code == 0, first.stderr
    shown = (first_folder / "published").readlink().name
    assert first.stdout.splitlines() == [
        f"Published {shown} as of 2026-11-24 20:00:00 UTC under 2026-Q3.",
        f"Report: {first_folder / 'published' / 'report.html'}",
    ]
    steps = [line.split(" ", 1)[1] for line in first.stderr.splitlines()]
    took = [step.split()[0] for step in steps if " took " in step]
    assert took == ["Sync", "Build", "Check", "Publish"]


def test_the_ledger_has_the_night(project: Path) -> None:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        runs = connection.execute("select * from audit.runs").fetchall()
        names = [column[0] for column in connection.description]
    (run,) = [dict(zip(names, values, strict=True)) for values in runs]
    assert (run["status"], run["exit_code"]) == ("published", 0)
    assert run["as_of"] == datetime(2026, 11, 24, 20)
    assert run["agreement_version"] == "2026-Q3"
    assert run["publication_id"] == (project / "published").readlink().name
    assert run["started_at"] < run["finished_at"]
    assert run["rows_loaded"] > 120
    assert run["requests"] > 10
    assert all(run[f"{stage}_seconds"] > 0 for stage in ("sync", "build", "check", "publish"))


def test_the_publication_has_the_running_night(project: Path) -> None:
    (run,) = published(project, "select status, sync_seconds > 0, check_seconds > 0 from audit.runs")
    assert run == ("running", True, True)


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ({"SOURCES__HUBSPOT__ACCESS_TOKEN": "pat-na1-wrong-9876543210"}, "The token is wrong or has expired"),
        ({"SOURCES__HUBSPOT__BASE_URL": "http://127.0.0.1:9"}, "HubSpot at http://127.0.0.1:9"),
    ],
    ids=["wrong token", "unreachable"],
)
def test_a_night_without_the_crm_leaves_what_was_published(
    project: Path, settings: dict[str, str], trouble: dict[str, str], says: str
) -> None:
    before = contents(project / "publications")
    link = (project / "published").readlink()
    ended = Smarketing(project)("run", "--as-of", FIRST_NIGHT, **(settings | trouble))
    assert (ended.code, ended.stdout) == (4, "")
    assert says in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert "wrong-9876543210" not in ended.stderr
    assert (contents(project / "publications"), (project / "published").readlink()) == (before, link)
    assert ledger(project)[-1] == ("failed", 4)
    found = status_of(project)
    assert says in found["runs"][0]["reason"]


def test_stages_alone_make_a_night(project: Path, settings: dict[str, str]) -> None:
    command = Smarketing(project)
    assert command("sync", **settings).code == 0
    too_early = command("publish", **settings)
    assert too_early.code == 2
    assert "Run `smarketing build` first" in too_early.stderr
    assert command("build").code == 0
    checked = command("check")
    assert checked.code == 0, checked.stderr
    assert "mql_reachable" in checked.stdout
    published = command("publish")
    assert published.code == 0
    assert f"Published {(project / 'published').readlink().name}" in published.stdout
    assert ledger(project)[-4:] == [("finished", 0)] * 3 + [("published", 0)]


def test_a_night_that_breaks_a_critical_rule_is_refused(project: Path, settings: dict[str, str]) -> None:
    signed = project / "agreement.yml"
    text = signed.read_text(encoding="utf-8")
    standing = (project / "published").resolve()
    before = contents(standing)
    strict = "severity: critical\n          tolerance: 0%"
    relaxed = "severity: warning\n          tolerance: 5%"
    assert relaxed in text
    signed.write_text(text.replace(relaxed, strict), encoding="utf-8")
    try:
        refused = Smarketing(project)("run", "--as-of", "2026-11-24T20:30:00Z", **settings)
        status = Smarketing(project)("status")
        again = Smarketing(project)("publish", **settings)
    finally:
        signed.write_text(text, encoding="utf-8")
    assert (refused.code, refused.stdout) == (3, "")
    assert "Error: The checks refuse to publish; the last certified marts stand.\n  - " in refused.stderr
    assert "mql_score" in refused.stderr
    assert contents(standing) == before
    found = json.loads((project / "published" / "publication.json").read_text(encoding="utf-8"))
    assert (found["status"], found["marts_from"]) == ("refused", standing.name)
    assert "refused as of 2026-11-24 20:30:00 UTC" in status.stdout
    assert "mql_score" in status.stdout
    assert (again.code, again.stdout) == (3, "")
    assert "mql_score" in again.stderr
    assert ledger(project)[-2:] == [("refused", 3), ("refused", 3)]


def test_the_token_is_nowhere(project: Path, crm: SandboxServer) -> None:
    holding = [
        path for path in project.rglob("*") if path.is_file() and crm.token.encode() in path.read_bytes()
    ]
    assert holding == []
