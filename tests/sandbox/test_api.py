"""The API's manners: pages, ceilings, refusals, histories."""

from typing import Any

import httpx
import pytest

from sandbox.company import Company
from sandbox.instants import DAY, DEFAULT_NOW
from sandbox.records.kinds import TYPE_IDS
from sandbox.server import SandboxServer

CONTACTS = "/crm/v3/objects/contacts"


def _all_pages(http: httpx.Client, path: str, **params: Any) -> list[dict[str, Any]]:
    records, after = [], None
    while True:
        answer = http.get(path, params=params | ({"after": after} if after else {})).json()
        records += answer["results"]
        if "paging" not in answer:
            return records
        after = answer["paging"]["next"]["after"]


def test_a_list_shows_each_record_once(http: httpx.Client, company: Company) -> None:
    for kind, expected in company.records().items():
        records = _all_pages(http, f"/crm/v3/objects/{TYPE_IDS[kind]}", limit=100)
        assert [int(record["id"]) for record in records] == list(expected)


def test_a_page_links_to_the_next_one(http: httpx.Client) -> None:
    asked: dict[str, Any] = {"limit": 2, "properties": "email,phone", "associations": "companies"}
    following = http.get(CONTACTS, params=asked).json()["paging"]["next"]
    for _ in range(2):
        page = http.get(following["link"]).json()
        assert page == http.get(CONTACTS, params=asked | {"after": following["after"]}).json()
        following = page["paging"]["next"]


def test_every_property_is_a_string_or_null(http: httpx.Client) -> None:
    names = [each["name"] for each in http.get("/crm/v3/properties/contacts").json()["results"]]
    records = _all_pages(http, CONTACTS, limit=100, properties=",".join(names))
    values = [value for record in records for value in record["properties"].values()]
    assert all(value is None or isinstance(value, str) for value in values)
    assert {record["properties"]["city"] for record in records} >= {"", "Brisbane"}
    assert any(record["properties"]["annual_budget"] == "about 5k" for record in records)


def test_inside_a_list_the_primary_company_shows_twice(http: httpx.Client) -> None:
    records = _all_pages(http, CONTACTS, limit=100, associations="companies")
    types = [
        [link["type"] for link in record["associations"]["companies"]["results"]]
        for record in records
        if "associations" in record
    ]
    assert ["contact_to_company", "contact_to_company_unlabeled"] in types
    assert max(map(len, types)) == 3


def test_history_is_newest_first_and_counts_against_the_page_size(http: httpx.Client) -> None:
    refused = http.get(CONTACTS, params={"limit": 100, "propertiesWithHistory": "lifecyclestage"})
    assert refused.status_code == 400
    deals = _all_pages(http, "/crm/v3/objects/deals", limit=50, propertiesWithHistory="dealstage")
    for deal in deals:
        history = deal["propertiesWithHistory"]["dealstage"]
        assert history[0]["value"] == deal["properties"]["dealstage"]
        stamps = [revision["timestamp"].replace("Z", ".000Z")[:23] for revision in history]
        assert stamps == sorted(stamps, reverse=True)


def test_batch_read_says_which_are_missing(http: httpx.Client) -> None:
    known = http.get(CONTACTS, params={"limit": 2}).json()["results"][0]["id"]
    body = {"inputs": [{"id": known}, {"id": "5"}], "properties": ["email"]}
    answer = http.post(f"{CONTACTS}/batch/read", json=body)
    assert answer.status_code == 207
    assert [record["id"] for record in answer.json()["results"]] == [known]
    assert answer.json()["errors"][0]["context"] == {"ids": ["5"]}
    full = http.post(f"{CONTACTS}/batch/read", json={"inputs": [{"id": known}] * 101})
    assert full.status_code == 400


