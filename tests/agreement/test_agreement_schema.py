"""The JSON Schema is one, describes everything, and takes and refuses what the reader does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

import agreement
from agreement.examples import EVERYTHING, TO_BEGIN_WITH
from agreement.grammar import AGREEMENT
from agreement.nodes import Mapping
from agreement.problems import Problems
from agreement.schema import schema
from agreement.yaml_text import read
from tests.agreement.broken import BASE, broken
from tests.agreement.yaml_1_2 import data

SANDBOX = Path(__file__).parents[2] / "sandbox" / "agreement.yml"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("file", [TO_BEGIN_WITH, EVERYTHING, SANDBOX], ids=lambda file: file.stem)
def test_our_own_agreements_are_valid_and_load(file: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(data(file.read_text(encoding="utf-8")))] == []
    assert agreement.load(file).versions


@pytest.mark.parametrize(
    "name",
    """
    part_misspelt part_missing unknown_crm unknown_currency unknown_day unknown_treatment stage_in_capitals
    no_default_calendar yes_for_true share_without_percent number_with_commas negative_target half_an_attempt
    time_without_unit promises_nothing promises_two_things goes_with_another_promise waiver_without_end
    lead_id_read_as_number year_read_as_number
    """.split(),  # noqa: SIM905 -- a paragraph of names reads better than a column
)
def test_an_editor_underlines_the_mistake(name: str, validator: Draft202012Validator) -> None:
    assert not validator.is_valid(data(broken(name)))


def fields(json: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, one in json.get("properties", {}).items():
        yield name, one
        yield from fields(one)
    for inner in (json.get("items"), json.get("additionalProperties"), *json.get("oneOf", [])):
        if isinstance(inner, dict):
            yield from fields(inner)


def test_every_name_has_a_description() -> None:
    described = list(fields(schema()))
    assert len(described) > 80
    assert [name for name, one in described if len(one.get("description", "")) < 10] == []


def test_the_full_example_uses_every_name_of_the_vocabulary() -> None:
    """Whatever the schema lets one write at the top, in a version, a rule or a commitment, stands in it."""
    root = read(EVERYTHING.read_text(encoding="utf-8"), Problems())
    assert isinstance(root, Mapping)
    assert set(root.keys) == set(AGREEMENT.fields)
    assert {name for name, _ in fields(schema())} - written_names(data(EVERYTHING.read_text())) == set()


def written_names(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(written_names, value))
    if isinstance(value, dict):
        return set(value) | set().union(*map(written_names, value.values()))
    return set()


def test_the_base_of_the_broken_ones_is_valid(validator: Draft202012Validator) -> None:
    assert validator.is_valid(data(BASE))
