"""Whatever is edited, over several nights: the API shows exactly what the census says."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.api.state import Portal
from sandbox.company import Company
from sandbox.edits.census import Association, Census
from sandbox.instants import DAY, DEFAULT_NOW
from sandbox.server import SandboxServer, running

KINDS = ("contacts", "companies", "deals")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "create", "archive", "restore", "erase", "merge", "join", "part"]),
        st.integers(0, 60),
        st.integers(0, 60),
        st.integers(0, 2 * DAY),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def random_server() -> Iterator[SandboxServer]:
    with running(Company(contacts=25, seed=2)) as server:
        yield server


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_the_api_shows_what_the_census_says(
    random_server: SandboxServer, edits: list[tuple[str, int, int, int]]
) -> None:
    portal = random_server.portal
    portal.company = Company(contacts=25, seed=2)
    for edit in sorted(edits, key=lambda each: each[3]):
        _apply(portal, *edit)
    headers = {"Authorization": f"Bearer {random_server.token}"}
    with httpx.Client(base_url=random_server.base_url, headers=headers, timeout=20) as client:
        for portal.now in (DEFAULT_NOW, DEFAULT_NOW + 2 * DAY):
            _assert_equal(client, portal.truth_of_records())


def _assert_equal(client: httpx.Client, truth: Census) -> None:
    for kind in KINDS:
        assert _listed(client, kind, archived=False) == truth.live[kind]
        assert _listed(client, kind, archived=True) == truth.archived[kind]
        assert _batch(client, kind, truth) == _expected(kind, truth)
        found = client.post(f"/crm/v3/objects/{kind}/search", json={"limit": 200}).json()["results"]
        assert [int(each["id"]) for each in found] == list(truth.live[kind])
    told = {one for one in truth.associations if {one[0], one[2]} <= set(KINDS)}
    assert _linked(client, truth) == told
    assert _mirrored(truth.associations) == truth.associations


def _apply(portal: Portal, what: str, one: int, other: int, after: int) -> None:
    desk, at = portal.desk, DEFAULT_NOW + after
    tables = portal.crm.tables
    contacts, firms = ([row.id for row in tables[kind].live(at)] for kind in KINDS[:2])
    if not contacts or not firms:
        return
    first, second, firm = (
        ids[n % len(ids)] for ids, n in ((contacts, one), (contacts, other), (firms, other))
    )
    if what == "set":
        desk.set("contacts", first, "city", f"C{other}", at=at)
    elif what == "create":
        desk.create("contacts", {"email": f"{one}@mail.example"}, at=at)
    elif what == "restore" and (archived := tables["contacts"].archived(at)):
        desk.restore("contacts", archived[one % len(archived)].id, at=at)
    elif what == "archive":
        desk.archive("contacts" if other % 3 else "companies", first if other % 3 else firm, at=at)
    elif what == "erase":
        desk.erase("contacts", first, at=at)
    elif what == "merge" and first != second:
        desk.merge("contacts", first, second, at=at)
    elif what == "join":
        desk.associate(("contacts", first), ("companies", firm), primary=bool(one % 2), at=at)
    elif what == "part":
        desk.dissociate(("contacts", first), ("companies", firm), at=at)


def _values(record: dict[str, Any]) -> tuple[int, dict[str, str]]:
    values = {name: value for name, value in record["properties"].items() if value is not None}
    return int(record["id"]), values


def _listed(client: httpx.Client, kind: str, *, archived: bool) -> dict[int, dict[str, str]]:
    names = ",".join(each["name"] for each in client.get(f"/crm/v3/properties/{kind}").json()["results"])
    asked: dict[str, Any] = {"limit": 100, "properties": names, "archived": archived}
    return dict(
        _values(each) for each in client.get(f"/crm/v3/objects/{kind}", params=asked).json()["results"]
    )


def _batch(client: httpx.Client, kind: str, truth: Census) -> set[int]:
    body = {"inputs": [{"id": str(id)} for id in truth.rows[kind]]}
    answer = client.post(f"/crm/v3/objects/{kind}/batch/read", json=body).json()
    return {int(each["id"]) for each in answer["results"]}


def _expected(kind: str, truth: Census) -> set[int]:
    """Live ones, and whom merged ones became, unless these are gone themselves."""
    return {*truth.live[kind]} | {id for id in truth.merged[kind].values() if id in truth.live[kind]}


def _linked(client: httpx.Client, truth: Census) -> set[Association]:
    found = set()
    for source, target in permutations(KINDS, 2):
        body = {"inputs": [{"id": str(id)} for id in truth.rows[source]]}
        answer = client.post(f"/crm/v4/associations/{source}/{target}/batch/read", json=body).json()
        for result in answer["results"]:
            for link in result["to"]:
                primary = len(link["associationTypes"]) > 1
                found.add((source, int(result["from"]["id"]), target, link["toObjectId"], primary))
    return found


def _mirrored(associations: frozenset[Association]) -> set[Association]:
    return {(target, to, source, origin, primary) for source, origin, target, to, primary in associations}


@pytest.mark.parametrize("instant", [DEFAULT_NOW, DEFAULT_NOW + DAY])
def test_without_edits_all_that_exists_is_live(instant: int) -> None:
    company = Company(contacts=40, seed=2)
    truth = company.census(instant)
    for kind, records in company.records(instant).items():
        kept = {
            id: {name: value for name, value in record.items() if value is not None}
            for id, record in records.items()
        }
        assert truth.live[kind] == kept
    assert not any(any(each.values()) for each in (truth.archived, truth.vanished, truth.merged))
    assert _mirrored(truth.associations) == truth.associations
