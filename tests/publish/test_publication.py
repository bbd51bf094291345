"""A publication is a complete folder that never changes, and the link points to the newest."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import publish
from errors import UsageProblem
from publish import Publication
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete, digests, hidden


def test_publication_holds_everything_and_is_linked_to(office: Office) -> None:
    made = office.publish()
    assert (made.publication_id, made.status) == ("20261124T200000Z", "published")
    assert str(office.project.published.readlink()) == "publications/20261124T200000Z"
    assert publish.current(office.project) == made
    assert_complete(made.path)
    assert hidden(office.project.root) == []


def test_manifest_says_what_it_was_made_from_and_by_what(office: Office) -> None:
    manifest = json.loads((office.publish().path / "publication.json").read_text())
    assert manifest["as_of"] == "2026-11-24T20:00:00.000"
    assert manifest["agreement"]["version"] == "2026-Q3"
    assert len(manifest["agreement"]["fingerprint"]) == 64
    assert manifest["marts_from"] == manifest["publication_id"] == manifest["run_id"]
    assert manifest["made_by"]["duckdb"] == duckdb.__version__
    assert manifest["rows"]["marts.leads"] == 60


def test_published_file_has_the_public_schemas_only_with_their_comments(office: Office) -> None:
    with office.warehouse.connect() as connection:
        connection.execute("create schema staging; create table staging.stg_contacts as select 1 as id")
        connection.execute("create view marts.of_interest as select lead_id from marts.leads limit 3")
    with duckdb.connect(str(office.publish().database), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables() order by 1").fetchall()
        assert schemas == [("audit",), ("marts",)]
        assert connection.execute("select count(*) from marts.of_interest").fetchall() == [(3,)]
        columns = "duckdb_columns() where table_name = 'leads' and column_name = 'lead_id'"
        said = f"select comment, is_nullable from {columns}"
        assert connection.execute(said).fetchall() == [("The CRM's id.", False)]


def test_file_is_of_the_storage_version_that_older_clients_read(office: Office) -> None:
    with duckdb.connect(str(office.publish().database), read_only=True) as connection:
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'warehouse'")
        assert tags.fetchall()[0][0]["storage_version"].startswith("v1.2.0")


def test_same_data_publishes_the_same_rows_in_the_same_order(office: Office) -> None:
    first = office.publish()
    with office.warehouse.connect() as connection:
        connection.execute("create table shuffled as select * from marts.leads order by md5(lead_id)")
        connection.execute("delete from marts.leads; insert into marts.leads select * from shuffled")
    second = office.publish()
    tables = [digests(made.path / "tables") for made in (first, second)]
    assert tables[0] == tables[1]


def test_a_run_that_publishes_twice_gets_a_suffix(office: Office) -> None:
    first = office.publish()
    before = digests(first.path)
    again = [office.publish().publication_id for _ in range(2)]
    assert again == ["20261124T200000Z--2", "20261124T200000Z--3"]
    assert digests(first.path) == before


def test_refusal_shows_the_new_audit_beside_the_certified_marts(make_office: Callable[..., Office]) -> None:
    office = make_office(failing="mql_reachable")
    certified = office.publish("20261123T200000Z")
    before = digests(certified.path)
    with office.warehouse.connect() as connection:
        connection.execute("delete from marts.leads; update audit.runs set rows_loaded = 12")
    refused = office.publish(refusals=("Rule mql_reachable: 11.7% of leads break it, 2% may.",))
    assert publish.current(office.project) == refused
    assert (refused.status, refused.marts_from) == ("refused", "20261123T200000Z")
    assert digests(certified.path) == before
    assert_complete(refused.path)
    with duckdb.connect(str(refused.database), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.leads").fetchall() == [(60,)]
        assert connection.execute("select rows_loaded from audit.runs").fetchall() == [(12,)]
    old, new = (digests(made.path / "tables") for made in (certified, refused))
    assert {n: d for n, d in new.items() if "marts." in n} == {n: d for n, d in old.items() if "marts." in n}


def test_refusal_after_a_refusal_still_names_the_certified_one(office: Office) -> None:
    office.publish("1")
    office.publish("2", refusals=("No.",))
    assert office.publish("3", refusals=("No.",)).marts_from == "1"


def test_refusal_before_anything_was_certified_has_no_marts(office: Office) -> None:
    refused = office.publish(refusals=("The copy misses 3 contacts.",))
    assert (refused.status, refused.marts_from, refused.marts_as_of) == ("refused", None, None)
    assert_complete(refused.path)
    with duckdb.connect(str(refused.database), read_only=True) as connection:
        tables = "select count(*) from information_schema.tables where table_schema = 'marts'"
        assert connection.execute(tables).fetchall() == [(0,)]
    assert "The copy misses 3 contacts." in refused.report.read_text()


def test_what_is_not_a_link_of_ours_is_left_alone(office: Office) -> None:
    office.project.published.mkdir()
    with pytest.raises(UsageProblem, match="not a link of ours"):
        office.publish()
    assert not office.project.publications_dir.exists()


def test_a_failure_midway_leaves_the_old_one_and_no_debris(office: Office) -> None:
    standing = office.publish("1")
    with office.warehouse.connect() as connection:
        connection.execute("alter table marts.sla_compliance drop column target")
    with pytest.raises(Exception, match="target"):
        office.publish("2")
    assert publish.current(office.project) == standing
    assert hidden(office.project.root) == []
    assert [made.publication_id for made in publish.history(office.project)] == ["1"]


@pytest.mark.parametrize(("setting", "folder", "file"), [("owner", 0o700, 0o600), ("everyone", 0o755, 0o644)])
def test_who_may_read_is_a_setting(
    office: Office, monkeypatch: pytest.MonkeyPatch, setting: str, folder: int, file: int
) -> None:
    monkeypatch.setenv("PUBLISH__READABLE_BY", setting)
    made: Publication = office.publish()
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (made.path, *made.path.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {folder}
    assert {mode for path, mode in modes.items() if path.is_file()} == {file}


def test_leads_link_to_the_crm_only_if_the_portal_is_known(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = "https://app.hubspot.com/contacts/4242/record/0-1/"
    assert link not in office.publish("1").report.read_text()
    monkeypatch.setenv("SOURCES__HUBSPOT__PORTAL_ID", "4242")
    assert link in office.publish("2").report.read_text()


def test_report_is_written_for_an_empty_warehouse(office: Office) -> None:
    Path(office.warehouse.path).unlink()
    made = office.publish()
    assert "What the agreement says" in made.report.read_text()


def test_what_the_check_wrote_for_people_goes_along(office: Office) -> None:
    docs = office.project.state_dir / "data_docs"
    docs.mkdir(parents=True)
    (docs / "index.html").write_text("<p>checked</p>", encoding="utf-8")
    made = office.publish()
    assert (made.path / "data_docs" / "index.html").read_text(encoding="utf-8") == "<p>checked</p>"
    assert_complete(made.path)
