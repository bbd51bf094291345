"""What must be true of a folder that anybody may be reading."""

import hashlib
import json
from pathlib import Path

import duckdb


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, by its path within the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def assert_complete(folder: Path) -> None:
    """The manifest lists every other file with its right digest, and every table with its rows."""
    manifest = json.loads((folder / "publication.json").read_text())
    found = digests(folder)
    del found["publication.json"]
    assert {name: said["sha256"] for name, said in manifest["files"].items()} == found
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        for table, rows in manifest["rows"].items():
            assert connection.execute(f"select count(*) from {table}").fetchall() == [(rows,)]
            parquet = folder / "tables" / f"{table}.parquet"
            assert connection.execute(f"select count(*) from '{parquet}'").fetchall() == [(rows,)]


def hidden(root: Path) -> list[str]:
    """Names that publishers use for what is not finished."""
    places = [*root.iterdir(), *(root / "publications").iterdir()]
    return sorted(p.name for p in places if p.name.startswith((".making", ".pruning", ".published")))
