"""Edited properties and their histories, as the API shows them; at random in test_edits_at_random."""

from typing import Any

import httpx
import pytest

from sandbox.edits.desk import Desk
from sandbox.instants import DAY, DEFAULT_NOW, MINUTE, to_iso
from sandbox.server import SandboxServer
from sandbox.staff import AU_REPS
from tests.sandbox.asking import contact, ids_found, ids_in, links_of


def test_a_property_that_is_edited_has_one_more_revision_and_the_record_is_modified(
    crm: httpx.Client, desk: Desk
) -> None:
    id = ids_in(crm)[0]
    before = len(contact(crm, id, "hs_lead_status")["propertiesWithHistory"]["hs_lead_status"])
    desk.set("contacts", id, "hs_lead_status", "CONNECTED", by=AU_REPS[0])
    desk.set("contacts", id, "city", "", at=DEFAULT_NOW)
    record = contact(crm, id, "hs_lead_status", names=("city",))
    assert record["updatedAt"] == to_iso(DEFAULT_NOW)
    assert record["properties"]["lastmodifieddate"] == to_iso(DEFAULT_NOW)
    assert record["properties"]["city"] == ""
    newest, *older = record["propertiesWithHistory"]["hs_lead_status"]
    assert (newest["value"], newest["updatedByUserId"], len(older)) == ("CONNECTED", 9100002, before)


def test_what_was_set_at_creation_stays_in_the_history(crm: httpx.Client, desk: Desk) -> None:
    id = next(id for id in ids_in(crm) if contact(crm, id)["properties"]["email"])
    email = contact(crm, id)["properties"]["email"]
    desk.set("contacts", id, "email", "new@mail.example")
    revisions = contact(crm, id, "email")["propertiesWithHistory"]["email"]
    assert [revision["value"] for revision in revisions] == ["new@mail.example", email]


def test_the_crm_forgets_all_but_the_newest_revisions(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id, deal = ids_in(crm)[3], ids_in(crm, "deals")[0]
    for n in range(60):
        desk.set("contacts", id, "hs_lead_status", f"S{n}", at=DEFAULT_NOW - 60 + n)
        desk.set("deals", deal, "dealname", f"Deal {n}", at=DEFAULT_NOW - 60 + n)
    revisions = contact(crm, id, "hs_lead_status")["propertiesWithHistory"]["hs_lead_status"]
    assert [revision["value"] for revision in revisions] == [f"S{n}" for n in range(59, 14, -1)]
    deals = crm.get(f"/crm/v3/objects/deals/{deal}", params={"propertiesWithHistory": "dealname"}).json()
    assert len(deals["propertiesWithHistory"]["dealname"]) == 20
    truth = portal.truth_of_records()
    assert len(truth.history("contacts", id, "hs_lead_status")) == 45
    assert len(truth.history("contacts", id, "hs_lead_status", whole=True)) >= 60


def test_definitions_come_change_and_go(portal: SandboxServer, crm: httpx.Client, desk: Desk) -> None:
    def defined() -> dict[str, str]:
        told = crm.get("/crm/v3/properties/contacts").json()["results"]
        return {each["name"]: each["type"] for each in told}

    id = ids_in(crm)[0]
    desk.define("contacts", "shoe_size", "number", at=DEFAULT_NOW)
    desk.set("contacts", id, "shoe_size", "42 wide")
    desk.define("contacts", "shoe_size", "string", at=DEFAULT_NOW + DAY)
    desk.drop("contacts", "shoe_size", at=DEFAULT_NOW + 2 * DAY)
    assert defined()["shoe_size"] == "number"
    assert contact(crm, id, names=("shoe_size",))["properties"]["shoe_size"] == "42 wide"
    number = {"filters": [{"propertyName": "shoe_size", "operator": "GT", "value": "40"}]}
    assert ids_found(crm, **number) == []
    portal.set_now(DEFAULT_NOW + DAY)
    assert defined()["shoe_size"] == "string"
    portal.set_now(DEFAULT_NOW + 2 * DAY)
    assert "shoe_size" not in defined()
    assert "shoe_size" not in contact(crm, id, names=("shoe_size",))["properties"]
    assert "shoe_size" not in portal.truth_of_records().live["contacts"][id]


def test_what_cannot_be_edited_is_refused(crm: httpx.Client, desk: Desk) -> None:
    id = ids_in(crm)[0]
    with pytest.raises(LookupError):
        desk.set("contacts", id, "no_such_property", "x")
    with pytest.raises(LookupError):
        desk.merge("contacts", id, id)
    with pytest.raises(LookupError):
        desk.restore("contacts", id)
    desk.erase("contacts", id)
    for refused in (desk.archive, desk.erase, desk.restore):
        with pytest.raises(LookupError):
            refused("contacts", id)


def test_edits_can_be_made_over_http(portal: SandboxServer, crm: httpx.Client) -> None:
    def edit(name: str, **how: Any) -> httpx.Response:
        return crm.post("/sandbox/edits", json={"edit": name} | how)

    first, second = ids_in(crm)[:2]
    at = to_iso(DEFAULT_NOW - MINUTE)
    made = edit("create", object_type="companies", properties={"name": "Late"}, at=at).json()["edited"]
    assert edit("associate", source=["contacts", first], target=["companies", made]).status_code == 200
    assert edit("merge", object_type="contacts", winner=first, loser=second).status_code == 200
    linked = links_of(crm, "contacts", first, "companies")
    assert made in linked
    assert links_of(crm, "contacts", second, "companies") == linked
    by_its_other_id = edit("archive", object_type="contacts", id=second)
    assert by_its_other_id.status_code == 200
    assert edit("archive", object_type="contacts", id=first).status_code == 400
    assert edit("explode").status_code == edit("_meet").status_code == edit("archive").status_code == 400
    crm.post("/sandbox/limits", json={"search_lag": 30})
    assert portal.portal.search_lag == 30_000
