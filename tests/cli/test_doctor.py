"""`doctor` ends 0 only if a run would work, and says of each thing what to do."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nightly.lock import held
from project import Project
from sandbox.limits import UNLIMITED, Quota
from sandbox.server import SandboxServer
from tests.cli.process import NOBODY_LISTENS, Smarketing, contents


@pytest.fixture
def lenient(crm: SandboxServer) -> Iterator[SandboxServer]:
    """The CRM, its limits and tokens put back afterwards."""
    tokens = dict(crm.portal.tokens)
    yield crm
    crm.portal.limiter.quota, crm.portal.limiter.used_today = UNLIMITED, 0
    crm.portal.tokens.clear()
    crm.portal.tokens.update(tokens)


def _asked(smarketing: Smarketing, **settings: str) -> tuple[int, dict[str, dict[str, Any]]]:
    ended = smarketing("doctor", "--json", **settings)
    assert "Traceback" not in ended.stderr
    said = json.loads(ended.stdout)
    assert (said["ready"], said["exit_code"]) == (ended.code == 0, ended.code)
    return ended.code, {one["check"]: one for one in said["checks"]}


def test_all_is_well(smarketing: Smarketing, folder: Path, settings: dict[str, str]) -> None:
    before = contents(folder)
    ended = smarketing("doctor", **settings)
    assert (ended.code, ended.stderr) == (0, "")
    assert contents(folder) == before
    lines = {line.split()[1]: line.split()[0] for line in ended.stdout.splitlines()}
    names = "configuration engines folder lock warehouse disk token quota clock publication"
    assert lines == dict.fromkeys(names.split(), "ok")
    assert "duckdb 2.0.1" in ended.stdout
    assert "It has 15 scopes." in ended.stdout


def test_no_token(smarketing: Smarketing) -> None:
    code, found = _asked(smarketing)
    assert code == 2
    assert "There is no access token for HubSpot." in found["configuration"]["said"]


def test_a_wrong_token(smarketing: Smarketing, settings: dict[str, str]) -> None:
    code, found = _asked(
        smarketing, **(settings | {"SOURCES__HUBSPOT__ACCESS_TOKEN": "pat-wrong-0123456789"})
    )
    assert (code, found["crm"]["state"]) == (4, "problem")
    assert "The token is wrong or has expired" in found["crm"]["said"]
    assert "wrong-0123456789" not in json.dumps(found)


def test_nobody_answers(smarketing: Smarketing, settings: dict[str, str]) -> None:
    code, found = _asked(smarketing, **(settings | {"SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}))
    assert (code, found["crm"]["state"]) == (4, "problem")
    assert "HTTPS_PROXY" in found["crm"]["said"]


def test_a_scope_is_missing(smarketing: Smarketing, lenient: SandboxServer, settings: dict[str, str]) -> None:
    lenient.portal.tokens["pat-narrow"] = frozenset({"crm.objects.deals.read"})
    code, found = _asked(smarketing, **(settings | {"SOURCES__HUBSPOT__ACCESS_TOKEN": "pat-narrow"}))
    assert (code, found["token"]["state"]) == (4, "problem")
    assert "/crm/v3/pipelines/deals" in found["token"]["said"]
    assert "lacks a scope" in found["token"]["said"]


def test_todays_requests_are_nearly_used_up(
    smarketing: Smarketing, folder: Path, lenient: SandboxServer, settings: dict[str, str]
) -> None:
    smarketing("sync", **(settings | {"SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}))
    runs = folder / ".smarketing" / "runs.json"
    rows = json.loads(runs.read_text(encoding="utf-8"))
    runs.write_text(json.dumps([rows[0] | {"requests": 500}]), encoding="utf-8")
    lenient.portal.limiter.quota = Quota(per_window=0, searches_per_second=0, per_day=400)
    lenient.portal.limiter.quota = Quota(per_window=190, searches_per_second=5, per_day=400)
    lenient.portal.limiter.used_today = 0
    code, found = _asked(smarketing, **settings)
    assert (code, found["quota"]["state"]) == (4, "problem")
    assert "today's 400 requests are left; a night took 500 at most lately." in found["quota"]["said"]


def test_a_run_is_at_work(smarketing: Smarketing, folder: Path, settings: dict[str, str]) -> None:
    with held(Project(folder)):
        code, found = _asked(smarketing, **settings)
    assert (code, found["lock"]["state"]) == (75, "problem")


def test_a_clock_that_is_wrong(smarketing: Smarketing, folder: Path, settings: dict[str, str]) -> None:
    away = settings | {"SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}
    assert smarketing("sync", "--as-of", "2100-01-01T00:00:00Z", **away).code == 4
    code, found = _asked(smarketing, **settings)
    assert (code, found["clock"]["state"]) == (2, "problem")


def test_a_damaged_working_file_is_no_reason_to_despair(
    smarketing: Smarketing, folder: Path, settings: dict[str, str]
) -> None:
    (folder / "warehouse.duckdb").write_bytes(b"this is no database" * 1000)
    code, found = _asked(smarketing, **settings)
    assert (code, found["warehouse"]["state"]) == (0, "warning")


def test_it_is_quick(smarketing: Smarketing, settings: dict[str, str]) -> None:
    began = time.monotonic()
    assert smarketing("-q", "doctor", **settings).stdout == ""
    assert time.monotonic() - began < 30
