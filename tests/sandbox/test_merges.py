"""Merged contacts, and associations that come and go."""

import httpx

from sandbox.edits.desk import Desk
from sandbox.instants import DEFAULT_NOW, MINUTE, to_iso
from sandbox.records.contacts import VALUES
from sandbox.server import SandboxServer
from tests.sandbox.asking import CONTACTS, contact, ids_found, ids_in, ids_in_batch, links_of


def test_a_merged_contact_becomes_the_winner_through_chains(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    first, second, third = ids_in(crm)[10:13]
    desk.merge("contacts", second, first, at=DEFAULT_NOW - MINUTE)
    desk.merge("contacts", third, second)
    assert not {first, second} & {*ids_in(crm), *ids_in(crm, archived=True), *ids_found(crm)}
    assert [contact(crm, id)["id"] for id in (first, second)] == [str(third)] * 2
    assert ids_in_batch(crm, first, second, third) == [third]
    winner = contact(crm, third, names=("hs_merged_object_ids",))
    assert winner["properties"]["hs_merged_object_ids"] == f"{second};{first}"
    assert winner["updatedAt"] == to_iso(DEFAULT_NOW)
    assert portal.truth_of_records().merged["contacts"] == {first: third, second: third}


def test_the_winner_takes_what_it_lacks_and_the_further_stage(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    stages = {id: each["lifecyclestage"] for id, each in portal.truth_of_records().live["contacts"].items()}
    winner = next(id for id, stage in stages.items() if stage == "subscriber")
    loser = next(id for id, stage in stages.items() if VALUES.index(str(stage)) > 2)
    own = contact(crm, winner, "lifecyclestage")["propertiesWithHistory"]["lifecyclestage"]
    desk.set("contacts", loser, "sales_notes", "Likes tea", at=DEFAULT_NOW - 1)
    desk.set("contacts", winner, "sales_notes", "", at=DEFAULT_NOW - 1)
    desk.merge("contacts", winner, loser)
    record = contact(crm, winner, "lifecyclestage", names=("sales_notes", "firstname"))
    newest, *rest = record["propertiesWithHistory"]["lifecyclestage"]
    assert (newest["value"], newest["sourceType"], rest) == (stages[loser], "MERGE_OBJECTS", own)
    assert record["properties"]["sales_notes"] == "Likes tea"


def test_the_winner_takes_the_losers_associations_and_one_company_is_primary(
    crm: httpx.Client, desk: Desk
) -> None:
    firms = {id: links_of(crm, "contacts", id, "companies") for id in ids_in(crm)}
    winner, loser = [id for id, linked in firms.items() if len(linked) == 1][:2]
    deal = ids_in(crm, "deals")[0]
    desk.associate(("deals", deal), ("contacts", loser), at=DEFAULT_NOW - 1)
    desk.merge("contacts", winner, loser)
    both = {**dict.fromkeys(firms[loser], False), **firms[winner]}
    assert links_of(crm, "contacts", winner, "companies") == both
    for firm, is_primary in both.items():
        linked = links_of(crm, "companies", firm, "contacts")
        assert (linked[winner], loser in linked) == (is_primary, False)
    assert winner in links_of(crm, "deals", deal, "contacts")
    assert deal in links_of(crm, "contacts", winner, "deals")


def test_associations_come_late_and_go_without_a_trace_on_either_record(
    crm: httpx.Client, desk: Desk
) -> None:
    id, firm = ids_in(crm)[0], ids_in(crm, "companies")[-1]
    before = contact(crm, id)["updatedAt"]
    desk.associate(("contacts", id), ("companies", firm), primary=True)
    assert links_of(crm, "contacts", id, "companies")[firm]
    assert sum(links_of(crm, "contacts", id, "companies").values()) == 1
    assert links_of(crm, "companies", firm, "contacts")[id]
    listed = crm.get(CONTACTS, params={"associations": "companies"}).json()["results"][0]["associations"]
    assert [each["type"] for each in listed["companies"]["results"] if each["id"] == str(firm)] == [
        "contact_to_company",
        "contact_to_company_unlabeled",
    ]
    desk.dissociate(("companies", firm), ("contacts", id))
    assert firm not in links_of(crm, "contacts", id, "companies")
    assert id not in links_of(crm, "companies", firm, "contacts")
    assert contact(crm, id)["updatedAt"] == before
