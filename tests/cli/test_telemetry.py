"""Traces of a night reach a collector that speaks OTLP; without one, nothing is imported or delayed."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from tests.cli.collector import collecting, plain
from tests.cli.process import NOBODY_LISTENS, ROOT, TOKEN, Smarketing, ledger

CRM = {"SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN, "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}
STAGES = ["sync", "build", "check", "publish"]


def _below(spans: list[Span], parent: Span) -> dict[str, Span]:
    return {one.name: one for one in spans if one.parent_span_id == parent.span_id}


def _one(spans: list[Span], name: str) -> Span:
    (found,) = [one for one in spans if one.name == name]
    return found


@pytest.mark.slow
def test_a_night_is_a_span_with_its_stages_and_counts_below(project: Path, settings: dict[str, str]) -> None:
    with collecting() as collector:
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint}
        ended = Smarketing(project)("run", **settings, **told)
    assert ended.code == 0, ended.stderr
    assert (collector.paths, collector.services()) == (["/v1/traces"], {"smarketing"})
    spans = collector.spans()
    run = _one(spans, "run")
    stages = _below(spans, run)
    assert sorted(stages, key=lambda name: stages[name].start_time_unix_nano) == STAGES
    assert {one.trace_id for one in spans} == {run.trace_id}
    assert run.parent_span_id == b""
    said = plain(run.attributes)
    assert (said["smarketing.status"], said["smarketing.exit_code"]) == ("published", 0)
    assert said["smarketing.publication_id"] == (project / "published").readlink().name
    assert {plain(one.attributes)["smarketing.run_id"] for one in stages.values()} == {
        said["smarketing.run_id"]
    }
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        counted = connection.execute(
            "select rows_loaded, requests from audit.runs where run_id = ?", [said["smarketing.run_id"]]
        ).fetchall()
    sync = plain(stages["sync"].attributes)
    assert [(sync["smarketing.rows_loaded"], sync["smarketing.requests"])] == counted
    assert plain(stages["check"].attributes)["smarketing.refusals"] == 0
    assert Counter(one.status.code for one in spans) == {Status.STATUS_CODE_UNSET: len(spans)}
    assert len(_below(spans, stages["build"])) > 1
    _says_nothing_of_people(project, collector.bodies, settings["SOURCES__HUBSPOT__ACCESS_TOKEN"])


def _says_nothing_of_people(project: Path, bodies: list[bytes], token: str) -> None:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute("select id, email, phone, lastname from raw_hubspot.contacts").fetchall()
    values = {value for row in rows for value in row if value and len(value) > 5}
    assert len(values) > 100
    assert [value for value in (*values, token) if any(value.encode() in body for body in bodies)] == []


def test_a_night_that_fails_says_so_and_not_why(smarketing: Smarketing, folder: Path) -> None:
    with collecting() as collector:
        (folder / ".env").write_text(
            f"OTEL_EXPORTER_OTLP_ENDPOINT={collector.endpoint}\n"
            "OTEL_EXPORTER_OTLP_HEADERS=api-key=s3cr3t%20key\n",
            encoding="utf-8",
        )
        ended = smarketing("run", **CRM)
    assert ended.code == 4
    assert [one["api-key"] for one in collector.headers] == ["s3cr3t key"]
    spans = collector.spans()
    run, sync = _one(spans, "run"), _one(spans, "sync")
    assert (run.status.code, sync.status.code) == (Status.STATUS_CODE_ERROR, Status.STATUS_CODE_ERROR)
    assert plain(run.attributes)["smarketing.exit_code"] == 4
    assert plain(sync.attributes)["error.type"] == "CrmUnreadable"
    assert [one.events for one in spans if one.events] == []
    assert {one.status.message for one in spans} == {""}
    log = (folder / ".smarketing" / "logs" / "smarketing.jsonl").read_text(encoding="utf-8")
    assert "s3cr3t" not in log + ended.stderr


def test_a_collector_that_is_down_harms_nothing(smarketing: Smarketing, folder: Path) -> None:
    ended = smarketing("run", **CRM, OTEL_EXPORTER_OTLP_ENDPOINT=NOBODY_LISTENS)
    assert (ended.code, ledger(folder)) == (4, [("failed", 4)])
    assert "The trace could not be sent to the collector" in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("Error: HubSpot at ")
    assert "Traceback" not in ended.stderr


def test_a_collector_that_does_not_answer_is_not_waited_for(smarketing: Smarketing, folder: Path) -> None:
    begun = time.monotonic()
    assert smarketing("run", **CRM).code == 4
    usual = time.monotonic() - begun
    with collecting(silent=True) as collector:
        begun = time.monotonic()
        ended = smarketing("run", **CRM, OTEL_EXPORTER_OTLP_ENDPOINT=collector.endpoint)
        took = time.monotonic() - begun
    assert (ended.code, ledger(folder)) == (4, [("failed", 4)] * 2)
    assert "The trace could not be sent to the collector" in ended.stderr
    assert took < 2 * usual + 10


RUN = """
import sys
{before}
import cli
try:
    cli.main(["--project-dir", sys.argv[1], "run"])
finally:
    print(*(name for name in sys.modules if name.startswith("opentelemetry.")))
"""


def _run(folder: Path, before: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN.format(before=before), str(folder)],
        cwd=ROOT,
        env=CRM | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_imported_unless_it_is_asked_for(folder: Path) -> None:
    ended = _run(folder)
    assert ended.returncode == 4, ended.stderr
    assert [name for name in ended.stdout.split() if ".sdk" in name or ".exporter" in name] == []


def test_without_the_extra_the_night_goes_on_and_says_what_is_missing(folder: Path) -> None:
    missing = "sys.modules['opentelemetry.sdk'] = None"
    ended = _run(folder, missing, OTEL_EXPORTER_OTLP_ENDPOINT=NOBODY_LISTENS)
    assert ended.returncode == 4
    assert "`pip install smarketing[telemetry]`. The night goes on without." in ended.stderr
    assert "Error: HubSpot at " in ended.stderr
