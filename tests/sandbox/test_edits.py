"""Edits on top of the story, as the API shows them: by hand here, at random in test_edits_at_random."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.company import Company
from sandbox.edits.desk import Desk
from sandbox.instants import DAY, DEFAULT_NOW, MINUTE, to_iso
from sandbox.records.contacts import VALUES
from sandbox.server import SandboxServer, running
from sandbox.staff import AU_REPS

CONTACTS = "/crm/v3/objects/contacts"


@pytest.fixture
def portal() -> Iterator[SandboxServer]:
    with running(Company(contacts=60, seed=3)) as server:
        yield server


@pytest.fixture
def desk(portal: SandboxServer) -> Desk:
    return portal.desk


@pytest.fixture
def crm(portal: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {portal.token}"}
    with httpx.Client(base_url=portal.base_url, headers=headers, timeout=20) as client:
        yield client


def _ids(crm: httpx.Client, kind: str = "contacts", *, archived: bool = False) -> list[int]:
    parameters: dict[str, Any] = {"limit": 100, "archived": archived}
    return [
        int(each["id"]) for each in crm.get(f"/crm/v3/objects/{kind}", params=parameters).json()["results"]
    ]


def _found(crm: httpx.Client, **asked: Any) -> list[int]:
    answer = crm.post(f"{CONTACTS}/search", json={"limit": 200} | asked).json()
    assert answer["total"] == len(answer["results"])
    return [int(each["id"]) for each in answer["results"]]


def _batch(crm: httpx.Client, *ids: int, archived: bool = False) -> list[int]:
    body = {"inputs": [{"id": str(id)} for id in ids]}
    answer = crm.post(f"{CONTACTS}/batch/read", json=body, params={"archived": archived}).json()
    return [int(each["id"]) for each in answer["results"]]


def _one(crm: httpx.Client, id: int, *history: str, names: tuple[str, ...] = ()) -> dict[str, Any]:
    asked = {"propertiesWithHistory": ",".join(history), "properties": ",".join(names)}
    answer: dict[str, Any] = crm.get(f"{CONTACTS}/{id}", params={k: v for k, v in asked.items() if v}).json()
    return answer


def _linked(crm: httpx.Client, source: str, id: int, target: str) -> dict[int, bool]:
    body = {"inputs": [{"id": str(id)}]}
    results = crm.post(f"/crm/v4/associations/{source}/{target}/batch/read", json=body).json()["results"]
    links = results[0]["to"] if results else []
    return {link["toObjectId"]: len(link["associationTypes"]) > 1 for link in links}


def test_a_property_that_is_edited_has_one_more_revision_and_the_record_is_modified(
    crm: httpx.Client, desk: Desk
) -> None:
    id = _ids(crm)[0]
    before = len(_one(crm, id, "hs_lead_status")["propertiesWithHistory"]["hs_lead_status"])
    desk.set("contacts", id, "hs_lead_status", "CONNECTED", by=AU_REPS[0])
    desk.set("contacts", id, "city", "", at=DEFAULT_NOW)
    record = _one(crm, id, "hs_lead_status", names=("city",))
    assert record["updatedAt"] == to_iso(DEFAULT_NOW)
    assert record["properties"]["lastmodifieddate"] == to_iso(DEFAULT_NOW)
    assert record["properties"]["city"] == ""
    newest, *older = record["propertiesWithHistory"]["hs_lead_status"]
    assert (newest["value"], newest["updatedByUserId"], len(older)) == ("CONNECTED", 9100002, before)


def test_what_was_set_at_creation_stays_in_the_history(crm: httpx.Client, desk: Desk) -> None:
    id = next(id for id in _ids(crm) if _one(crm, id)["properties"]["email"])
    email = _one(crm, id)["properties"]["email"]
    desk.set("contacts", id, "email", "new@mail.example")
    revisions = _one(crm, id, "email")["propertiesWithHistory"]["email"]
    assert [revision["value"] for revision in revisions] == ["new@mail.example", email]


def test_the_crm_forgets_all_but_the_newest_revisions(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id, deal = _ids(crm)[3], _ids(crm, "deals")[0]
    for n in range(60):
        desk.set("contacts", id, "hs_lead_status", f"S{n}", at=DEFAULT_NOW - 60 + n)
        desk.set("deals", deal, "dealname", f"Deal {n}", at=DEFAULT_NOW - 60 + n)
    revisions = _one(crm, id, "hs_lead_status")["propertiesWithHistory"]["hs_lead_status"]
    assert [revision["value"] for revision in revisions] == [f"S{n}" for n in range(59, 14, -1)]
    deals = crm.get(f"/crm/v3/objects/deals/{deal}", params={"propertiesWithHistory": "dealname"}).json()
    assert len(deals["propertiesWithHistory"]["dealname"]) == 20
    truth = portal.truth_of_records()
    assert len(truth.history("contacts", id, "hs_lead_status")) == 45
    assert len(truth.history("contacts", id, "hs_lead_status", whole=True)) >= 60


def test_a_deleted_record_is_in_the_archive_for_ninety_days(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id = _ids(crm)[5]
    modified = _one(crm, id)["updatedAt"]
    desk.archive("contacts", id)
    assert id not in _ids(crm) + _found(crm) + _batch(crm, id)
    assert crm.get(f"{CONTACTS}/{id}").status_code == 404
    assert _ids(crm, archived=True) == _batch(crm, id, archived=True) == [id]
    record = crm.get(f"{CONTACTS}/{id}", params={"archived": True}).json()
    assert (record["archived"], record["archivedAt"]) == (True, to_iso(DEFAULT_NOW))
    assert record["updatedAt"] == modified
    portal.set_now(DEFAULT_NOW + 90 * DAY)
    assert _ids(crm, archived=True) == _batch(crm, id, archived=True) == []
    assert portal.truth_of_records().vanished["contacts"] == {id}
    portal.set_now(DEFAULT_NOW - 1)
    assert id in _ids(crm)


def test_a_restored_record_is_as_it_was(crm: httpx.Client, desk: Desk) -> None:
    id = next(id for id in _ids(crm) if _linked(crm, "contacts", id, "companies"))
    before, links = _one(crm, id), _linked(crm, "contacts", id, "companies")
    desk.archive("contacts", id, at=DEFAULT_NOW - DAY)
    assert _linked(crm, "contacts", id, "companies") == {}
    assert all(id not in _linked(crm, "companies", firm, "contacts") for firm in links)
    desk.restore("contacts", id)
    assert _one(crm, id) == before
    assert _linked(crm, "contacts", id, "companies") == links


def test_a_privacy_deletion_leaves_nothing(portal: SandboxServer, crm: httpx.Client, desk: Desk) -> None:
    id, archived = _ids(crm)[2:4]
    desk.archive("contacts", archived)
    desk.erase("contacts", archived)
    desk.erase("contacts", id)
    assert not {id, archived} & {*_ids(crm), *_ids(crm, archived=True), *_found(crm)}
    assert _batch(crm, id, archived) == _batch(crm, id, archived, archived=True) == []
    assert portal.truth_of_records().vanished["contacts"] == {id, archived}


def test_a_merged_contact_becomes_the_winner_through_chains(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    first, second, third = _ids(crm)[10:13]
    desk.merge("contacts", second, first, at=DEFAULT_NOW - MINUTE)
    desk.merge("contacts", third, second)
    assert not {first, second} & {*_ids(crm), *_ids(crm, archived=True), *_found(crm)}
    assert [_one(crm, id)["id"] for id in (first, second)] == [str(third)] * 2
    assert _batch(crm, first, second, third) == [third]
    winner = _one(crm, third, names=("hs_merged_object_ids",))
    assert winner["properties"]["hs_merged_object_ids"] == f"{second};{first}"
    assert winner["updatedAt"] == to_iso(DEFAULT_NOW)
    assert portal.truth_of_records().merged["contacts"] == {first: third, second: third}


def test_the_winner_takes_what_it_lacks_and_the_further_stage(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    stages = {id: each["lifecyclestage"] for id, each in portal.truth_of_records().live["contacts"].items()}
    winner = next(id for id, stage in stages.items() if stage == "subscriber")
    loser = next(id for id, stage in stages.items() if VALUES.index(str(stage)) > 2)
    own = _one(crm, winner, "lifecyclestage")["propertiesWithHistory"]["lifecyclestage"]
    desk.set("contacts", loser, "sales_notes", "Likes tea", at=DEFAULT_NOW - 1)
    desk.set("contacts", winner, "sales_notes", "", at=DEFAULT_NOW - 1)
    desk.merge("contacts", winner, loser)
    record = _one(crm, winner, "lifecyclestage", names=("sales_notes", "firstname"))
    newest, *rest = record["propertiesWithHistory"]["lifecyclestage"]
    assert (newest["value"], newest["sourceType"], rest) == (stages[loser], "MERGE_OBJECTS", own)
    assert record["properties"]["sales_notes"] == "Likes tea"


def test_the_winner_takes_the_losers_associations_and_one_company_is_primary(
    crm: httpx.Client, desk: Desk
) -> None:
    firms = {id: _linked(crm, "contacts", id, "companies") for id in _ids(crm)}
    winner, loser = [id for id, linked in firms.items() if len(linked) == 1][:2]
    deal = _ids(crm, "deals")[0]
    desk.associate(("deals", deal), ("contacts", loser), at=DEFAULT_NOW - 1)
    desk.merge("contacts", winner, loser)
    both = {**dict.fromkeys(firms[loser], False), **firms[winner]}
    assert _linked(crm, "contacts", winner, "companies") == both
    for firm, is_primary in both.items():
        linked = _linked(crm, "companies", firm, "contacts")
        assert (linked[winner], loser in linked) == (is_primary, False)
    assert winner in _linked(crm, "deals", deal, "contacts")
    assert deal in _linked(crm, "contacts", winner, "deals")


def test_associations_come_late_and_go_without_a_trace_on_either_record(
    crm: httpx.Client, desk: Desk
) -> None:
    id, firm = _ids(crm)[0], _ids(crm, "companies")[-1]
    before = _one(crm, id)["updatedAt"]
    desk.associate(("contacts", id), ("companies", firm), primary=True)
    assert _linked(crm, "contacts", id, "companies")[firm]
    assert sum(_linked(crm, "contacts", id, "companies").values()) == 1
    assert _linked(crm, "companies", firm, "contacts")[id]
    listed = crm.get(CONTACTS, params={"associations": "companies"}).json()["results"][0]["associations"]
    assert [each["type"] for each in listed["companies"]["results"] if each["id"] == str(firm)] == [
        "contact_to_company",
        "contact_to_company_unlabeled",
    ]
    desk.dissociate(("companies", firm), ("contacts", id))
    assert firm not in _linked(crm, "contacts", id, "companies")
    assert id not in _linked(crm, "companies", firm, "contacts")
    assert _one(crm, id)["updatedAt"] == before


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
    here, gone, _ = _ids(crm)[:3]
    desk.set("contacts", here, "city", "Cairns", at=DEFAULT_NOW - 4 * MINUTE)
    desk.archive("contacts", gone, at=DEFAULT_NOW - 4 * MINUTE)
    made = desk.create("contacts", {"city": "Cairns"}, at=DEFAULT_NOW - 6 * MINUTE)
    newer = desk.create("contacts", {"city": "Cairns"}, at=DEFAULT_NOW - 1)
    in_cairns = {"filters": [{"propertyName": "city", "operator": "EQ", "value": "Cairns"}]}
    assert _found(crm, **in_cairns) == [made]
    assert gone in _found(crm)
    assert {made, newer} <= set(_batch(crm, made, newer))
    portal.portal.search_lag = 0
    assert _found(crm, **in_cairns) == [here, made, newer]


def test_definitions_come_change_and_go(portal: SandboxServer, crm: httpx.Client, desk: Desk) -> None:
    def defined() -> dict[str, str]:
        told = crm.get("/crm/v3/properties/contacts").json()["results"]
        return {each["name"]: each["type"] for each in told}

    id = _ids(crm)[0]
    desk.define("contacts", "shoe_size", "number", at=DEFAULT_NOW)
    desk.set("contacts", id, "shoe_size", "42 wide")
    desk.define("contacts", "shoe_size", "string", at=DEFAULT_NOW + DAY)
    desk.drop("contacts", "shoe_size", at=DEFAULT_NOW + 2 * DAY)
    assert defined()["shoe_size"] == "number"
    assert _one(crm, id, names=("shoe_size",))["properties"]["shoe_size"] == "42 wide"
    number = {"filters": [{"propertyName": "shoe_size", "operator": "GT", "value": "40"}]}
    assert _found(crm, **number) == []
    portal.set_now(DEFAULT_NOW + DAY)
    assert defined()["shoe_size"] == "string"
    portal.set_now(DEFAULT_NOW + 2 * DAY)
    assert "shoe_size" not in defined()
    assert "shoe_size" not in _one(crm, id, names=("shoe_size",))["properties"]
    assert "shoe_size" not in portal.truth_of_records().live["contacts"][id]


def test_what_cannot_be_edited_is_refused(crm: httpx.Client, desk: Desk) -> None:
    id = _ids(crm)[0]
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

    first, second = _ids(crm)[:2]
    at = to_iso(DEFAULT_NOW - MINUTE)
    made = edit("create", object_type="companies", properties={"name": "Late"}, at=at).json()["edited"]
    assert edit("associate", source=["contacts", first], target=["companies", made]).status_code == 200
    assert edit("merge", object_type="contacts", winner=first, loser=second).status_code == 200
    linked = _linked(crm, "contacts", first, "companies")
    assert made in linked
    assert _linked(crm, "contacts", second, "companies") == linked
    by_its_other_id = edit("archive", object_type="contacts", id=second)
    assert by_its_other_id.status_code == 200
    assert edit("archive", object_type="contacts", id=first).status_code == 400
    assert edit("explode").status_code == edit("_meet").status_code == edit("archive").status_code == 400
    crm.post("/sandbox/limits", json={"search_lag": 30})
    assert portal.portal.search_lag == 30_000


def test_what_was_read_before_an_edit_is_not_served_after_it(
    portal: SandboxServer, crm: httpx.Client, desk: Desk
) -> None:
    id = next(id for id in _ids(crm) if _linked(crm, "contacts", id, "companies"))
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
    id = _ids(crm)[0]
    desk.set("contacts", id, name, value)
    body = {"inputs": [{"id": str(id)}], "properties": [name], "propertiesWithHistory": [name]}
    (record,) = crm.post(f"{CONTACTS}/batch/read", json=body).json()["results"]
    assert record["properties"][name] == value
    assert record["propertiesWithHistory"][name][0]["value"] == value
    greater = {"filters": [{"propertyName": name, "operator": "HAS_PROPERTY"}], "limit": 200}
    assert (id in _found(crm, **greater)) == bool(value)
