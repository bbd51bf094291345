"""Bad nights name a lead in logs, ledger and a damaged file; once it is erased in the CRM, nothing does."""

import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder

RELAXED = "severity: warning\n          tolerance: 5%"
STRICT = "severity: critical\n          tolerance: 0%"
UNFIT = """
    alter table raw_hubspot.contacts rename to contacts_of_then;
    create view raw_hubspot.contacts as
    select * replace (
        case when id = '{lead}' then cast(cast(email as integer) as varchar) else phone end as phone
    )
    from raw_hubspot.contacts_of_then
"""


@pytest.mark.slow
def test_what_bad_nights_said_of_somebody_erased_is_nowhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    company = Company(80, seed=8)
    with running(company, now=NOW) as server:
        relaxed = SIGNED.read_text(encoding="utf-8")
        folder = new_folder(tmp_path_factory.mktemp("nowhere") / "sla", relaxed.replace(RELAXED, STRICT))
        portal = Portal(company, server, folder)
        refused = portal.night()
        assert refused.code == 3, refused.stderr
        erased = _first_named(refused.stderr)
        address = _quoted_by_a_library(portal, erased)
        os.truncate(folder / "warehouse.duckdb", 8192)
        spoken = set(_texts_with(folder, erased)) | set(_texts_with(folder, address))
        assert {".smarketing/logs/smarketing.jsonl", ".smarketing/runs.json"} <= spoken
        (folder / "agreement.yml").write_text(relaxed, encoding="utf-8")
        server.desk.erase("contacts", int(erased))
        ended = portal.night(NOW + timedelta(days=1))
        assert ended.code == 0, ended.stderr
    assert "The working file was damaged, and is set aside" in ended.stderr
    assert not (folder / ".smarketing" / "damaged").exists()
    assert [*_texts_with(folder, erased), *_texts_with(folder, address)] == []
    databases = [*folder.rglob("*.duckdb")]
    assert len(databases) == 4  # the working file, its copy, a refused publication and a certified one
    found = {where for file in databases for where in _columns_with(file, erased, address)}
    assert found == {"raw_hubspot.purged_records"}  # which is how we know, in files that are ours alone
    log = (folder / ".smarketing" / "logs" / "smarketing.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in log]
    assert any("Leads …" in one["message"] for one in told)
    assert any("RuntimeError" in one.get("traceback", "") for one in told)


def _first_named(said: str) -> str:
    named = re.search(r"Leads (\d+)", said)
    assert named, said
    return named.group(1)


def _quoted_by_a_library(portal: Portal, lead: str) -> str:
    """Let a build stumble over the lead's address: a person sees it, the log has it, the ledger has not."""
    with duckdb.connect(str(portal.folder / "warehouse.duckdb")) as connection:
        ((address,),) = connection.execute(
            "select email from raw_hubspot.contacts where id = ?", [lead]
        ).fetchall()
        connection.execute(UNFIT.format(lead=lead))
    ended = portal.command("build", "--full-refresh")
    assert ended.code == 1
    assert "Error: An unexpected failure, RuntimeError: " in ended.stderr
    assert address in (portal.folder / ".smarketing" / "logs" / "smarketing.jsonl").read_text(
        encoding="utf-8"
    )
    (newest, *_) = json.loads((portal.folder / ".smarketing" / "runs.json").read_text(encoding="utf-8"))
    assert newest["reason"].startswith("An unexpected failure, RuntimeError. ")
    assert address not in newest["reason"]
    return str(address)


def _texts_with(folder: Path, text: str) -> Iterator[str]:
    """Files in which `text` can be read as it stands."""
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix != ".duckdb" and text.encode() in file.read_bytes():
            yield str(file.relative_to(folder))


def _columns_with(file: Path, *texts: str) -> Iterator[str]:
    """Tables of a DuckDB file in which one of `texts` stands in any value."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, table in tables:
            for text in texts:
                count = f'select count(*) from "{schema}"."{table}" as one where contains(one::varchar, ?)'
                if connection.execute(count, [text]).fetchall() != [(0,)]:
                    yield f"{schema}.{table}"
