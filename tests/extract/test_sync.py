"""Night after night the raw tables are the CRM."""

from datetime import datetime, timedelta

from sandbox.company import Company
from sandbox.records.rows import Change
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import OBJECTS, assert_equal, stored, stored_records

LATER = NOW + timedelta(days=3)


def test_the_first_night_is_the_company_and_a_quiet_second_one_changes_nothing(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    first = night.sync()
    assert_equal(night.warehouse, company, NOW)
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

    assert_equal(night.warehouse, company, LATER)
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
    assert_equal(night.warehouse, company, NOW)
    crm.set_now(LATER)
    night.sync(LATER)
    crm.faults.clear()
    assert_equal(night.warehouse, company, LATER)


def test_values_that_do_not_fit_are_kept_beside_until_they_do(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    rows = company.crm.tables["contacts"].rows
    instant = max(change.at for change in rows[0].changes) if rows[0].changes else rows[0].created
    rows[0].changes.append(Change(instant, "hubspotscore", "twelve", "CRM_UI", None, None))
    rows[1].changes.append(Change(instant, "hubspotscore", "9007199254740993.25", "CRM_UI", None, None))
    night.sync()
    assert stored(night.warehouse, "unfit_values") == [
        ("contacts", str(rows[0].id), "hubspotscore", "twelve")
    ]
    contacts = stored_records(night.warehouse, "contacts")
    assert contacts[str(rows[0].id)]["hubspotscore"] is None
    assert str(contacts[str(rows[1].id)]["hubspotscore"]) == "9007199254740993.2500000000"


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
