"""What a table and its columns mean is said in the publication itself."""

from pathlib import Path

import pytest
import yaml

from tests.end_to_end.portal import Portal
from transform.dbt_runner import DBT_PROJECT
from warehouse.audit import audit_table

COLUMNS = """
    select column_name, data_type, is_nullable, comment from duckdb_columns()
    where schema_name = 'audit' and table_name = ? order by column_index
"""
UNSAID = """
    select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()
    where schema_name in ('marts', 'audit') and coalesce(trim(comment), '') = ''
"""
MODELS = sorted(DBT_PROJECT.glob("models/marts/*.sql"))


def test_every_column_is_described(company: Portal) -> None:
    assert company.rows(UNSAID) == []
    assert company.rows("select table_name from duckdb_tables() where coalesce(comment, '') = ''") == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.stem)
def test_marts_say_what_their_models_say(company: Portal, model: Path) -> None:
    said = yaml.safe_load(model.with_suffix(".yml").read_text(encoding="utf-8"))["models"][0]
    found = dict(
        company.rows(f"select column_name, comment from duckdb_columns() where table_name = '{model.stem}'")
    )
    declared = {column["name"]: column["description"].strip() for column in said["columns"]}
    assert {name: found.get(name) for name in declared} == declared


def test_audit_is_as_its_contract_says(company: Portal) -> None:
    names = [
        name for (name,) in company.rows("select table_name from duckdb_tables() where schema_name = 'audit'")
    ]
    assert {"runs", "sync_proof", "rule_results", "check_results", "publication_changes"} <= set(names)
    for name in names:
        table = audit_table(name)
        found = company.rows(COLUMNS.replace("?", f"'{name}'"))
        same = {"DOUBLE": "double precision", "DECIMAL(28,6)": "decimal(28, 6)"}
        assert [(n, same.get(kind, kind.lower()), not null, said) for n, kind, null, said in found] == [
            (column.name, column.kind, column.required, column.description) for column in table.columns
        ]
        key = ", ".join(table.key)
        assert company.rows(f"select {key} from audit.{name} group by {key} having count(*) > 1") == []
