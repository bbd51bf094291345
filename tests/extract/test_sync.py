"""Night after night the raw tables are the CRM."""

from datetime import datetime, timedelta

from sandbox.company import Company
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import OBJECTS, assert_equal, stored, stored_records

LATER = NOW + timedelta(days=3)


def test_the_first_night_is_the_company_and_a_quiet_second_one_changes_nothing(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    first = night.sync()
    assert_equal(night.warehouse, crm)
    tables = _everything(night)
    crm.portal.requests.clear()

    quiet = night.sync()

    assert quiet.rows_loaded == 0
    assert quiet.requests == sum(crm.requests().values()) <= 100
    assert first.rows_loaded > sum(len(stored_records(night.warehouse, kind)) for kind in OBJECTS)
    assert _everything(night) == tables
    assert _proofs(night) == {("run-001", "passed"), ("run-002", "passed")}


def test_a_later_night_brings_exactly_what_changed(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    night.sync()
    crm.set_now(LATER)
    crm.portal.requests.clear()

    outcome = night.sync(LATER)

    assert_equal(night.warehouse, crm)
    assert outcome.rows_loaded < 1000
    assert "GET /crm/v3/objects/contacts" in crm.requests()
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 1  # the archive alone
    assert ("run-002", "failed") not in _proofs(night)


def test_a_full_refresh_reads_all_again_and_ends_at_the_same(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    night.sync()
    tables = _everything(night)
    crm.portal.requests.clear()
    night.sync(full_refresh=True)
    assert crm.requests()["GET /crm/v3/objects/contacts"] > 3
    assert _everything(night) == tables


def test_troubles_on_the_way_lose_nothing(night: Night, crm: SandboxServer, company: Company) -> None:
    for kind in ("500", "503", "429", "reset", "truncate", "drip"):
        crm.faults.add(kind, rate=0.03)
    night.sync()
    assert_equal(night.warehouse, crm)
    crm.set_now(LATER)
    night.sync(LATER)
    crm.faults.clear()
    assert_equal(night.warehouse, crm)


def test_values_that_do_not_fit_are_kept_beside_until_they_do(night: Night, crm: SandboxServer) -> None:
    one, other = list(crm.truth_of_records().live["contacts"])[:2]
    crm.desk.set("contacts", one, "hubspotscore", "twelve")
    crm.desk.set("contacts", other, "hubspotscore", "9007199254740993.25")
    crm.desk.set("contacts", one, "sales_notes", "long " * 13_000)
    crm.desk.set("contacts", other, "sales_notes", "")
    night.sync()
    assert ("contacts", str(one), "hubspotscore", "twelve") in stored(night.warehouse, "unfit_values")
    contacts = stored_records(night.warehouse, "contacts")
    assert contacts[str(one)]["hubspotscore"] is None
    assert str(contacts[str(other)]["hubspotscore"]) == "9007199254740993.2500000000"
    assert contacts[str(one)]["sales_notes"] == "long " * 13_000
    assert contacts[str(other)]["sales_notes"] == ""
    assert any(row["sales_notes"] is None for row in contacts.values())
    crm.set_now(LATER)
    crm.desk.set("contacts", one, "hubspotscore", "12")
    night.sync(LATER)
    assert_equal(night.warehouse, crm)


def _everything(night: Night) -> dict[str, list[tuple[object, ...]]]:
    with night.warehouse.connect() as connection:
        names = connection.execute(
            """select table_name from information_schema.tables
            where table_schema = 'raw_hubspot' and not starts_with(table_name, '_dlt')"""
        ).fetchall()
    return {name: stored(night.warehouse, name) for (name,) in names}


def _proofs(night: Night) -> set[tuple[str, str]]:
    with night.warehouse.connect() as connection:
        return set(connection.execute("select run_id, verdict from audit.sync_proof").fetchall())


def test_instants_are_naive_and_in_utc(night: Night) -> None:
    night.sync()
    with night.warehouse.connect() as connection:
        types = dict(
            connection.execute(
                "select column_name, data_type from information_schema.columns "
                "where table_schema = 'raw_hubspot' and table_name = 'contacts'"
            ).fetchall()
        )
    assert types["created_at"] == types["createdate"] == "TIMESTAMP"
    assert types["hubspotscore"] == "DECIMAL(38,10)"
    assert types["contract_renewal_date"] == "DATE"
    assert types["hs_email_optout"] == "BOOLEAN"
    assert datetime(2020, 1, 1) < min(
        row["created_at"] for row in stored_records(night.warehouse, "contacts").values()
    )
