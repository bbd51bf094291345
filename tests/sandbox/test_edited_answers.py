"""What the API answers once records were edited: search behind the lists, ties, nothing stale."""

from typing import Any

import httpx
import pytest

from sandbox.edits.desk import Desk
from sandbox.instants import DEFAULT_NOW, MINUTE
from sandbox.server import SandboxServer
from tests.sandbox.asking import CONTACTS, ids_found, ids_in, ids_in_batch, links_of


def test_many_records_share_one_millisecond(crm: httpx.Client, desk: Desk) -> None:
    made = desk.create_many("contacts", ({"email": f"{n}@mail.example"} for n in range(10_050)))
    tied = {"propertyName": "lastmodifieddate", "operator": "EQ", "value": str(DEFAULT_NOW)}
    beyond = {"propertyName": "hs_object_id", "operator": "GT", "value": str(made[9_999])}
    body = {"filterGroups": [{"filters": [tied, beyond]}], "sorts": ["hs_object_id"], "limit": 200}
    answer = crm.post(f"{CONTACTS}/search", json=body).json()
    assert [int(each["id"]) for each in answer["results"]] == made[10_000:]
    assert crm.post(f"{CONTACTS}/search", json={"filters": [tied]}).json()["total"] == 10_050
    assert desk.set_all("contacts", "city", "Cairns", at=DEFAULT_NOW) == 10_050 + 60


def test_search_lags_behind(portal: SandboxServer, crm: httpx.Client, desk: Desk) -> None:
    portal.portal.search_lag = 5 * MINUTE
    here, gone, _ = ids_in(crm)[:3]
    desk.set("contacts", here, "city", "Cairns", at=DEFAULT_NOW - 4 * MINUTE)
    desk.archive("contacts", gone, at=DEFAULT_NOW - 4 * MINUTE)
    made = desk.create("contacts", {"city": "Cairns"}, at=DEFAULT_NOW - 6 * MINUTE)
    newer = desk.create("contacts", {"city": "Cairns"}, at=DEFAULT_NOW - 1)
    in_cairns = {"filters": [{"propertyName": "city", "operator": "EQ", "value": "Cairns"}]}
    assert ids_found(crm, **in_cairns) == [made]
    assert gone in ids_found(crm)
    assert {made, newer} <= set(ids_in_batch(crm, made, newer))
    portal.portal.search_lag = 0
    assert ids_found(crm, **in_cairns) == [here, made, newer]


def test_what_was_read_before_an_edit_is_not_served_after_it(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id = next(id for id in ids_in(crm) if links_of(crm, "contacts", id, "companies"))
    asked: dict[str, Any] = {"properties": "city", "associations": "companies", "limit": 100}

    def listed() -> dict[str, Any]:
        results = crm.get(CONTACTS, params=asked).json()["results"]
        return next((each for each in results if each["id"] == str(id)), {})

    before = listed()
    desk.set("contacts", id, "city", "Cairns")
    assert listed()["properties"]["city"] == "Cairns"
    desk.archive("companies", int(before["associations"]["companies"]["results"][0]["id"]))
    assert listed().get("associations") != before["associations"]
    portal.set_now(DEFAULT_NOW - 1)
    assert listed() == before
    portal.set_now(DEFAULT_NOW)
    desk.erase("contacts", id)
    assert listed() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("account_number", "92233720368547758079"),
        ("hubspotscore", "0.1000000000000000055511151231257827"),
        ("hubspotscore", "twelve"),
        ("hubspotscore", "1e400"),
        ("contract_renewal_date", "31/12/2026"),
        ("hs_email_optout", "perhaps"),
        ("newsletter_topics", "crm;sales;a topic that nobody defined"),
        ("sales_notes", 'A\u00e4\U0001f600\n\t"' * 13_000),
        ("city", ""),
    ],
)
def test_values_are_served_letter_by_letter_whatever_their_type(
    crm: httpx.Client, desk: Desk, name: str, value: str
) -> None:
    id = ids_in(crm)[0]
    desk.set("contacts", id, name, value)
    body = {"inputs": [{"id": str(id)}], "properties": [name], "propertiesWithHistory": [name]}
    (record,) = crm.post(f"{CONTACTS}/batch/read", json=body).json()["results"]
    assert record["properties"][name] == value
    assert record["propertiesWithHistory"][name][0]["value"] == value
    greater = {"filters": [{"propertyName": name, "operator": "HAS_PROPERTY"}], "limit": 200}
    assert (id in ids_found(crm, **greater)) == bool(value)
