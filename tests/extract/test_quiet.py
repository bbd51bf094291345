"""A night without changes asks little, however much there is."""

from math import ceil

import pytest

from extract import declaration, mending
from sandbox.server import SandboxServer
from tests.extract.conftest import Night

FIXED, IDS_A_REQUEST = 100, 10


def test_a_night_without_changes_keeps_to_its_bound(
    night: Night, crm: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a portal a hundred times as large: a request names ten ids, not a thousand, and so on."""
    declared = declaration.load("hubspot")
    small = declared.limits.model_copy(update={"association_batch": IDS_A_REQUEST, "search_page": 10})
    monkeypatch.setattr(declaration, "load", lambda crm: declared.model_copy(update={"limits": small}))
    monkeypatch.setattr(mending, "IDS_A_RANGE", 50)
    night.sync()
    crm.portal.requests.clear()
    outcome = night.sync()
    live = crm.truth_of_records().live
    links = sum(ceil(len(live[one.name]) / IDS_A_REQUEST) * len(one.associations) for one in declared.objects)
    batches = {route: count for route, count in crm.requests().items() if "/associations/" in route}
    assert sum(batches.values()) == links > 50
    assert outcome.requests <= FIXED + links
    assert outcome.rows_loaded == 0
