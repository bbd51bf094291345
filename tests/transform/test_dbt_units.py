"""dbt's own unit tests, and that the models which need one have one."""

import re
from collections.abc import Iterator

import pytest

import agreement
from progress import Silent
from project import Project
from transform.dbt_runner import DBT_PROJECT, Dbt
from transform.dbt_vars import dbt_vars
from transform.test_results import DataTestResult
from warehouse import Warehouse


@pytest.fixture(scope="module")
def unit_tests(folder: Project, warehouse: Warehouse) -> Iterator[tuple[DataTestResult, ...]]:
    variables = dbt_vars(agreement.load(folder.agreement_file), warehouse.engine)
    with Dbt(folder, warehouse, variables, Silent()) as dbt:
        yield dbt.test(kind="unit")


def test_every_unit_test_passes(unit_tests: tuple[DataTestResult, ...]) -> None:
    assert [test for test in unit_tests if test.verdict != "passed"] == []


def test_every_model_with_a_case_or_a_window_has_a_unit_test(unit_tests: tuple[DataTestResult, ...]) -> None:
    tested = {test.table for test in unit_tests}
    models = [
        path for path in DBT_PROJECT.glob("models/intermediate/**/*.sql") if "judging" not in path.parts
    ]
    needing = {
        path.stem for path in models if re.search(r"\bcase\b|\bover \(", path.read_text(encoding="utf-8"))
    }
    assert len(needing) > 20
    assert needing - tested == set()
