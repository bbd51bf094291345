"""The nightly job on a server: the same tables as in a DuckDB file, and the same for its readers."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, Portal
from tests.engines.comparison import differences, rows
from tests.engines.nights import CONTACTS, DIFFERENT, OnServer, folder
from tests.engines.server import Server


@pytest.fixture(params=[1, 2, 3], ids=["seed 1", "seed 2", "seed 3"])
def both(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[tuple[Portal, OnServer]]:
    """One company after its first night, in a file and on the server."""
    company = Company(CONTACTS, seed=request.param)
    name = f"seed{request.param}"
    with running(company, now=NOW) as crm:
        in_file = Portal(company, crm, folder(tmp_path, server, f"{name}_file"))
        assert in_file.night().code == 0
        on_server = OnServer(Portal(company, crm, folder(tmp_path, server, name)), server, name)
        on_server.night()
        yield in_file, on_server


@pytest.mark.slow
def test_a_server_gives_what_a_file_gives(both: tuple[Portal, OnServer], tmp_path: Path) -> None:
    in_file, on_server = both
    working = in_file.folder / "warehouse.duckdb"
    with on_server.warehouse.as_duckdb() as copy:
        assert rows(copy, "marts") > 1000
        assert differences(copy, working, "marts") == {}
        assert differences(copy, working, "audit", but=DIFFERENT) == {}
    on_server.warehouse.copy_to(tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as copy:
        assert rows(copy, "raw_hubspot") > 1000
        raw = differences(copy, working, "raw_hubspot")
        assert {table: said for table, said in raw.items() if not table.startswith("_dlt_")} == {}
    published = on_server.portal.folder / "published"
    with on_server.as_shown(tmp_path) as shown:
        for schema in ("marts", "audit"):
            assert rows(shown, schema)
            assert differences(shown, published / "warehouse.duckdb", schema) == {}
    assert on_server.shown == json.loads((published / "publication.json").read_text())["publication_id"]
