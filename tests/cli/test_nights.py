"""Nights against the sandbox, each through the real command: what is said, what is written, how it ends."""

import csv
import io
import json
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.cli.process import ROOT, Ended, Smarketing, contents

FIRST_NIGHT = "2026-11-24T20:00:00Z"
PATIENCE = 90.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def crm() -> Iterator[SandboxServer]:
    with running(Company(contacts=120, seed=5)) as server:
        yield server


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stays through this module's nights."""
    folder = tmp_path_factory.mktemp("nights") / "sla"
    folder.mkdir()
    (folder / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    return folder


@pytest.fixture
def settings(crm: SandboxServer) -> dict[str, str]:
    return {"SOURCES__HUBSPOT__BASE_URL": crm.base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": crm.token}


@pytest.fixture(scope="module")
def first(project: Path, crm: SandboxServer) -> Ended:
    """The first night."""
    return Smarketing(project)(
        "run",
        "--as-of",
        FIRST_NIGHT,
        SOURCES__HUBSPOT__BASE_URL=crm.base_url,
        SOURCES__HUBSPOT__ACCESS_TOKEN=crm.token,
    )


def _status(project: Path) -> dict[str, Any]:
    status: dict[str, Any] = json.loads(Smarketing(project)("status", "--json").stdout)
    return status


def _published(project: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / "published" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def _ledger(project: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute("select status, exit_code from audit.runs order by run_id").fetchall()


def test_a_night_publishes_and_says_so(first: Ended, project: Path) -> None:
    assert first.code == 0, first.stderr
    published = (project / "published").readlink().name
    assert first.stdout.splitlines() == [
        f"Published {published} as of 2026-11-24 20:00:00 UTC under 2026-Q3.",
        f"Report: {project / 'published' / 'report.html'}",
    ]
    steps = [line.split(" ", 1)[1] for line in first.stderr.splitlines()]
    took = [step.split()[0] for step in steps if " took " in step]
    assert took == ["Sync", "Build", "Check", "Publish"]


def test_the_ledger_has_the_night(first: Ended, project: Path) -> None:
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


def test_the_publication_has_the_running_night(first: Ended, project: Path) -> None:
    (run,) = _published(project, "select status, sync_seconds > 0, check_seconds > 0 from audit.runs")
    assert run == ("running", True, True)


def test_status_is_for_people_and_programs(first: Ended, project: Path) -> None:
    said = Smarketing(project)("status")
    assert said.code == 0
    assert said.stdout.startswith(
        f"Published: {(project / 'published').readlink().name}, as of 2026-11-24 20:00:00"
    )
    assert max(map(len, said.stdout.splitlines())) <= 80
    found = _status(project)
    assert found["at_work"] is None
    assert found["published"]["as_of"] == "2026-11-24T20:00:00.000Z"
    assert found["runs"][0]["status"] == "published"


def test_violations_are_the_published_ones(first: Ended, project: Path) -> None:
    command = Smarketing(project)
    rows = json.loads(command("violations", "--format", "json").stdout)
    open_ones = "select violation_id from audit.lead_quality_violations where resolved_at is null"
    assert {row["violation_id"] for row in rows} == {found for (found,) in _published(project, open_ones)}
    assert rows, "the company breaks no rule: this test shows nothing"
    as_csv = list(csv.DictReader(io.StringIO(command("violations", "--format", "csv").stdout)))
    assert [row["violation_id"] for row in as_csv] == [row["violation_id"] for row in rows]


@pytest.mark.parametrize("column", ["rule", "stage", "department", "owner"])
def test_violations_can_be_narrowed(first: Ended, project: Path, column: str) -> None:
    command = Smarketing(project)
    rows = json.loads(command("violations", "--format", "json").stdout)
    field = "owner_name" if column == "owner" else column
    one = rows[0][field]
    narrowed = json.loads(command("violations", f"--{column}", one, "--format", "json").stdout)
    assert narrowed == [row for row in rows if row[field] == one]


def test_violations_since(first: Ended, project: Path) -> None:
    later = Smarketing(project)("violations", "--since", "2026-11-25", "--format", "json")
    assert json.loads(later.stdout) == []


def test_the_report_is_where_it_says(first: Ended, project: Path) -> None:
    said = Smarketing(project)("report")
    assert said.code == 0
    assert "<html" in Path(said.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ({"SOURCES__HUBSPOT__ACCESS_TOKEN": "pat-na1-wrong-9876543210"}, "The token is wrong or has expired"),
        ({"SOURCES__HUBSPOT__BASE_URL": "http://127.0.0.1:9"}, "HubSpot at http://127.0.0.1:9"),
    ],
    ids=["wrong token", "unreachable"],
)
def test_a_night_without_the_crm_leaves_what_was_published(
    first: Ended, project: Path, settings: dict[str, str], trouble: dict[str, str], says: str
) -> None:
    before = contents(project / "publications")
    link = (project / "published").readlink()
    ended = Smarketing(project)("run", "--as-of", FIRST_NIGHT, **(settings | trouble))
    assert (ended.code, ended.stdout) == (4, "")
    assert says in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert "wrong-9876543210" not in ended.stderr
    assert (contents(project / "publications"), (project / "published").readlink()) == (before, link)
    assert _ledger(project)[-1] == ("failed", 4)
    found = _status(project)
    assert says in found["runs"][0]["reason"]


def test_stages_alone_make_a_night(first: Ended, project: Path, settings: dict[str, str]) -> None:
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
    assert _ledger(project)[-4:] == [("finished", 0)] * 3 + [("published", 0)]


def test_rollback_and_back_again(first: Ended, project: Path) -> None:
    newest = (project / "published").readlink().name
    back = Smarketing(project)("rollback")
    assert back.code == 0
    assert (project / "published").readlink().name < newest
    again = Smarketing(project)("rollback", newest)
    assert again.code == 0
    assert (project / "published").readlink().name == newest
    unknown = Smarketing(project)("rollback", "20200101T000000.000Z")
    assert (unknown.code, unknown.stdout) == (2, "")
    assert newest in unknown.stderr


def test_a_night_that_breaks_a_critical_rule_is_refused(
    first: Ended, project: Path, settings: dict[str, str]
) -> None:
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
    assert _ledger(project)[-2:] == [("refused", 3), ("refused", 3)]


def _until(started: Any, project: Path, runs_before: int) -> None:
    """Wait until the started run is in the ledger's copy."""
    deadline = time.monotonic() + PATIENCE
    runs = project / ".smarketing" / "runs.json"
    while not runs.is_file() or len(json.loads(runs.read_text(encoding="utf-8"))) == runs_before:
        assert started.poll() is None, started.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_night_told_to_stop_ends_cleanly(
    first: Ended, project: Path, crm: SandboxServer, settings: dict[str, str], number: signal.Signals
) -> None:
    before = contents(project / "publications")
    crm.portal.latency = 1.0
    try:
        nights = _count(project)
        started = Smarketing(project).start("sync", "--full-refresh", **settings)
        _until(started, project, nights)
        time.sleep(1.5)
        told_at = time.monotonic()
        started.send_signal(number)
        stdout, stderr = started.communicate(timeout=PATIENCE)
        seconds = time.monotonic() - told_at
    finally:
        crm.portal.latency = 0.0
    assert (started.returncode, stdout) == (1, "")
    assert stderr.splitlines()[-1].startswith(f"Error: Stopped by {number.name}. ")
    assert seconds < 15
    assert _ledger(project)[-1] == ("failed", 1)
    assert contents(project / "publications") == before
    assert _status(project)["at_work"] is None


def _count(project: Path) -> int:
    return len(json.loads((project / ".smarketing" / "runs.json").read_text(encoding="utf-8")))


def test_a_killed_night_is_marked_and_made_up_for(
    first: Ended, project: Path, crm: SandboxServer, settings: dict[str, str]
) -> None:
    crm.portal.latency = 1.0
    try:
        nights = _count(project)
        started = Smarketing(project).start("run", **settings)
        _until(started, project, nights)
        started.kill()
        started.communicate()
    finally:
        crm.portal.latency = 0.0
    killed = _status(project)
    assert killed["at_work"] is None
    assert killed["runs"][0]["status"] == "killed"

    ended = Smarketing(project)("run", **settings)
    assert ended.code == 0, ended.stderr
    assert f"The run {killed['runs'][0]['run_id']} was killed" in ended.stderr
    assert _ledger(project)[-2:] == [("killed", None), ("published", 0)]


def test_the_token_is_nowhere(first: Ended, project: Path, crm: SandboxServer) -> None:
    holding = [
        path for path in project.rglob("*") if path.is_file() and crm.token.encode() in path.read_bytes()
    ]
    assert holding == []
