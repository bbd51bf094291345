"""What a plan proposes can be pasted into a version as it stands, and says what the plan says."""

import json
import math
from decimal import Decimal
from pathlib import Path

import pytest

from agreement import Agreement, loads
from planning import Goal, Plan
from planning.as_json import as_json
from planning.proposal import proposal
from tests.agreement.broken import BASE
from tests.planning.marts import Marts
from tests.planning.test_arithmetic import OPPORTUNITY, SIGNED, add_segment, made

NEXT_VERSION = "  - version: next\n    effective_from: 2027-01-01\n"


def pasted(text: str) -> Agreement:
    """The agreement with one more version, that holds the proposal and nothing else."""
    return loads(BASE.replace("  - {stage: customer,", OPPORTUNITY) + NEXT_VERSION + text)


@pytest.fixture
def planned(tmp_path: Path) -> Plan:
    marts = Marts()
    add_segment(marts, "enterprise", 3000)
    add_segment(marts, "small_business", 1000)
    add_segment(marts, None, 10)
    return made(marts, tmp_path, Goal(Decimal(96_000)))


def test_the_proposal_is_part_of_a_sound_agreement(planned: Plan) -> None:
    promised = pasted(proposal(planned, SIGNED)).versions[-1].commitments
    assert [(one.department, one.measure, one.stage) for one in promised] == [
        ("marketing", "deliver", "lead"),
        ("marketing", "deliver", "marketing_qualified_lead"),
        ("sales", "convert", "sales_qualified_lead"),
        ("sales", "convert", "opportunity"),
        ("sales", "convert", "customer"),
        ("sales", "convert_value", None),
    ]
    assert {one.per for one in promised} == {"quarter"}


def test_its_targets_are_the_plans(planned: Plan) -> None:
    promised = {one.stage: one for one in pasted(proposal(planned, SIGNED)).versions[-1].commitments}
    for need in planned.needs[:-1]:
        assert need.count is not None
        targets = promised[need.what].targets
        parts = [one.count for part in planned.parts for one in part.needs if one.what == need.what]
        assert targets["all"] == sum(math.ceil(part.value) for part in parts if part)
        assert set(targets) == {"all", "segment=enterprise", "segment=small_business"}
    assert promised[None].targets["all"] == 96_000


def test_names_that_are_taken_are_not_taken_again(planned: Plan) -> None:
    once = pasted(proposal(planned, SIGNED))
    twice = pasted(proposal(planned, once)).versions[-1].commitments
    assert not {one.commitment for one in twice} & {one.commitment for one in once.versions[-1].commitments}


def test_a_company_without_segments_gets_targets_without_slices(tmp_path: Path) -> None:
    marts = Marts()
    add_segment(marts, None, 3000)
    start, end = BASE.index("segments:"), BASE.index("lead_types:")
    plain = (BASE[:start] + BASE[end:]).replace(", by: {segment: {enterprise: 50}}", "")
    signed = loads(plain.replace("  - {stage: customer,", OPPORTUNITY))
    text = proposal(made(marts, tmp_path, Goal(Decimal(96_000)), signed), signed)
    assert "by:" not in text
    assert pasted(text).versions[-1].commitments


def test_json_holds_the_whole_plan(planned: Plan) -> None:
    said = json.loads(json.dumps(as_json(planned)))
    assert said["goal"] == {"revenue": 96_000, "currency": "AUD", "per": "quarter"}
    assert [need["what"] for need in said["needs"]] == [need.what for need in planned.needs]
    assert said["needs"][0]["exist_by"]["expected"] == "2027-02-09"
    assert [one["segment"] for one in said["segments"]] == [part.segment for part in planned.parts]
