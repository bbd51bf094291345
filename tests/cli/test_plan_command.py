"""`agreement plan` reads what is published, for people, for the agreement and for programs."""

import json
from pathlib import Path

import pytest

from agreement import load
from tests.cli.process import Smarketing, contents

GOAL = ("agreement", "plan", "--revenue", "50,000")


@pytest.mark.parametrize("revenue", ["0", "-5", "lots", "nan"])
def test_an_amount_that_is_none(smarketing: Smarketing, revenue: str) -> None:
    ended = smarketing("agreement", "plan", "--revenue", revenue)
    assert (ended.code, ended.stdout) == (2, "")
    assert "is not an amount like 900000" in ended.stderr


def test_before_the_first_night_there_is_nothing_to_plan_on(smarketing: Smarketing) -> None:
    ended = smarketing(*GOAL)
    assert (ended.code, ended.stdout) == (2, "")
    assert "`smarketing run`" in ended.stderr


@pytest.mark.slow
def test_the_plan_is_readable_and_says_that_history_is_thin(project: Path) -> None:
    before = contents(project)
    said = Smarketing(project)(*GOAL, "--per", "month", "--since", "2025-10-01")
    assert said.code == 0, said.stderr
    assert said.stdout.startswith("AUD 50,000 to be won per month, planned for 2026-12-01 to 2026-12-31.")
    assert "marketing qualified lead" in said.stdout
    assert "history is thin" in said.stdout
    assert max(map(len, said.stdout.splitlines())) <= 110
    assert contents(project) == before


@pytest.mark.slow
def test_the_same_plan_can_be_pasted_and_computed_with(project: Path, tmp_path: Path) -> None:
    command = Smarketing(project)
    found = json.loads(command(*GOAL, "--format", "json").stdout)
    needs = {need["what"]: need for need in found["needs"]}
    assert needs["deals won"]["low"] <= needs["deals won"]["value"] <= needs["deals won"]["high"]
    draft = tmp_path / "draft.yml"
    version = "  - version: next\n    effective_from: 2027-01-01\n"
    signed = (project / "agreement.yml").read_text(encoding="utf-8")
    draft.write_text(signed + version + command(*GOAL, "--format", "yaml").stdout, encoding="utf-8")
    promised = {one.stage: one for one in load(draft).versions[-1].commitments}
    assert promised["customer"].targets["all"] >= needs["customer"]["value"]
    assert promised[None].targets["all"] == 50_000
