"""Searches pass every ceiling, and lose nothing while the CRM moves under them."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from extract import declaration
from extract.client import Client
from extract.counting import Difference, Side, difference
from extract.declaration import Limits
from extract.searching import changed
from sandbox.company import Company
from sandbox.instants import as_instant
from sandbox.records.rows import Change
from sandbox.server import SandboxServer
from settings import HubSpot
from tests.extract.conftest import NOW

CONTACTS = declaration.load("hubspot").objects[0]
SMALL_PAGES: Limits = declaration.load("hubspot").limits.model_copy(update={"search_page": 7})
TIE = as_instant(NOW) - 60_000


@pytest.fixture
def client(crm: SandboxServer) -> Iterator[Client]:
    with Client(HubSpot(access_token=SecretStr(crm.token), base_url=crm.base_url), 1000) as client:
        yield client


def test_more_records_than_a_page_in_one_millisecond(client: Client, company: Company) -> None:
    for row in company.crm.tables["contacts"].rows[5:60]:
        row.changes.append(Change(TIE, "jobtitle", "tied", "IMPORT", None, None))
    rows = company.crm.tables["contacts"].rows
    now = as_instant(NOW)
    found = list(changed(client, CONTACTS, SMALL_PAGES, 0))
    assert sorted(found) == sorted((str(row.id), row.modified_at(now)) for row in rows if row.created <= now)


def test_records_that_move_while_they_are_paged(client: Client, crm: SandboxServer, company: Company) -> None:
    """Each page makes some that were read, and some that were not, change: none may be hidden by that."""
    rows = company.crm.tables["contacts"].rows
    expected = {str(row.id) for row in rows if row.created <= as_instant(NOW)}
    found: set[str] = set()
    for turn, (one, _) in enumerate(changed(client, CONTACTS, SMALL_PAGES, 0)):
        found.add(one)
        if turn < 80 and turn % 5 == 0:
            crm.set_now(crm.portal.now + 1)
            for row in (rows[turn], rows[-turn - 60]):
                row.changes.append(Change(crm.portal.now, "jobtitle", "moved", "IMPORT", None, None))
    assert found >= expected


def test_differences_are_found_by_counting() -> None:
    theirs, ours = set(range(0, 100_000, 7)), set(range(0, 100_000, 7))
    theirs -= {7, 49_000, 49_007}
    ours -= {21_000, 70_000, 99_995}
    asked = []

    def side(ids: set[int]) -> Side:
        def count(low: int, high: int) -> int:
            asked.append((low, high))
            return sum(low <= one <= high for one in ids)

        return Side(count, lambda low, high: {str(one) for one in ids if low <= one <= high})

    ranges = [(0, 9_999), (10_000, 50_000), (50_001, 99_999)]
    found = difference(side(theirs), side(ours), ranges, 200)
    assert found == Difference({"21000", "70000", "99995"}, {"7", "49000", "49007"})
    assert len(asked) < 150
