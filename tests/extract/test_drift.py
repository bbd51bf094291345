"""Properties that appear, disappear or change their type are followed, and said aloud."""

from datetime import timedelta

import pytest

from agreement.condition import Condition
from agreement.model import Column, Rule
from progress import Silent
from sandbox.server import SandboxServer
from tests.extract import truth
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal, stored, stored_records


class Listening(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        self.said.append(message)


def test_properties_are_followed(night: Night, crm: SandboxServer) -> None:
    crm.desk.define("contacts", "region", "string")
    one = next(iter(crm.truth_of_records().live["contacts"]))
    crm.desk.set("contacts", one, "region", "12")
    night.sync()
    assert stored_records(night.warehouse, "contacts")[str(one)]["region"] == "12"

    crm.desk.drop("contacts", "sales_notes")
    crm.desk.define("contacts", "region", "number")
    heard = Listening()
    night.sync(progress=heard)
    assert_equal(night.warehouse, crm)
    assert any("sales_notes" in line for line in heard.said)
    assert any("region was text and is number" in line for line in heard.said)

    crm.portal.requests.clear()
    night.sync(progress=heard)
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 1  # the archive alone
    assert_equal(night.warehouse, crm)


def test_a_property_that_comes_back_is_read_from_the_records_that_have_it(
    night: Night, crm: SandboxServer
) -> None:
    crm.desk.drop("contacts", "jobtitle", at=NOW)
    night.sync()
    assert "jobtitle" not in next(iter(stored_records(night.warehouse, "contacts").values()))
    crm.desk.define("contacts", "jobtitle", "string", at=NOW)
    crm.portal.requests.clear()
    night.sync()
    assert_equal(night.warehouse, crm)
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 2  # the archive, twice: nothing else was listed


def test_a_property_that_comes_and_goes_is_followed_every_time(night: Night, crm: SandboxServer) -> None:
    one = next(iter(crm.truth_of_records().live["contacts"]))
    for turn, kind in enumerate(("string", None, "string", "number", "string", None, "number")):
        at = NOW + timedelta(days=turn)
        crm.set_now(at)
        if kind is None:
            crm.desk.drop("contacts", "region")
        else:
            crm.desk.define("contacts", "region", kind)
            crm.desk.set("contacts", one, "region", str(turn))
        night.sync(at)
        assert_equal(night.warehouse, crm)


def test_what_was_cleared_before_a_property_went_is_back_with_it(night: Night, crm: SandboxServer) -> None:
    one, other = list(crm.truth_of_records().live["contacts"])[:2]
    crm.desk.define("contacts", "region", "number", at=NOW)
    crm.desk.set("contacts", one, "region", "", at=NOW)
    crm.desk.set("contacts", other, "region", "7", at=NOW)
    night.sync()
    assert ("contacts", str(one), "region", "") in stored(night.warehouse, "unfit_values")
    crm.set_now(NOW + timedelta(days=1))
    crm.desk.drop("contacts", "region")
    night.sync(NOW + timedelta(days=1))
    assert_equal(night.warehouse, crm)
    crm.set_now(NOW + timedelta(days=2))
    crm.desk.define("contacts", "region", "number")
    night.sync(NOW + timedelta(days=2))
    assert_equal(night.warehouse, crm)


def test_a_rule_that_judges_at_entry_brings_the_histories_of_what_it_looks_at(
    night: Night, crm: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of records that earlier nights have read already, contacts and companies alike."""
    company = next(iter(crm.truth_of_records().live["companies"]))
    for turn, people in enumerate(("4", "", "250")):
        crm.desk.set("companies", company, "numberofemployees", people, at=NOW - timedelta(hours=9 - turn))
    night.sync()
    must = Condition("phone is not null and employees > 3")
    rule = Rule(rule="worth_a_call", must=must, department="marketing", judge="entry")
    version = night.agreement.versions[0].model_copy(update={"definitions": {"lead": (rule,)}})
    columns = {"employees": Column(of="company", property="numberofemployees", type="integer")}
    night.agreement = night.agreement.model_copy(update={"versions": (version,), "columns": columns})
    kept = {"contacts": (*truth.HISTORIES["contacts"], "phone"), "companies": ("numberofemployees",)}
    monkeypatch.setattr(truth, "HISTORIES", truth.HISTORIES | kept)
    night.sync()
    assert_equal(night.warehouse, crm)
    values = [
        row[5]
        for row in sorted(stored(night.warehouse, "property_history"), key=lambda row: row[3:5])
        if row[1:3] == (str(company), "numberofemployees")
    ]
    assert values[-3:] == ["4", "", "250"]