def test_search_finds_what_changed_since(http: httpx.Client, server: SandboxServer, company: Company) -> None:
    server.set_now(DEFAULT_NOW + DAY)
    recent = {"propertyName": "lastmodifieddate", "operator": "GT", "value": str(DEFAULT_NOW)}
    body = {"filterGroups": [{"filters": [recent]}], "sorts": ["lastmodifieddate"], "limit": 200}
    answer = http.post(f"{CONTACTS}/search", json=body).json()
    records = company.records(DEFAULT_NOW + DAY)["contacts"]
    expected = {
        id for id, record in records.items() if str(record["lastmodifieddate"]) > "2026-11-24T20:00:00.000Z"
    }
    assert answer["total"] == len(expected)
    assert {int(record["id"]) for record in answer["results"]} == expected


def test_search_counts_by_range_of_ids(http: httpx.Client, company: Company) -> None:
    ids = list(company.records()["deals"])
    between = {"propertyName": "hs_object_id", "operator": "BETWEEN", "value": ids[3], "highValue": ids[12]}
    body = {"filterGroups": [{"filters": [between]}], "limit": 1}
    answer = http.post("/crm/v3/objects/deals/search", json=body).json()
    assert (answer["total"], len(answer["results"])) == (10, 1)


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 201},
        {"limit": 200, "after": "9900"},
        {"sorts": ["createdate", "email"]},
        {"filterGroups": [{"filters": []}] * 6},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ", "value": "a"}] * 7}]},
        {"filterGroups": [{"filters": [{"propertyName": "nonsense", "operator": "EQ", "value": "a"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "LIKE", "value": "a"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ", "value": "a" * 3000}]}]},
    ],
)
def test_search_refuses_what_hubspot_refuses(http: httpx.Client, body: dict[str, Any]) -> None:
    answer = http.post(f"{CONTACTS}/search", json=body)
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"


def test_associations_are_paged_for_each_record(
    http: httpx.Client, server: SandboxServer, company: Company
) -> None:
    firm = max(company.story.firms, key=lambda each: len(each.leads))
    known = {lead.id for lead in firm.leads if lead.created_at <= DEFAULT_NOW} | {
        lead.id for lead in firm.guests if lead.created_at <= DEFAULT_NOW
    }
    server.portal.associations_per_page = 2
    entry, found = {"id": str(firm.id)}, []
    while entry:
        body = {"inputs": [entry]}
        (result,) = http.post("/crm/v4/associations/companies/contacts/batch/read", json=body).json()[
            "results"
        ]
        found += [link["toObjectId"] for link in result["to"]]
        after = result.get("paging", {}).get("next", {}).get("after")
        entry = {"id": str(firm.id), "after": after} if after else {}
    server.portal.associations_per_page = 500
    assert len(found) == len(known) > 2
    assert set(found) == known


def test_strangers_and_unknown_things_are_refused_in_hubspots_words(
    http: httpx.Client, server: SandboxServer
) -> None:
    stranger = httpx.get(f"{server.base_url}{CONTACTS}")
    assert (stranger.status_code, stranger.json()["category"]) == (401, "INVALID_AUTHENTICATION")
    assert {"status", "message", "correlationId", "category"} <= stranger.json().keys()
    assert http.get("/crm/v3/objects/unicorns").status_code == 404
    assert http.get(f"{CONTACTS}/5").status_code == 404
    assert http.get("/no/such/path").status_code == 404
    assert http.post(f"{CONTACTS}/search", content=b"{nonsense").status_code == 400
    assert http.get(CONTACTS, params={"after": "nonsense"}).status_code == 400
    server.portal.tokens["pat-narrow"] = frozenset({"crm.objects.deals.read"})
    narrow = {"Authorization": "Bearer pat-narrow"}
    assert http.get("/crm/v3/objects/deals", headers=narrow).json()["category"] == "MISSING_SCOPES"
    assert http.get(CONTACTS, headers=narrow).status_code == 200


def test_the_portal_counts_its_records(http: httpx.Client, company: Company) -> None:
    told = http.get("/crm/v3/limits/records").json()
    listed = told["hubspotDefinedObjectTypes"] + told["customObjectTypes"]["byObjectType"]
    counts = {each["pluralLabel"].lower(): each["usage"] for each in listed}
    assert counts == {kind: len(records) for kind, records in company.records().items()}
