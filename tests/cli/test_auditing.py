"""One lead's story, and a draft's: told beforehand, then signed and found to be so."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.process import Smarketing, contents, published

pytestmark = pytest.mark.slow

SINCE = "2026-07-01"
"""When the newest version of the company's agreement took effect."""


@pytest.fixture(scope="module")
def draft(project: Path) -> Path:
    """The agreement with a sharper score, which sets leads apart, and half the time to answer."""
    text = (project / "agreement.yml").read_text(encoding="utf-8")
    old, newest = text.split("  - version: 2026-Q3")
    newest = newest.replace("must: lead_score >= 50", "must: lead_score >= 80\n          quarantine: true")
    newest = newest.replace("respond_within: 4 business hours", "respond_within: 2 business hours")
    file = project.parent / "draft.yml"
    file.write_text(f"{old}  - version: 2026-Q3{newest}", encoding="utf-8")
    return file


def replayed(project: Path, draft: Path, since: str = SINCE) -> dict[str, Any]:
    said = Smarketing(project)("agreement", "replay", "--draft", str(draft), "--since", since, "--json")
    assert said.code == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def handed_off(project: Path) -> str:
    """A lead with a handoff that is judged."""
    (lead_id,) = published(project, "select min(lead_id) from marts.lead_clocks")[0]
    return str(lead_id)


def test_a_story_is_what_is_published(project: Path) -> None:
    lead = handed_off(project)
    told = json.loads(Smarketing(project)("explain", lead, "--json").stdout)
    clocks = {c["commitment"]: c["status"] for handoff in told["handoffs"] for c in handoff["clocks"]}
    query = f"select commitment, status from marts.lead_clocks where lead_id = '{lead}'"
    assert clocks == dict(published(project, query))
    stays = f"select count(*) from marts.lifecycle_stages where lead_id = '{lead}'"
    assert [(sum(event["what"] == "stage" for event in told["events"]),)] == published(project, stays)


def test_a_story_fits_eighty_columns_and_is_plain_in_a_pipe(project: Path) -> None:
    said = Smarketing(project)("explain", handed_off(project))
    assert said.code == 0
    assert max(map(len, said.stdout.splitlines())) <= 80
    assert "\x1b" not in said.stdout
    for heading in ("What happened", "Handoff of ", "Rules"):
        assert heading in said.stdout


def test_nobody_is_explained_by_a_sentence(project: Path) -> None:
    said = Smarketing(project)("explain", "nobody@example.org")
    assert (said.code, said.stdout) == (2, "")
    assert "nobody@example.org" not in said.stderr


def test_a_replay_leaves_everything_as_it_was_and_foretells_what_signing_does(
    project: Path, draft: Path
) -> None:
    before = contents(project)
    told = replayed(project, draft)
    after = contents(project) | {".smarketing/replay.lock": ""}
    assert {name for name in after if before.get(name) != after[name]} == {".smarketing/replay.lock"}

    counted = (
        "select count(distinct lead_id) from marts.lead_handoffs inner join marts.leads using (lead_id)"
        " where leads.excluded_because is null and quarantined_by is null"
        f" and handed_off_at >= timestamp '{SINCE}' - interval 10 hour"
    )
    assert published(project, counted) == [(told["qualified"]["signed_leads"],)]
    (project / "agreement.yml").write_bytes(draft.read_bytes())
    for stage in ("build", "check", "publish"):
        said = Smarketing(project)(stage)
        assert said.code == 0, said.stderr
    assert published(project, counted) == [(told["qualified"]["draft_leads"],)]
    _compare_rules(project, told["rules"])
    _compare_clocks(project, told["clocks"])
    _compare_periods(project, told["periods"])
    _quarantine_is_visible(project, told)


def _compare_rules(project: Path, rules: list[dict[str, Any]]) -> None:
    query = (
        "select rule, stage, count(*) from audit.lead_quality_violations"
        " where resolved_at is null group by all"
    )
    assert {(r["rule"], r["stage"], r["draft_violations"]) for r in rules if r["draft_violations"]} == set(
        published(project, query)
    )
    score = next(r for r in rules if r["rule"] == "mql_score")
    assert score["gained"], "the draft changes nothing: this test shows nothing"
    assert len(score["gained"]) - len(score["lost"]) == score["draft_violations"] - score["signed_violations"]


def _compare_clocks(project: Path, clocks: list[dict[str, Any]]) -> None:
    query = (
        "select measure, count(*), count(*) filter (where status = 'breached')"
        " from marts.lead_clocks inner join marts.lead_handoffs using (handoff_id)"
        f" where excluded_because is null and handed_off_at >= timestamp '{SINCE}' - interval 10 hour"
        " group by measure"
    )
    told = {(c["measure"], c["draft_handoffs"], c["draft_breached"]) for c in clocks}
    assert told == set(published(project, query))


def _compare_periods(project: Path, periods: list[dict[str, Any]]) -> None:
    query = (
        "select commitment, cast(period_start as varchar), status from marts.sla_compliance"
        f" where slice = 'all' and period_end >= date '{SINCE}'"
    )
    told = {(p["commitment"], p["period_start"][:10], p["draft_status"]) for p in periods}
    found = {(commitment, start[:10], status) for commitment, start, status in published(project, query)}
    assert told == found
    assert any(
        p["signed_status"] != p["draft_status"] or p["signed_actual"] != p["draft_actual"] for p in periods
    )


def _quarantine_is_visible(project: Path, told: dict[str, Any]) -> None:
    """Leads set apart are judged all the same, count nowhere, and the report says how many and why."""
    apart = published(
        project,
        "select lead_id, stage in ('contact', 'lead') from marts.leads where quarantined_by = 'mql_score'",
    )
    assert apart
    broken = "select distinct lead_id from audit.lead_quality_violations where rule = 'mql_score'"
    assert {lead for lead, _ in apart} <= {lead for (lead,) in published(project, broken)}
    assert {lead for lead, _ in apart} >= set(told["qualified"]["lost"])
    page = (project / "published" / "report.html").read_text(encoding="utf-8")
    assert "Quarantined" in page
    story = Smarketing(project)("explain", str(apart[0][0])).stdout
    assert "quarantined by mql_score" in " ".join(story.split())


def test_what_cannot_be_replayed_is_a_usage_error(project: Path, draft: Path, tmp_path: Path) -> None:
    command = Smarketing(project)
    ahead = command("agreement", "replay", "--draft", str(draft), "--since", "2030-01-01")
    assert (ahead.code, ahead.stdout) == (2, "")
    assert "is not past" in ahead.stderr
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("crm: nothing\n", encoding="utf-8")
    said = command("agreement", "replay", "--draft", str(wrong), "--since", SINCE)
    assert (said.code, said.stdout) == (2, "")
    empty = Smarketing(tmp_path)("agreement", "replay", "--draft", str(draft), "--since", SINCE)
    assert (empty.code, empty.stdout) == (2, "")
