"""Each table of `audit` is what its contract says, and another shape is refused."""

from typing import Any

import duckdb
import pytest
import yaml

from transform.dbt_runner import DBT_PROJECT
from warehouse.audit import audit_table
from warehouse.audit.contract import DECLARED

SOURCE = yaml.safe_load(DECLARED.read_text(encoding="utf-8"))["sources"][0]
NAMES = [table["name"] for table in SOURCE["tables"]]
SHAPE = """
    select column_name, is_nullable, comment from duckdb_columns()
    where schema_name = 'audit' and table_name = ? order by column_index
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_made_as_declared(name: str) -> None:
    declared = next(table for table in SOURCE["tables"] if table["name"] == name)
    meta = declared["config"]["meta"]
    with duckdb.connect() as connection:
        audit_table(name).create(connection)
        found = connection.execute(SHAPE, [name]).fetchall()
        said = connection.execute("select comment from duckdb_tables()").fetchall()
    assert found == [
        (column["name"], column["name"] not in meta["required"], column["description"])
        for column in declared["columns"]
    ]
    assert said == [(declared["description"],)]
    assert declared["description"].startswith("One row per")
    assert set(meta["key"]) <= {column["name"] for column in declared["columns"]}


def test_dbt_documents_the_very_file() -> None:
    documented = DBT_PROJECT / "models" / "audit" / "_audit__sources.yml"
    assert documented.resolve() == DECLARED.resolve() or documented.read_bytes() == DECLARED.read_bytes()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "alter table audit.sync_proof alter missing type varchar",
            "missing is varchar and should be bigint",
        ),
        (
            "alter table audit.sync_proof add column colour varchar",
            "it has a column colour that nobody knows",
        ),
    ],
)
def test_another_shape_is_refused(change: str, sentence: str) -> None:
    proof = audit_table("sync_proof")
    with duckdb.connect() as connection:
        proof.create(connection)
        connection.execute(change)
        with pytest.raises(RuntimeError, match=f"audit.sync_proof is not as its contract says: {sentence}"):
            proof.put(connection, "1", [_line("deals")])


def test_an_earlier_releases_table_is_completed() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema audit")
        connection.execute("create table audit.sync_proof (run_id varchar, object varchar)")
        audit_table("sync_proof").create(connection)
        found = connection.execute(SHAPE, ["sync_proof"]).fetchall()
        audit_table("sync_proof").put(connection, "1", [_line("deals")])
    assert [name for name, *_ in found] == list(audit_table("sync_proof").names)


def test_two_rows_of_one_grain_are_refused_and_change_nothing() -> None:
    proof = audit_table("sync_proof")
    with duckdb.connect() as connection:
        proof.put(connection, "1", [_line("deals"), _line("calls")])
        with pytest.raises(RuntimeError, match="two rows of run_id 1, object deals: nothing was written"):
            proof.put(connection, "1", [_line("deals"), _line("deals")])
        assert connection.execute("select count(*) from audit.sync_proof").fetchall() == [(2,)]


def test_nothing_where_something_must_be_is_refused() -> None:
    proof = audit_table("sync_proof")
    with duckdb.connect() as connection, pytest.raises(duckdb.ConstraintException):
        proof.put(connection, "1", [(*_line("deals")[:6], None, None, None, None)])


def _line(name: str) -> tuple[Any, ...]:
    return ("1", name, 3, 3, 0, 0, "passed", None, None, None)
