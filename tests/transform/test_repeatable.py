"""The same records give the same tables: in another order, and a second time."""

from pathlib import Path

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.transform.conftest import AS_OF, collected
from tests.transform.raw import write_raw
from warehouse import Warehouse, open_warehouse


def contents(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    with warehouse.connect() as connection:
        names = connection.sql(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        return {
            name: connection.sql(f"select * from marts.{name} order by all").fetchall() for (name,) in names
        }


def test_reordered_records_and_a_second_build_give_identical_tables(
    folder: Project, warehouse: Warehouse, tmp_path: Path
) -> None:
    text = folder.agreement_file.read_text(encoding="utf-8")
    (tmp_path / "agreement.yml").write_text(text, encoding="utf-8")
    project = Project(tmp_path)
    other = open_warehouse(project)
    write_raw(other, {name: rows[::-1] for name, rows in collected().tables.items()})
    expected = contents(warehouse)
    assert len(expected["lead_handoffs"]) > 50
    for _ in range(2):
        transform.build(project, agreement.load(project.agreement_file), other, Run("run-1", AS_OF), Silent())
        assert contents(other) == expected
