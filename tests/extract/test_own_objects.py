"""A portal's own objects are one entry each, and read like all others; one object is read again alone."""

from datetime import timedelta

import pytest

from errors import UsageProblem
from sandbox.edits.census import Census
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal, stored, stored_records

TRAININGS = {"path": "2-47110815", "associations": [{"to": "contacts"}]}


def _trainings(census: Census) -> set[tuple[str, str | None]]:
    return {(str(one), values.get("training_name")) for one, values in census.live["trainings"].items()}


def test_a_custom_object_is_an_entry(night: Night, crm: SandboxServer) -> None:
    night.settings.sources.hubspot.objects = {"trainings": TRAININGS}
    night.sync()
    rows = stored_records(night.warehouse, "trainings").values()
    assert {(row["id"], row["training_name"]) for row in rows} == _trainings(crm.truth_of_records())
    assert all(row["starts_on"] and row["seats"] > 0 for row in rows)
    links = {row[1:4] for row in stored(night.warehouse, "associations") if row[0] == "trainings"}
    assert links == {
        (str(one), target, str(other))
        for source, one, target, other, _ in crm.truth_of_records().associations
        if source == "trainings"
    }


def test_custom_objects_are_associated_with_each_other(night: Night, crm: SandboxServer) -> None:
    one, other, third = sorted(crm.truth_of_records().live["trainings"])[:3]
    crm.desk.associate(("trainings", one), ("trainings", other))
    links = [{"to": "contacts"}, {"to": "trainings"}]
    night.settings.sources.hubspot.objects = {"trainings": TRAININGS | {"associations": links}}
    night.sync()
    assert _followers(night) == {(str(one), str(other)), (str(other), str(one))}
    crm.set_now(NOW + timedelta(minutes=1))
    crm.desk.dissociate(("trainings", one), ("trainings", other))
    crm.desk.associate(("trainings", one), ("trainings", third))
    night.sync(NOW + timedelta(minutes=1))
    assert _followers(night) == {(str(one), str(third)), (str(third), str(one))}


def _followers(night: Night) -> set[tuple[str, str]]:
    rows = stored(night.warehouse, "associations")
    return {(row[1], row[3]) for row in rows if (row[0], row[2]) == ("trainings", "trainings")}


@pytest.mark.parametrize(
    ("name", "entry", "said"),
    [
        ("contacts", {}, "name of its own"),
        ("owners", {}, "name of its own"),
        ("my trainings", {}, "name of its own"),
        ("trainings", {"pth": "2-1"}, "SOURCES__HUBSPOT__OBJECTS__TRAININGS__PTH"),
        ("trainings", {"associations": [{"to": "planets"}]}, "planets"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(
    night: Night, crm: SandboxServer, name: str, entry: dict[str, object], said: str
) -> None:
    night.settings.sources.hubspot.objects = {name: entry}
    with pytest.raises(UsageProblem, match=said):
        night.sync()
    assert crm.requests() == {}


def test_one_object_alone_is_read_again(night: Night, crm: SandboxServer) -> None:
    one = next(iter(crm.truth_of_records().live["deals"]))
    for turn in range(15):
        crm.desk.set("deals", one, "dealstage", f"stage {turn}")
    night.sync()
    crm.set_now(NOW + timedelta(minutes=1))
    for turn in range(15):
        crm.desk.set("deals", one, "dealstage", f"later {turn}")
    with night.warehouse.connect() as connection:
        connection.execute("update raw_hubspot.deals set dealname = 'Wrong'")
    seen = len(stored(night.warehouse, "property_history"))
    crm.portal.requests.clear()
    night.sync(full_refresh=True, objects=("deals",))
    assert_equal(night.warehouse, crm)
    assert len(stored(night.warehouse, "property_history")) >= seen
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 1  # the archive alone
    assert crm.requests()["GET /crm/v3/objects/deals"] >= 2


def test_an_object_that_is_not_there_is_named(night: Night, crm: SandboxServer) -> None:
    with pytest.raises(UsageProblem, match=r"no object contact\..*contacts"):
        night.sync(full_refresh=True, objects=("contact",))
    assert crm.requests() == {}
