"""Long lists have a second reader, who comes from above: the two meet, and nothing is lost between them."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from errors import CrmUnreadable
from extract import declaration, everything, meeting, packing
from extract.associations import ASSOCIATIONS
from extract.faults import Answer
from extract.meeting import Block, Meeting
from extract.wire import Request, Wire
from sandbox.company import Company
from sandbox.limits import Quota
from sandbox.server import SandboxServer
from tests.extract.conftest import Night
from tests.extract.truth import assert_equal

BATCH = "POST /crm/v3/objects/contacts/batch/read"
PLENTY = Quota(100_000, 0, 0)  # a limit is stated, and is never in the way


def _page(*ids: int) -> list[str]:
    return [str(one) for one in ids]


def _block(lowest: int) -> Block:
    return Block([], ASSOCIATIONS.empty_table(), lowest, lowest + 9)


def test_the_list_ends_where_everything_above_is_read() -> None:
    both = Meeting()
    assert not both.note(_page(1, 2))
    both.note_block(_block(7))
    assert not both.note(_page(3, 5))
    assert both.note(_page(6, 8))


def test_a_list_whose_ids_do_not_rise_is_read_to_its_end() -> None:
    both = Meeting()
    both.note_block(_block(7))
    assert not both.note(_page(1, 9, 2))
    assert not both.note(_page(30, 40))


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch, crm: SandboxServer) -> None:
    """The made-up company's lists become long ones."""
    declared = declaration.load("hubspot")
    small = {"list_page": 10, "history_page": 10, "searches_per_second": 1000}
    limits = declared.limits.model_copy(update=small)
    monkeypatch.setattr(declaration, "load", lambda crm: declared.model_copy(update={"limits": limits}))
    monkeypatch.setattr(meeting, "BLOCK", 20)
    monkeypatch.setattr(meeting, "WORTH", 10)
    monkeypatch.setattr(packing, "RECORDS_A_PARCEL", 50)
    crm.portal.limiter.quota = PLENTY
    send = Wire.send

    def slow_lists(self: Wire, request: Request) -> Answer:
        time.sleep(0.08 if request.method == "GET" else 0)
        return send(self, request)

    monkeypatch.setattr(Wire, "send", slow_lists)


@pytest.mark.usefixtures("small_blocks")
def test_both_readers_together_read_all(night: Night, crm: SandboxServer) -> None:
    night.sync()
    assert crm.requests()[BATCH] > 0
    assert_equal(night.warehouse, crm)


@pytest.mark.slow
@pytest.mark.usefixtures("small_blocks")
def test_what_comes_and_goes_while_both_read(
    night: Night, crm: SandboxServer, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = company.crm.tables["contacts"].live(crm.portal.now)
    first, middle, last = (contacts[at].id for at in (2, len(contacts) // 2, -2))

    def edit() -> None:
        crm.set_now(crm.portal.now + 1)
        crm.desk.archive("contacts", first)
        crm.desk.archive("contacts", last)
        crm.desk.archive("contacts", middle)
        crm.desk.create("contacts", {"email": "late.arrival@mail.example"})

    _when(monkeypatch, lambda path: path.endswith("contacts/batch/read"), edit)
    night.sync()
    night.sync()
    assert_equal(night.warehouse, crm)


@pytest.mark.slow
@pytest.mark.usefixtures("small_blocks")
def test_a_first_night_that_was_cut_off_goes_on_on_both_sides(
    night: Night, crm: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int | None] = []

    def meeting_at(above: int | None, top: int) -> Meeting:
        begun.append(above)
        return Meeting(above, top)

    noted = Meeting.note_block

    def cut_off(both: Meeting, block: Block) -> None:
        if both.above is not None:  # by now the block before is on its way to the warehouse
            crm.portal.tokens.clear()
        noted(both, block)

    with monkeypatch.context() as cut:
        cut.setattr(Meeting, "note_block", cut_off)
        with pytest.raises(CrmUnreadable):
            night.sync()
    crm.portal.tokens[crm.token] = frozenset()
    monkeypatch.setattr(everything, "Meeting", meeting_at)
    night.sync()
    assert any(begun)
    assert_equal(night.warehouse, crm)


def _when(monkeypatch: pytest.MonkeyPatch, due: Callable[[str], bool], then: Callable[[], Any]) -> None:
    """Do something once, right before the first request for which it is due."""
    send = Wire.send
    left = [then]

    def watched(self: Wire, request: Request) -> Answer:
        if left and due(request.path):
            left.pop()()
        return send(self, request)

    monkeypatch.setattr(Wire, "send", watched)
