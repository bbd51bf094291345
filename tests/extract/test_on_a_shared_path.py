"""A sync into Parquet files on a shared path: every night the raw tables are the CRM, whatever people do."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import duckdb
import pytest

from errors import UsageProblem
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.test_nights import Day
from tests.extract.truth import assert_equal
from warehouse import Warehouse
from warehouse.spark import SparkCluster


@dataclass
class OnPath(Night):
    """No cluster takes part in a sync: the path is enough."""

    @property
    def warehouse(self) -> Warehouse:
        root = self.project.root
        return SparkCluster("spark", root / "spill", {}, root / "shared", "sc://nobody:1")


@pytest.fixture
def on_path(night: Night) -> OnPath:
    return OnPath(night.project, night.agreement, night.settings, night.numbers)


def test_a_first_night_and_a_quiet_one(on_path: OnPath, crm: SandboxServer) -> None:
    on_path.sync()
    assert_equal(on_path.warehouse, crm)
    assert on_path.sync(NOW + timedelta(days=1)).rows_loaded == 0
    assert_equal(on_path.warehouse, crm)


def test_a_person_deleted_for_privacy_leaves_every_file(on_path: OnPath, crm: SandboxServer) -> None:
    on_path.sync()
    erased = max(crm.truth_of_records().live["contacts"])
    assert named_in(on_path.project.root / "shared", erased) >= {"contacts", "property_history"}
    crm.set_now(NOW + timedelta(days=1))
    crm.desk.erase("contacts", erased)
    on_path.sync(NOW + timedelta(days=1))
    assert_equal(on_path.warehouse, crm)
    assert named_in(on_path.project.root / "shared", erased) == {"purged_records"}


def named_in(folder: Path, one: int) -> set[str]:
    """The tables with a file, also one that does not count any more, in which the id stands."""
    asked = "select count(*) from read_parquet('{}') as rows where contains(cast(rows as varchar), '{}')"
    return {
        file.parent.name
        for file in folder.rglob("*.parquet")
        if duckdb.execute(asked.format(file, one)).fetchall() != [(0,)]
    }


def test_moving_up_from_a_file_fetches_nothing_again(
    night: Night, on_path: OnPath, crm: SandboxServer
) -> None:
    night.sync()
    file = night.warehouse.path
    moved = on_path.warehouse.adopt(file)
    assert moved.tables > 20
    with pytest.raises(UsageProblem, match="holds tables already"):
        on_path.warehouse.adopt(file)
    later = NOW + timedelta(days=1)
    crm.set_now(later)
    Day(crm, Random(5)).pass_by(actions=25)
    there = on_path.sync(later)
    assert_equal(on_path.warehouse, crm)
    assert there.requests == night.sync(later).requests


@pytest.mark.slow
def test_ten_nights(on_path: OnPath, crm: SandboxServer) -> None:
    random = Random(3)
    for number in range(10):
        crm.set_now(NOW + timedelta(days=number))
        Day(crm, random).pass_by(actions=25)
        on_path.sync(NOW + timedelta(days=number))
        assert_equal(on_path.warehouse, crm)
