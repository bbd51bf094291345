"""One edited portal, and the shortest ways of asking it something."""

from typing import Any

import httpx

CONTACTS = "/crm/v3/objects/contacts"


def ids_in(crm: httpx.Client, kind: str = "contacts", *, archived: bool = False) -> list[int]:
    parameters: dict[str, Any] = {"limit": 100, "archived": archived}
    return [
        int(each["id"]) for each in crm.get(f"/crm/v3/objects/{kind}", params=parameters).json()["results"]
    ]


def ids_found(crm: httpx.Client, **asked: Any) -> list[int]:
    answer = crm.post(f"{CONTACTS}/search", json={"limit": 200} | asked).json()
    assert answer["total"] == len(answer["results"])
    return [int(each["id"]) for each in answer["results"]]


def ids_in_batch(crm: httpx.Client, *ids: int, archived: bool = False) -> list[int]:
    body = {"inputs": [{"id": str(id)} for id in ids]}
    answer = crm.post(f"{CONTACTS}/batch/read", json=body, params={"archived": archived}).json()
    return [int(each["id"]) for each in answer["results"]]


def contact(crm: httpx.Client, id: int, *history: str, names: tuple[str, ...] = ()) -> dict[str, Any]:
    asked = {"propertiesWithHistory": ",".join(history), "properties": ",".join(names)}
    answer: dict[str, Any] = crm.get(f"{CONTACTS}/{id}", params={k: v for k, v in asked.items() if v}).json()
    return answer


def links_of(crm: httpx.Client, source: str, id: int, target: str) -> dict[int, bool]:
    body = {"inputs": [{"id": str(id)}]}
    results = crm.post(f"/crm/v4/associations/{source}/{target}/batch/read", json=body).json()["results"]
    links = results[0]["to"] if results else []
    return {link["toObjectId"]: len(link["associationTypes"]) > 1 for link in links}
