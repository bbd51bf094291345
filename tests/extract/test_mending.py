"""What no list, search or archive tells is found by counting, and mended."""

from datetime import timedelta
from math import ceil
from typing import Any

from extract import declaration
from extract.auditing import PAGES, share, tonights
from extract.stored import LAST_ID, id_ranges
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


def _detail(night: Night) -> str:
    with night.warehouse.connect() as connection:
        found = connection.execute(
            "select detail from audit.sync_proof where verdict <> 'passed' order by run_id desc"
        ).fetchone()
    return str(found[0]) if found else ""


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


def test_too_many_at_once_are_not_believed_until_confirmed(night: Night, crm: SandboxServer) -> None:
    night.sync()
    before = stored_records(night.warehouse, "contacts")
    deleted = list(crm.truth_of_records().live["contacts"])[20:43]
    for gone in deleted:
        crm.desk.erase("contacts", gone)
    night.sync()
    assert stored_records(night.warehouse, "contacts") == before
    assert stored(night.warehouse, "purged_records") == []
    assert _proof(night, "contacts") == (0, 23, "failed")
    detail = _detail(night)
    assert ", ".join(map(str, deleted[:20])) + " and 3 more." in detail
    assert "smarketing sync --confirm-purge" in detail

    night.sync(confirm_purge=True)
    assert_equal(night.warehouse, crm)
    assert {row[1] for row in stored(night.warehouse, "purged_records")} == {str(one) for one in deleted}
    assert _proof(night, "contacts") == (0, 0, "passed")


def test_doubted_ones_are_refused_whatever_the_tolerance(night: Night, crm: SandboxServer) -> None:
    night.settings.checks.proof_tolerance = 1000
    night.sync()
    for gone in list(crm.truth_of_records().live["contacts"])[20:35]:
        crm.desk.erase("contacts", gone)
    night.sync()
    assert _proof(night, "contacts") == (0, 15, "failed")


def test_as_many_missing_as_left_over_do_not_cancel_out(night: Night, crm: SandboxServer) -> None:
    night.sync()
    ids = list(crm.truth_of_records().live["contacts"])
    crm.desk.erase("contacts", ids[30])
    with night.warehouse.connect() as connection:
        connection.execute("delete from raw_hubspot.contacts where id = ?", [str(ids[31])])
    night.sync()
    assert_equal(night.warehouse, crm)


def test_a_change_that_no_search_showed_in_time_is_found_by_comparing(
    night: Night, crm: SandboxServer
) -> None:
    night.sync()
    ids = list(crm.truth_of_records().live["contacts"])
    with night.warehouse.connect() as connection:
        connection.execute(
            """update raw_hubspot.contacts set city = 'Elsewhere', lastmodifieddate = '2025-01-01'
            where id = ?""",
            [str(ids[30])],
        )
    night.sync()
    assert_equal(night.warehouse, crm)


def test_all_records_are_compared_in_turn(night: Night, crm: SandboxServer) -> None:
    """With pages of seven, so that there are many."""
    night.sync()
    one, most = declaration.load("hubspot").objects[0], 3
    known = id_ranges(night.warehouse, one, 7, LAST_ID)
    nights = [
        tonights(known, NOW.date() + timedelta(days=turn), most) for turn in range(ceil(len(known) / most))
    ]
    pages = [page for tonight in nights for page in tonight]
    assert len(nights) > most >= max(map(len, nights))
    ids = sorted(int(one) for one in crm.truth_of_records().live["contacts"])
    assert [sum(low <= one <= high for low, high in pages) for one in ids] == [1] * len(ids)


def test_a_large_portal_has_no_more_pages_compared_on_a_night_than_a_small_one() -> None:
    for size in (1, 1_000, 1_000_000):
        counts = {"contacts": 50 * size, "companies": 27 * size, "deals": 6 * size, "tasks": size, "notes": 0}
        shares = {name: share(counts, name) for name in counts}
        assert min(shares.values()) == 1
        assert shares["contacts"] > shares["companies"] > shares["deals"]
        assert sum(shares.values()) <= PAGES + len(counts)


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


def test_a_deleted_touch_of_a_merged_contact_is_the_winners(night: Night, crm: SandboxServer) -> None:
    night.sync()
    links = stored(night.warehouse, "associations")
    call, loser = next((row[1], row[3]) for row in links if (row[0], row[2]) == ("calls", "contacts"))
    winner = next(one for one in crm.truth_of_records().live["contacts"] if str(one) != loser)
    crm.set_now(LATER)
    crm.desk.archive("calls", int(call))
    crm.desk.merge("contacts", winner, int(loser))
    night.sync(LATER)
    assert_equal(night.warehouse, crm)
    assert ("calls", call, "contacts", str(winner), False) in stored(night.warehouse, "associations")


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
    assert stored(night.warehouse, "cut_histories") == []


def test_a_history_that_was_longer_before_any_night_saw_it_is_flagged(
    night: Night, crm: SandboxServer
) -> None:
    one, other = list(crm.truth_of_records().live["contacts"])[:2]
    for turn in range(60):
        crm.set_now(NOW + timedelta(seconds=turn))
        crm.desk.set("contacts", one, "hs_lead_status", f"status {turn}")
    night.sync()
    cut = ("contacts", str(one), "hs_lead_status", NOW + timedelta(seconds=15))
    assert stored(night.warehouse, "cut_histories") == [cut]
    for turn in range(60, 70):
        crm.set_now(NOW + timedelta(seconds=turn))
        crm.desk.set("contacts", one, "hs_lead_status", f"status {turn}")
        crm.desk.set("contacts", other, "hs_lead_status", f"status {turn}")
    night.sync(full_refresh=True)
    assert stored(night.warehouse, "cut_histories") == [cut]
    crm.desk.erase("contacts", one)
    deal = next(iter(crm.truth_of_records().live["deals"]))
    crm.set_now(NOW + timedelta(days=1))
    for turn in range(25):
        crm.desk.set("deals", deal, "dealstage", f"stage {turn}")
    night.sync(NOW + timedelta(days=1))
    assert stored(night.warehouse, "cut_histories") == [
        ("deals", str(deal), "dealstage", NOW + timedelta(days=1))
    ]


def test_nothing_of_anybody_stays_beside_the_raw_tables(night: Night, crm: SandboxServer) -> None:
    """Where dlt merges, it has a second copy of the rows: a purge would not find them there."""
    night.sync()
    one = next(iter(crm.truth_of_records().live["contacts"]))
    crm.set_now(LATER)
    crm.desk.set("contacts", one, "jobtitle", "Head of Copies")
    night.sync(LATER)
    with night.warehouse.connect() as connection:
        found = connection.execute(
            """select table_name from information_schema.tables
            where table_schema = 'raw_hubspot_staging' and not starts_with(table_name, '_dlt')"""
        ).fetchall()
        left = {name: _count(connection, name) for (name,) in found}
    assert "contacts" in left
    assert set(left.values()) == {0}


def _count(connection: Any, name: str) -> int:
    rows: int = connection.execute(f'select count(*) from raw_hubspot_staging."{name}"').fetchone()[0]
    return rows
