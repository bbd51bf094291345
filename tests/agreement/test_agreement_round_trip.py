"""Any valid agreement validates by the schema, and printing and parsing it gives the same agreement."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

import agreement
from agreement import Agreement
from agreement.dump import dump
from agreement.examples import EVERYTHING, TO_BEGIN_WITH
from agreement.reader import loads
from agreement.schema import schema
from agreement.show import show
from tests.agreement.strategies import agreements
from tests.agreement.yaml_1_2 import data

# A failing agreement is long either way: making it smaller takes minutes and hardly helps.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
VALIDATOR = Draft202012Validator(schema())


@given(agreements())
@settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_a_random_agreement_comes_back_the_same(drawn: Agreement) -> None:
    printed = dump(drawn)
    assert [error.message for error in VALIDATOR.iter_errors(data(printed))] == []
    parsed = loads(printed)
    assert parsed == drawn
    assert loads(dump(parsed)).fingerprint == drawn.fingerprint
    assert drawn.company in show(drawn)


@pytest.mark.parametrize("file", [TO_BEGIN_WITH, EVERYTHING], ids=lambda file: file.stem)
def test_our_examples_come_back_the_same(file: Path) -> None:
    written = agreement.load(file)
    assert loads(dump(written)) == written


def test_an_agreement_survives_pydantic() -> None:
    written = agreement.load(EVERYTHING)
    assert Agreement.model_validate_json(written.model_dump_json()) == written
