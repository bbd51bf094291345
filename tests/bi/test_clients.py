"""The README's examples for BI tools, run against a publication."""

import json
import re
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest

from publish import Publication
from tests.bi.clients import environment

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def _examples() -> list[str]:
    """The Python examples of the README's section on BI tools."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## BI tools", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


@pytest.mark.parametrize("number", range(3))
def test_the_readmes_examples_run(publication: Publication, number: int) -> None:
    examples = _examples()
    assert len(examples) == 3
    code = compile(
        examples[number].replace("my-company/published", str(publication.path)), "README.md", "exec"
    )
    names: dict[str, object] = {}
    exec(code, names)
    found = names["compliance"]
    assert isinstance(found, pd.DataFrame | pl.DataFrame)
    with duckdb.connect(str(publication.database), read_only=True) as connection:
        (expected,) = connection.execute("select count(*) from marts.sla_compliance").fetchall()[0]
    assert len(found) == expected > 0


def test_excel_reads_the_workbook_as_numbers_and_days(publication: Publication) -> None:
    book = openpyxl.load_workbook(publication.path / "exports" / "marts.sla_compliance.xlsx", read_only=True)
    head, first, *_ = list(book["sla_compliance"].iter_rows(values_only=True))
    row = dict(zip(head, first, strict=True))
    assert isinstance(row["actual"], float | int)
    assert hasattr(row["period_start"], "year")


def test_csv_and_parquet_hold_the_same_rows(publication: Publication) -> None:
    leads = pl.read_csv(publication.path / "exports" / "marts.leads.csv", infer_schema_length=None)
    parquet = pl.read_parquet(publication.path / "tables" / "marts.leads.parquet")
    assert leads["employees"].to_list() == parquet["employees"].to_list()
    assert leads.columns == parquet.columns


@pytest.mark.slow
def test_an_older_client_reads_every_table(publication: Publication, tmp_path: Path) -> None:
    python = environment(tmp_path / "older", "duckdb==1.2.2")
    ran = subprocess.run(
        [str(python), str(HERE / "reads_everything.py"), str(publication.database)],
        check=True,
        capture_output=True,
        text=True,
    )
    said = json.loads(ran.stdout)
    manifest = json.loads((publication.path / "publication.json").read_text(encoding="utf-8"))
    assert said["version"] == "1.2.2"
    assert said["rows"] == manifest["rows"]
    assert len(said["rows"]) > 8
