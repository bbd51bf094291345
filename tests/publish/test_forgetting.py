"""A person deleted for privacy is gone from every kept publication, and no reader is disturbed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

import publish
from publish import Exports, Publication
from publish.forgetting.pages import scrubbed, without
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete, digests, hidden

ERASED, LOSER, WINNER, FRIEND = "7000", "7001", "7002", "7003"
GONE = {ERASED, LOSER}
PURGE = """
    create schema if not exists raw_hubspot;
    create or replace table raw_hubspot.purged_records (object_type varchar, id varchar, purged_at timestamp);
    insert into raw_hubspot.purged_records values ('contacts', '7000', now()), ('companies', '7005', now());
"""


def _erase(office: Office) -> None:
    """What the sync, the build and the check leave of the person."""
    with office.warehouse.connect() as connection:
        connection.execute(PURGE)
        for schema, name in connection.execute(
            "select schema_name, table_name from duckdb_columns()"
            " where column_name = 'lead_id' and schema_name in ('marts', 'audit')"
        ).fetchall():
            connection.execute(f"delete from {schema}.{name} where lead_id in ('{ERASED}', '{LOSER}')")
        connection.execute("update marts.leads set merged_ids = null, referred_by = null")
        connection.execute("update audit.check_results set detail = null")
    (office.project.state_dir / "data_docs" / "index.html").write_text(f"<td>{FRIEND}</td>")


@pytest.fixture
def nights(make_office: Callable[..., Office]) -> Iterator[Office]:
    """Three nights with everybody in them: before a merge, after it, and a refused one."""
    office = make_office(80, failing="mql_reachable")
    with office.warehouse.connect() as connection:
        connection.execute("alter table marts.leads add column if not exists merged_ids varchar")
        connection.execute("alter table marts.leads add column if not exists referred_by varchar")
        connection.execute(f"update marts.leads set referred_by = '{ERASED}' where lead_id = '{FRIEND}'")
    office.publish("1", wanted=Exports(("csv", "xlsx"), ("leads", "sla_compliance")))
    with office.warehouse.connect() as connection:
        connection.execute(f"delete from marts.leads where lead_id = '{LOSER}'")
        connection.execute(f"update marts.leads set merged_ids = '{LOSER}' where lead_id = '{ERASED}'")
        connection.execute(f"update marts.leads set merged_ids = '{ERASED};8' where lead_id = '{WINNER}'")
        connection.execute(
            f"update audit.check_results set verdict = 'failed', detail = 'Leads 1, {ERASED} are odd.'"
            " where check_name = (select min(check_name) from audit.check_results)"
        )
    (office.project.state_dir / "data_docs").mkdir(parents=True)
    page = f"<table><tr><td>{ERASED}</td><td>x</td></tr><tr><td>{FRIEND}</td></tr></table>"
    (office.project.state_dir / "data_docs" / "index.html").write_text(page)
    office.publish("2")
    office.publish("3", refusals=(f"Rule mql_reachable: Leads {ERASED}, {FRIEND} and 7 more.",))
    yield office


def _mentions(publication: Publication) -> list[str]:
    """Where the person, or who was merged into it, is still to be found."""
    found = []
    with duckdb.connect(str(publication.database), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where data_type = 'VARCHAR'"
            " and schema_name in ('marts', 'audit')"
        ).fetchall()
        for schema, table, column in tables:
            for place in (f"{schema}.{table}", f"'{publication.path}/tables/{schema}.{table}.parquet'"):
                rows = connection.execute(f'select "{column}" from {place}').fetchall()
                words = {word for (text,) in rows if text for word in text.replace(",", " ").split()}
                ids = words | {one for word in words for one in word.split(";")}
                found += [f"{place} {column}"] if ids & GONE else []
    for file in publication.path.rglob("*"):
        if file.suffix in (".html", ".txt", ".csv", ".json"):
            text = file.read_text(encoding="utf-8")
            found += [file.name for one in GONE if f">{one}<" in text or f"Leads {one}" in text]
            found += [file.name for line in text.splitlines() if set(line.split(",")) & GONE]
        if file.suffix == ".xlsx":
            sheets = openpyxl.load_workbook(file, read_only=True).worksheets
            found += [file.name for s in sheets for row in s.iter_rows(values_only=True) if set(row) & GONE]
    return found


def test_gone_from_every_kept_folder_and_the_manifests_are_right(nights: Office) -> None:
    assert all(_mentions(one) for one in publish.history(nights.project))
    untouched = {one.publication_id: digests(one.path) for one in publish.history(nights.project)}
    _erase(nights)
    nights.publish("4")
    kept = publish.history(nights.project)
    assert [one.publication_id for one in kept] == ["4", "3", "2", "1"]
    for one in kept:
        assert _mentions(one) == []
        assert_complete(one.path)
    assert hidden(nights.project.root) == []
    for one in kept[1:]:
        now, before = digests(one.path), untouched[one.publication_id]
        assert now.keys() == before.keys()
        assert now["tables/marts.sla_compliance.parquet"] == before["tables/marts.sla_compliance.parquet"]
    with duckdb.connect(str(kept[1].database), read_only=True) as connection:
        rows = connection.execute(
            "select lead_id, merged_ids, referred_by from marts.leads where lead_id in (?, ?) order by 1",
            [WINNER, FRIEND],
        ).fetchall()
        assert rows == [(WINNER, "8", None), (FRIEND, None, None)]
        comments = connection.execute(
            "select comment from duckdb_tables() where schema_name = 'marts' and table_name = 'leads'"
        ).fetchall()
        assert comments == [("One row per lead.",)]
    said = json.loads((kept[1].path / "publication.json").read_text())
    assert said["refusals"] == [f"Rule mql_reachable: Leads …, {FRIEND} and 7 more."]
    assert FRIEND in (kept[1].path / "data_docs" / "index.html").read_text()


SAID = f"Leads 1, {ERASED} and {FRIEND} are odd."
UNSAID = f"Leads 1, … and {FRIEND} are odd."


def test_what_earlier_nights_said_names_them_no_longer(nights: Office) -> None:
    """In the working file and in publications: a list loses them, a sentence has dots instead."""
    with nights.warehouse.connect() as connection:
        for column in ("missing_ids", "surplus_ids", "detail"):
            connection.execute(f"alter table audit.sync_proof add column if not exists {column} varchar")
        connection.execute(
            "update audit.sync_proof set missing_ids = ?, surplus_ids = ?, detail = ?",
            [f"{ERASED}", f"{ERASED} {FRIEND} {LOSER}", SAID],
        )
        for column in ("reason", "refusals"):
            connection.execute(f"alter table audit.runs add column if not exists {column} varchar")
        connection.execute("update audit.runs set reason = ?, refusals = ?", [SAID, SAID])
    named = nights.publish("3b", refusals=("as before",))
    _erase(nights)
    with nights.warehouse.connect() as connection:
        connection.execute("update audit.check_results set detail = ?", [SAID])
    made = nights.publish("4")
    for file in (nights.project.root / "warehouse.duckdb", made.database, named.database):
        with duckdb.connect(str(file), read_only=True) as connection:
            assert connection.execute(
                "select distinct missing_ids, surplus_ids, detail from audit.sync_proof"
            ).fetchall() == [(None, FRIEND, UNSAID)]
            assert connection.execute("select distinct reason, refusals from audit.runs").fetchall() == [
                (UNSAID, UNSAID)
            ]
    with duckdb.connect(str(made.database), read_only=True) as connection:
        told = "select distinct detail from audit.check_results"
        assert connection.execute(told).fetchall() == [(UNSAID,)]


def test_a_reader_goes_on_reading_what_it_opened(nights: Office) -> None:
    old = publish.current(nights.project)
    assert old is not None
    query = "select count(*), count(*) filter (where lead_id = '7000') from marts.leads"
    with (
        duckdb.connect(str(old.database), read_only=True) as reading,
        old.report.open(encoding="utf-8") as page,
    ):
        before = reading.execute(query).fetchall()
        _erase(nights)
        nights.publish("4")
        assert reading.execute(query).fetchall() == before
        assert before[0][1] == 1
        assert page.read().rstrip().endswith("</html>")
    with duckdb.connect(str(old.database), read_only=True) as anew:
        assert anew.execute(query).fetchall()[0] == (before[0][0] - 1, 0)


def test_what_is_forgotten_once_is_not_looked_for_again(nights: Office) -> None:
    _erase(nights)
    nights.publish("4")
    first = publish.history(nights.project)[-1]
    before = {path: path.stat().st_ino for path in first.path.rglob("*")}
    nights.publish("5")
    assert {path: path.stat().st_ino for path in first.path.rglob("*")} == before


def test_a_folder_that_cannot_be_rewritten_goes(nights: Office) -> None:
    shown = publish.current(nights.project)
    assert shown is not None
    shown.database.unlink()
    shown.database.write_bytes(b"no database")
    _erase(nights)
    made = nights.publish("4")
    assert publish.current(nights.project) == made
    assert [one.publication_id for one in publish.history(nights.project)] == ["4", "2", "1"]
    assert hidden(nights.project.root) == []


@pytest.mark.parametrize("cut_off_after", [1, 3, 6])
def test_a_job_that_is_cut_off_is_done_by_the_next(
    nights: Office, monkeypatch: pytest.MonkeyPatch, cut_off_after: int
) -> None:
    replace, calls = Path.replace, 0

    def cut(path: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls > cut_off_after:
            raise KeyboardInterrupt
        return replace(path, target)

    _erase(nights)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            nights.publish("4")
    nights.publish("5")
    for one in publish.history(nights.project):
        assert _mentions(one) == []
        assert_complete(one.path)


def test_short_ids_are_not_taken_for_counts() -> None:
    said = "Rule x is broken by 12 of 812 leads: Leads 12, 13 and 9 more."
    assert scrubbed(said, ["12"]) == "Rule x is broken by 12 of 812 leads: Leads …, 13 and 9 more."
    row = '<tr><th><span class="id">12</span></th><td>12</td></tr><tr><td>x</td><td>12</td></tr>'
    assert without(row, ["12"]) == "<tr><td>x</td><td>12</td></tr>"
    link = '<p><a href="https://crm/12" rel="noreferrer">12</a>, <span class="id">13</span></p>'
    assert without(link, ["12"]) == '<p>…, <span class="id">13</span></p>'
