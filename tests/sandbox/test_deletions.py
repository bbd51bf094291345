"""Records deleted, restored, or gone for privacy."""

import httpx

from sandbox.edits.desk import Desk
from sandbox.instants import DAY, DEFAULT_NOW, to_iso
from sandbox.server import SandboxServer
from tests.sandbox.asking import CONTACTS, contact, ids_found, ids_in, ids_in_batch, links_of


def test_a_deleted_record_is_in_the_archive_for_ninety_days(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id = ids_in(crm)[5]
    modified = contact(crm, id)["updatedAt"]
    desk.archive("contacts", id)
    assert id not in ids_in(crm) + ids_found(crm) + ids_in_batch(crm, id)
    assert crm.get(f"{CONTACTS}/{id}").status_code == 404
    assert ids_in(crm, archived=True) == ids_in_batch(crm, id, archived=True) == [id]
    record = crm.get(f"{CONTACTS}/{id}", params={"archived": True}).json()
    assert (record["archived"], record["archivedAt"]) == (True, to_iso(DEFAULT_NOW))
    assert record["updatedAt"] == modified
    portal.set_now(DEFAULT_NOW + 90 * DAY)
    assert ids_in(crm, archived=True) == ids_in_batch(crm, id, archived=True) == []
    assert portal.truth_of_records().vanished["contacts"] == {id}
    portal.set_now(DEFAULT_NOW - 1)
    assert id in ids_in(crm)


def test_a_restored_record_is_as_it_was(crm: httpx.Client, desk: Desk) -> None:
    id = next(id for id in ids_in(crm) if links_of(crm, "contacts", id, "companies"))
    before, links = contact(crm, id), links_of(crm, "contacts", id, "companies")
    desk.archive("contacts", id, at=DEFAULT_NOW - DAY)
    assert links_of(crm, "contacts", id, "companies") == {}
    assert all(id not in links_of(crm, "companies", firm, "contacts") for firm in links)
    desk.restore("contacts", id)
    assert contact(crm, id) == before
    assert links_of(crm, "contacts", id, "companies") == links


def test_a_privacy_deletion_leaves_nothing(portal: SandboxServer, crm: httpx.Client, desk: Desk) -> None:
    id, archived = ids_in(crm)[2:4]
    desk.archive("contacts", archived)
    desk.erase("contacts", archived)
    desk.erase("contacts", id)
    assert not {id, archived} & {*ids_in(crm), *ids_in(crm, archived=True), *ids_found(crm)}
    assert ids_in_batch(crm, id, archived) == ids_in_batch(crm, id, archived, archived=True) == []
    assert portal.truth_of_records().vanished["contacts"] == {id, archived}
