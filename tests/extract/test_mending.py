"""What no list, search or archive tells is found by counting, and mended."""

from sandbox.company import Company
from sandbox.crm import Table
from sandbox.instants import as_instant
from sandbox.records.rows import Change
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import records, stored, stored_records


def _vanish(company: Company, kind: str, ids: list[int]) -> None:
    """Take records away, as a privacy deletion does: without a trace."""
    rows = company.crm.tables[kind].rows
    company.crm.tables[kind] = Table([row for row in rows if row.id not in ids])


def _proof(night: Night, kind: str) -> tuple[object, ...]:
    with night.warehouse.connect() as connection:
        found = connection.execute(
            "select missing, surplus, verdict from audit.sync_proof where object = ? order by run_id desc",
            [kind],
        ).fetchone()
    return found or ()


def test_rows_that_the_warehouse_lacks_are_read(night: Night, company: Company) -> None:
    night.sync()
    ids = sorted(stored_records(night.warehouse, "contacts"), key=int)
    with night.warehouse.connect() as connection:
        for lost in (ids[0], ids[70], ids[-1]):
            connection.execute("delete from raw_hubspot.contacts where id = ?", [lost])
    night.sync()
    assert stored_records(night.warehouse, "contacts") == records(company, NOW, "contacts")
    assert _proof(night, "contacts") == (0, 0, "passed")


def test_a_record_that_vanished_is_purged_from_every_raw_table(night: Night, company: Company) -> None:
    night.sync()
    gone = company.crm.tables["contacts"].rows[40].id
    _vanish(company, "contacts", [gone])
    night.sync()
    assert stored_records(night.warehouse, "contacts") == records(company, NOW, "contacts")
    assert not [
        row for row in stored(night.warehouse, "property_history") if row[:2] == ("contacts", str(gone))
    ]
    assert [row[:2] for row in stored(night.warehouse, "purged_records")] == [("contacts", str(gone))]
    assert _proof(night, "contacts") == (0, 0, "passed")


def test_too_many_at_once_are_not_believed(night: Night, company: Company) -> None:
    night.sync()
    before = stored_records(night.warehouse, "contacts")
    _vanish(company, "contacts", [row.id for row in company.crm.tables["contacts"].rows[20:35]])
    night.sync()
    assert stored_records(night.warehouse, "contacts") == before
    assert stored(night.warehouse, "purged_records") == []
    assert _proof(night, "contacts") == (0, 15, "failed")


def test_merged_contacts_are_one_through_chains(night: Night, crm: SandboxServer, company: Company) -> None:
    night.sync()
    table = company.crm.tables["contacts"]
    first, second, third = (table.rows[at] for at in (10, 50, 90))
    history = [row for row in stored(night.warehouse, "property_history") if row[1] == str(first.id)]
    later = as_instant(NOW) + 60_000
    second.changes.append(Change(later, "hs_merged_object_ids", str(first.id), "MERGE", None, None))
    third.changes.append(Change(later, "hs_merged_object_ids", str(second.id), "MERGE", None, None))
    _vanish(company, "contacts", [first.id, second.id])
    company.crm.tables["contacts"].by_id |= {first.id: third, second.id: third}
    crm.set_now(later)

    night.sync()

    merged = [row for row in stored(night.warehouse, "merged_records") if row[1] == str(second.id)]
    assert merged == [("contacts", str(second.id), str(third.id))]
    assert not {str(first.id), str(second.id)} & stored_records(night.warehouse, "contacts").keys()
    assert history == [
        row for row in stored(night.warehouse, "property_history") if row[1] == str(first.id)
    ] or stored(night.warehouse, "purged_records")
    assert _proof(night, "contacts")[-1] == "passed"
