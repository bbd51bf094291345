"""A sync's memory does not grow with the portal."""

import subprocess
import sys

import pyarrow as pa
import pytest

from extract.loading import Loader
from extract.parcels import Parcel
from extract.room import roomy
from tests.extract.conftest import Folder
from warehouse import duckdb_file

ROWS, MEGABYTE = 12_000, 2**20
HELD = "select coalesce(sum(memory_usage_bytes), 0) from duckdb_memory() where tag = 'IN_MEMORY_TABLE'"


def _rows(number: int) -> pa.Table:
    """Three megabytes."""
    ids = [str(number * ROWS + one) for one in range(ROWS)]
    schema = pa.schema([pa.field("id", pa.string(), nullable=False), pa.field("note", pa.string())])
    return pa.table({"id": ids, "note": [f"{one:0>256}" for one in ids]}, schema=schema)


def test_what_is_loaded_leaves_memory_for_the_file_before_the_sync_is_over(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duckdb_file, "CHECKPOINT_AT", "1MB")
    night = folder("http://127.0.0.1:1")
    with roomy(night.warehouse), night.warehouse.connect() as connection:
        loader = Loader(night.project, night.warehouse)
        for number in range(3):
            loader.load([Parcel({"contacts": _rows(number)})])
            (held,) = connection.execute(HELD).fetchall()
            assert held[0] < 2 * MEGABYTE


def test_long_texts_are_loaded_however_little_memory_a_sync_takes_otherwise(folder: Folder) -> None:
    night, texts = folder("http://127.0.0.1:1"), [f"{one:0>60000}" for one in range(2_000)]
    emails = pa.table({"id": [str(one) for one in range(2_000)], "html": texts, "text": texts})
    with roomy(night.warehouse):
        Loader(night.project, night.warehouse).load([Parcel({"emails": emails})])
    with night.warehouse.connect() as connection:
        asked = "select count(*), min(length(html)), max(text) from raw_hubspot.emails"
        assert connection.execute(asked).fetchall() == [(2_000, 60_000, texts[-1])]


def test_arrow_takes_its_memory_from_the_system() -> None:
    asked = "import extract, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "system"
