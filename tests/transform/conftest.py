"""One warehouse for all rulings: each test module adds its leads, one build judges them all."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.transform.crm import Crm
from tests.transform.raw import at, write_raw
from warehouse import Warehouse, open_warehouse

AS_OF = at("2026-11-24 20:00")
MODULES = (
    "test_lifecycle",
    "test_leads",
    "test_deals",
    "test_touches",
    "test_handoffs",
    "test_verdicts",
    "test_responses",
    "test_promises",
    "test_quarantine",
    "test_broadcasts",
)
Row = dict[str, Any]
Rows = Callable[..., list[Row]]


def collected() -> Crm:
    """The records of every module."""
    crm = Crm()
    crm.staff()
    for name in MODULES:
        import_module(f"tests.transform.{name}").records(crm)
    return crm


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project folder with the tests' agreement."""
    root = tmp_path_factory.mktemp("rulings")
    text = (Path(__file__).parent / "agreement.yml").read_text(encoding="utf-8")
    (root / "agreement.yml").write_text(text, encoding="utf-8")
    return Project(root)


@pytest.fixture(scope="session")
def warehouse(folder: Project) -> Warehouse:
    """Built from the records of every module."""
    house = open_warehouse(folder)
    write_raw(house, collected().tables)
    transform.build(folder, agreement.load(folder.agreement_file), house, Run("run-1", AS_OF), Silent())
    return house


@pytest.fixture(scope="session")
def rows(warehouse: Warehouse) -> Rows:
    """`rows("touches", lead_id="7")`: the rows of a mart that have these values, in its columns' order."""

    def read(mart: str, **wanted: Any) -> list[Row]:
        where = " and ".join(f"{name} = ?" for name in wanted) or "true"
        with warehouse.connect() as connection:
            found = connection.execute(
                f"select * from marts.{mart} where {where} order by all", [*wanted.values()]
            )
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return read


@pytest.fixture(scope="session")
def handoffs(rows: Rows) -> Callable[[str], list[Row]]:
    """The handoffs of a lead, oldest first."""
    return lambda lead: sorted(rows("lead_handoffs", lead_id=lead), key=lambda row: row["handed_off_at"])
