"""Every model says what its rows are, describes its columns, and has its grain tested."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from transform.dbt_runner import DBT_PROJECT

MODELS = sorted(DBT_PROJECT.glob("models/**/*.sql"))
NAMES = [path.stem for path in MODELS]
WITHOUT_KEY = {"int_kpi_events", "int_rep_events", "int_sla_counts", "int_sla_facts", "int_sla_promised"}
"""Lists of what happened, to be summed: two rows alike are two events."""


def described(path: Path) -> dict[str, Any]:
    models = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
    found: dict[str, Any] = models[0]
    assert len(models) == 1
    assert found["name"] == path.stem
    return found


@pytest.mark.parametrize("path", MODELS, ids=NAMES)
def test_the_grain_comes_first_and_columns_are_described(path: Path) -> None:
    model = described(path)
    assert model["description"].startswith("One row per")
    columns = model.get("columns", [])
    assert [column["name"] for column in columns if not column.get("description")] == []
    assert columns or "marts" not in path.parts


@pytest.mark.parametrize("path", [p for p in MODELS if p.stem not in WITHOUT_KEY], ids=lambda path: path.stem)
def test_the_grain_is_tested(path: Path) -> None:
    model = described(path)
    keys = [test for test in model.get("data_tests", []) if "one_row_per" in test]
    assert keys


def test_lists_without_a_key_are_read_by_sums_alone() -> None:
    assert set(NAMES) >= WITHOUT_KEY
    marts = [path.stem for path in MODELS if "marts" in path.parts]
    assert not set(marts) & WITHOUT_KEY


def test_every_mart_is_read_by_somebody() -> None:
    told = yaml.safe_load((DBT_PROJECT / "models/marts/_exposures.yml").read_text(encoding="utf-8"))
    read = {ref for exposure in told["exposures"] for ref in exposure["depends_on"]}
    marts = {f"ref('{path.stem}')" for path in MODELS if "marts" in path.parts}
    assert read == marts
