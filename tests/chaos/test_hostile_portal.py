"""A hostile portal loads completely, nothing of it is executed, and the token is nowhere afterwards."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from sandbox.company import Company
from sandbox.instants import to_iso
from sandbox.records.made import Made, made_row
from sandbox.server import SandboxServer, running
from tests.chaos.hostile import NAMES, SCRIPT
from tests.chaos.nights import Folder
from tests.cli.process import ROOT, Ended
from tests.publish.browser import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Dialog

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800), pytest.mark.xdist_group("hostile portal")]
NOW = datetime(2026, 11, 24, 20)
HUGEST_ID = 2**63 - 2
TOKEN = "pat-na1-5up3r-s3cr3t-4711-0815"
LEAD = {"lifecyclestage": "marketingqualifiedlead", "hs_lead_status": "NEW", "country": "Australia"}


@dataclass
class Night:
    """What was hostile, and how the night ended."""

    crm: SandboxServer
    folder: Folder
    ended: Ended
    ids: dict[str, int]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """One night of `-v run` over a portal full of such names."""
    place = tmp_path_factory.mktemp("hostile")
    with running(Company(contacts=60, seed=5), now=NOW) as crm:
        crm.portal.tokens[TOKEN] = frozenset()
        ids: dict[str, int] = {}
        for name, text in NAMES.items():
            said = dict.fromkeys(("firstname", "lastname", "jobtitle"), text)
            ids[name] = crm.desk.create("contacts", LEAD | said | {"email": f"{len(ids)}@x.example"})
            company = crm.desk.create("companies", {"name": text})
            crm.desk.associate(("contacts", ids[name]), ("companies", company), primary=True)
        _hugest(crm)
        settings = {"SOURCES__HUBSPOT__BASE_URL": crm.base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN}
        folder = Folder(place / "sla", settings)
        folder.root.mkdir()
        (folder.root / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
        yield Night(crm, folder, folder.run("-v", "run", "--as-of", f"{NOW.isoformat()}Z"), ids)


def _hugest(crm: SandboxServer) -> None:
    """A contact whose id is far beyond what a float tells apart."""
    table = crm.portal.crm.tables["contacts"]
    said = LEAD | {"jobtitle": "huge", "email": "huge@x.example", "createdate": to_iso(crm.portal.now)}
    table.add(made_row(Made(HUGEST_ID, crm.portal.now, dict(said)), table.kind))


def test_it_loads_completely(night: Night) -> None:
    assert night.ended.code == 0, night.ended.stderr[-3000:]
    with duckdb.connect(str(night.folder.root / "warehouse.duckdb"), read_only=True) as connection:
        stored = dict(connection.execute("select id, jobtitle from raw_hubspot.contacts").fetchall())
        companies = {
            row[0] for row in connection.execute("select name from raw_hubspot.companies").fetchall()
        }
        leads = connection.execute("select count(*) from marts.leads").fetchall()
    assert {name: stored[str(id)] for name, id in night.ids.items()} == NAMES
    assert stored[str(HUGEST_ID)] == "huge"
    assert companies >= set(NAMES.values())
    assert leads[0][0] > len(NAMES)


def test_nothing_is_executed_in_a_browser(night: Night) -> None:
    published = (night.folder.root / "published").resolve()
    pages = [published / "report.html", *published.rglob("data_docs/*.html")]
    assert len(pages) > 1
    with browsing() as browser:
        for page in pages:
            view = browser.new_page()
            dialogs: list[str] = []
            view.on("dialog", _noting(dialogs))
            view.goto(page.resolve().as_uri())
            assert view.evaluate("window.owned") is None
            assert dialogs == []
            view.close()
            assert SCRIPT not in page.read_text(encoding="utf-8")


def _noting(dialogs: list[str]) -> Callable[["Dialog"], None]:
    def note(dialog: "Dialog") -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    return note


def test_what_a_spreadsheet_would_run_is_defused(night: Night) -> None:
    ended = night.folder.run("publish", "--format", "csv", "--mart", "leads")
    assert ended.code == 0, ended.stderr
    (export,) = (night.folder.root / "published" / "exports").iterdir()
    with export.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > len(NAMES)
    assert [cell for row in rows for cell in row.values() if cell[:1] in "=@" and cell] == []
    assert any(NAMES["formula"] in row["company_name"] for row in rows)


def test_the_token_is_nowhere(night: Night) -> None:
    said = [night.ended.stderr]
    told = night.folder.settings
    for words, settings in (
        (("-v", "run"), {"SOURCES__HUBSPOT__BASE_URL": "http://127.0.0.1:9"}),
        (("-v", "sync"), {"TIMEOUTS__SYNC_MINUTES": "0.0001"}),
        (("doctor", "--json"), {}),
        (("status", "--json"), {}),
    ):
        said.append(night.folder.run(*words, **(told | settings)).stderr)
    night.crm.faults.add("expire", rate=1.0, after=20)
    said.append(night.folder.run("-v", "sync", "--full-refresh").stderr)
    night.crm.faults.clear()
    mirror = night.folder.root / ".smarketing" / "runs.json"
    runs = mirror.read_bytes()
    mirror.write_text(json.dumps([TOKEN]), encoding="utf-8")  # a traceback that quotes what it stumbles over
    said.append(night.folder.run("-v", "status").stderr)
    mirror.write_bytes(runs)
    assert [text for text in said if TOKEN in text] == []
    assert any("Traceback" in line for line in night.folder.log.read_text(encoding="utf-8").splitlines())
    files = [path for path in night.folder.root.rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []
    assert [where for path in files if path.suffix == ".duckdb" for where in _tables_with(path, TOKEN)] == []


def _tables_with(file: Path, text: str) -> Iterator[str]:
    """Tables of a DuckDB file, whose bytes are compressed, in which a text stands anywhere."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, table in tables:
            found = connection.execute(
                f"""select count(*) from "{schema}"."{table}" as one where contains(one::varchar, ?)""",
                [text],
            ).fetchone()
            if found and found[0]:
                yield f"{file.name} {schema}.{table}"
