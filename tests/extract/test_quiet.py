"""A night without changes asks little, however much there is."""

from math import ceil

import pytest

from extract import auditing, declaration, mending
from extract.declaration import Declaration
from sandbox.server import SandboxServer
from tests.extract.conftest import Night
from tests.extract.truth import assert_equal

FIXED, IDS_A_REQUEST = 100, 10


@pytest.fixture
def large(night: Night, monkeypatch: pytest.MonkeyPatch) -> Declaration:
    """As in a portal a hundred times as large: a request names ten ids, not a thousand, and so on."""
    declared = declaration.load("hubspot")
    limits = declared.limits.model_copy(update={"association_batch": IDS_A_REQUEST, "search_page": 10})
    small = declared.model_copy(update={"limits": limits})
    monkeypatch.setattr(declaration, "load", lambda crm: small)
    monkeypatch.setattr(mending, "IDS_A_RANGE", 50)
    return small


def test_a_night_without_changes_keeps_to_its_bound(
    night: Night, crm: SandboxServer, large: Declaration
) -> None:
    night.sync()
    crm.portal.requests.clear()
    outcome = night.sync()
    live = crm.truth_of_records().live
    links = sum(ceil(len(live[one.name]) / IDS_A_REQUEST) * len(one.associations) for one in large.objects)
    batches = {route: count for route, count in crm.requests().items() if "/associations/" in route}
    assert sum(batches.values()) == links > 50
    assert outcome.requests <= FIXED + links
    assert outcome.rows_loaded == 0


@pytest.mark.usefixtures("large")
def test_as_many_missing_as_left_over_show_in_the_counts_of_ranges(
    night: Night, crm: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a single page of ids compared one by one, which cannot hold both."""
    monkeypatch.setattr(auditing, "PAGES", 0)
    night.sync()
    ids = list(crm.truth_of_records().live["contacts"])
    crm.desk.erase("contacts", ids[5])
    with night.warehouse.connect() as connection:
        connection.execute("delete from raw_hubspot.contacts where id = ?", [str(ids[-5])])
    night.sync()
    assert_equal(night.warehouse, crm)
