"""Properties that appear, disappear or change their type are followed, and said aloud."""

import pytest

from progress import Silent
from sandbox.company import Company
from sandbox.records import schema
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal, stored_records

ALL = schema._FIELDS["contacts"]


class Listening(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, message: str) -> None:
        self.said.append(message)


def _define(monkeypatch: pytest.MonkeyPatch, without: str, **types: str) -> None:
    fields = tuple((name, types.get(name, kind), field) for name, kind, field in ALL if name != without)
    monkeypatch.setitem(schema._FIELDS, "contacts", fields)


def test_properties_are_followed(
    night: Night, crm: SandboxServer, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    _define(monkeypatch, without="jobtitle")
    night.sync()
    assert "jobtitle" not in next(iter(stored_records(night.warehouse, "contacts").values()))

    _define(monkeypatch, without="sales_notes", hubspotscore="string")
    heard = Listening()
    night.sync(progress=heard)
    assert_equal(night.warehouse, company, NOW)
    assert any("sales_notes" in line for line in heard.said)
    assert any("hubspotscore was number and is text" in line for line in heard.said)

    crm.portal.requests.clear()
    night.sync()
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 1
    assert_equal(night.warehouse, company, NOW)


def test_a_new_property_is_read_from_the_records_that_have_it(
    night: Night, crm: SandboxServer, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    _define(monkeypatch, without="jobtitle")
    night.sync()
    monkeypatch.undo()
    crm.portal.requests.clear()
    night.sync()
    assert_equal(night.warehouse, company, NOW)
    assert crm.requests()["GET /crm/v3/objects/contacts"] == 1  # the archive alone: nothing was listed again
