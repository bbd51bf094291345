"""What no list, search or archive tells is found by counting, and mended."""

from datetime import timedelta

from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal, stored, stored_records

LATER = NOW + timedelta(minutes=1)


def _proof(night: Night, kind: str) -> tuple[object, ...]:
    with night.warehouse.connect() as connection:
        found = connection.execute(
            """select missing, surplus, verdict from audit.sync_proof
            where object = ? order by run_id desc""",
            [kind],
        ).fetchone()
    return found or ()


def test_rows_that_the_warehouse_lacks_are_read(night: Night, crm: SandboxServer) -> None:
    night.sync()
    ids = sorted(stored_records(night.warehouse, "contacts"), key=int)
    with night.warehouse.connect() as connection:
        for lost in (ids[0], ids[70], ids[-1]):
            connection.execute("delete from raw_hubspot.contacts where id = ?", [lost])
    night.sync()
    assert_equal(night.warehouse, crm)
    assert _proof(night, "contacts") == (0, 0, "passed")


def test_a_person_deleted_for_privacy_leaves_every_raw_table(night: Night, crm: SandboxServer) -> None:
    night.sync()
    ids = list(crm.truth_of_records().live["contacts"])
    crm.set_now(LATER)
    crm.desk.merge("contacts", ids[40], ids[41])
    crm.desk.archive("contacts", ids[42])
    night.sync(LATER)
    crm.set_now(LATER + timedelta(days=1))
    for gone in (ids[40], ids[42]):
        crm.desk.erase("contacts", gone)
    night.sync(LATER + timedelta(days=1))
    assert_equal(night.warehouse, crm)
    purged = {row[:2] for row in stored(night.warehouse, "purged_records")}
    assert purged == {("contacts", str(ids[40])), ("contacts", str(ids[42]))}
    for table in ("contacts", "property_history", "associations", "unfit_values", "merged_records"):
        for row in stored(night.warehouse, table):
            assert not {str(ids[40]), str(ids[41]), str(ids[42])} & set(row), table
    assert _proof(night, "contacts") == (0, 0, "passed")


def test_too_many_at_once_are_not_believed(night: Night, crm: SandboxServer) -> None:
    night.sync()
    before = stored_records(night.warehouse, "contacts")
    for gone in list(crm.truth_of_records().live["contacts"])[20:35]:
        crm.desk.erase("contacts", gone)
    night.sync()
    assert stored_records(night.warehouse, "contacts") == before
    assert stored(night.warehouse, "purged_records") == []
    assert _proof(night, "contacts") == (0, 15, "failed")


def test_merged_contacts_are_one_through_chains(night: Night, crm: SandboxServer) -> None:
    night.sync()
    first, second, third = list(crm.truth_of_records().live["contacts"])[10:100:40]
    history = [row for row in stored(night.warehouse, "property_history") if row[1] == str(first)]
    crm.set_now(LATER)
    crm.desk.merge("contacts", second, first)
    night.sync(LATER)
    crm.desk.merge("contacts", third, second)
    crm.desk.archive("contacts", third)
    night.sync(LATER)
    assert stored(night.warehouse, "merged_records") == [
        ("contacts", str(first), str(third)),
        ("contacts", str(second), str(third)),
    ]
    assert history == [row for row in stored(night.warehouse, "property_history") if row[1] == str(first)]
    assert_equal(night.warehouse, crm)


def test_more_revisions_than_the_portal_remembers(night: Night, crm: SandboxServer) -> None:
    """Also when the oldest that it remembers are only some of those of one millisecond."""
    one = next(iter(crm.truth_of_records().live["contacts"]))
    for turn in range(30):
        crm.desk.set("contacts", one, "hs_lead_status", f"status {turn}")
    night.sync()
    crm.set_now(LATER)
    for turn in range(30, 60):
        crm.desk.set("contacts", one, "hs_lead_status", f"status {turn}")
    night.sync(LATER)
    assert_equal(night.warehouse, crm)
