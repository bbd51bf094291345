"""Any ten nights, drawn by hypothesis: whatever people and the network do, the raw tables are the CRM."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tenacity import wait_fixed

from agreement import Agreement
from errors import CrmUnreadable
from extract import faults
from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.extract.conftest import NOW, Night, night_in, without_pacing
from tests.extract.truth import assert_equal

NIGHTS = 10
PEOPLE = 60
KINDS = ("contacts", "companies", "deals", "calls", "emails", "meetings", "feedback_submissions", "leads")
EDITED = {
    "contacts": ("lifecyclestage", ("lead", "marketingqualifiedlead", "", "customer")),
    "companies": ("numberofemployees", ("12", "many", "", "9007199254740993")),
    "deals": ("dealstage", ("closedwon", "closedlost", "appointmentscheduled")),
    "calls": ("hs_call_duration", ("1000", "", "0.30000000000000004")),
    "emails": ("hs_email_subject", ("Re: hello", "", "x" * 65_000)),
    "meetings": ("hs_meeting_outcome", ("NO_SHOW", "COMPLETED")),
    "feedback_submissions": ("hs_content", ("Good.", "")),
    "leads": ("hs_pipeline_stage", ("qualified-stage-id", "unqualified-stage-id")),
}
TYPES = ("string", "number", "date", "bool", "datetime")
PAUSES = (0, 0, 1, 1000, 60_000)  # milliseconds before somebody does the next thing


class Deed(NamedTuple):
    """What somebody does: numbers choose among what there is by then."""

    what: str
    kind: str
    first: int
    second: int
    pause: int


class Desk:
    """Does deeds; one that is not possible by then is none. `unseen`: no night knows the new property yet."""

    def __init__(self, crm: SandboxServer) -> None:
        self.crm, self.desk = crm, crm.desk
        self.unseen = False

    def do(self, deed: Deed) -> None:
        self.crm.set_now(self.crm.portal.now + deed.pause)
        act: Callable[[Deed], None] = getattr(self, deed.what)
        act(deed)

    def edit(self, deed: Deed) -> None:
        name, values = EDITED[deed.kind]
        if ids := self._live(deed.kind):
            self.desk.set(deed.kind, _pick(ids, deed.first), name, values[deed.second % len(values)])

    def import_all(self, deed: Deed) -> None:
        name, values = EDITED["contacts"]
        self.desk.set_all("contacts", name, values[deed.second % len(values)])

    def create(self, deed: Deed) -> None:
        self.desk.create("contacts", {"email": f"{deed.first}@example.com", "lifecyclestage": "lead"})

    def archive(self, deed: Deed) -> None:
        if ids := self._live(deed.kind):
            self.desk.archive(deed.kind, _pick(ids, deed.first))

    def restore(self, deed: Deed) -> None:
        if ids := sorted(self.crm.truth_of_records().archived[deed.kind]):
            self.desk.restore(deed.kind, _pick(ids, deed.first))

    def erase(self, deed: Deed) -> None:
        if ids := self._live(deed.kind):
            self.desk.erase(deed.kind, _pick(ids, deed.first))

    def merge(self, deed: Deed) -> None:
        kind = ("contacts", "companies", "deals")[deed.first % 3]
        ids = self._live(kind)
        winner, loser = _pick(ids, deed.first), _pick(ids, deed.second)
        if winner != loser:
            self.desk.merge(kind, winner, loser)

    def associate(self, deed: Deed) -> None:
        source = ("contacts", "deals")[deed.first % 2]
        ends = (source, _pick(self._live(source), deed.first)), ("companies", self._company(deed))
        self.desk.associate(*ends, primary=deed.second % 2 == 0)

    def dissociate(self, deed: Deed) -> None:
        ends = ("contacts", _pick(self._live("contacts"), deed.first)), ("companies", self._company(deed))
        self.desk.dissociate(*ends)

    def define(self, deed: Deed) -> None:
        self.unseen = True
        self.desk.define("contacts", "region", TYPES[deed.first % len(TYPES)])
        if ids := self._live("contacts"):
            self.desk.set("contacts", _pick(ids, deed.second), "region", ("12", "north", "")[deed.second % 3])

    def drop(self, deed: Deed) -> None:
        if not self.unseen and "region" in self.crm.portal.fields("contacts"):
            self.desk.drop("contacts", "region")

    def _company(self, deed: Deed) -> int:
        return _pick(self._live("companies"), deed.second)

    def _live(self, kind: str) -> list[int]:
        return sorted(self.crm.truth_of_records().live[kind])


def _pick(ids: list[int], number: int) -> int:
    return ids[number % len(ids)]


numbers = st.integers(0, 2**20)
common = st.sampled_from(("edit", "edit", "create", "archive", "restore", "merge", "associate", "dissociate"))
rare = st.sampled_from(("erase", "define", "drop", "import_all"))
deeds = st.builds(
    Deed, st.one_of(common, common, rare), st.sampled_from(KINDS), numbers, numbers, st.sampled_from(PAUSES)
)
passing = st.sampled_from(("500", "502", "503", "429", "reset", "reset_midway", "truncate", "drip", "cut"))
ending = st.sampled_from((None, None, None, "expire", "daily"))
days = st.tuples(st.lists(deeds, min_size=3, max_size=9), st.sets(passing, max_size=3), ending)
stories = st.lists(days, min_size=NIGHTS, max_size=NIGHTS).filter(
    lambda nights: len({deed.what for done, _, _ in nights for deed in done}) > 6
)


@pytest.mark.slow
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # an example takes too long for shrinking
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(story=stories, seed=st.integers(0, 9))
def test_ten_nights(
    tmp_path_factory: pytest.TempPathFactory,
    signed: Agreement,
    story: list[tuple[list[Deed], set[str], str | None]],
    seed: int,
) -> None:
    with (
        running(Company(PEOPLE, seed=seed), now=NOW) as crm,
        without_pacing(crm),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(faults, "_backoff", wait_fixed(0.01))
        desk = Desk(crm)
        night = night_in(tmp_path_factory.mktemp("nights"), signed, crm.base_url)
        for number, (done, troubles, end) in enumerate(story):
            crm.set_now(NOW + timedelta(days=number))
            for deed in done:
                desk.do(deed)
            for trouble in sorted(troubles):
                crm.faults.add(trouble, rate=0.02, seconds=0.2)
            _sync(night, crm, number, end)
            crm.faults.clear()
            desk.unseen = False
            assert_equal(night.warehouse, crm)


def _sync(night: Night, crm: SandboxServer, number: int, end: str | None) -> None:
    """One night; what ends it midway is over by the next attempt, which goes on from there."""
    as_of = NOW + timedelta(days=number)
    if end is not None:
        crm.faults.add(end, next=1, after=25 + 5 * number)
        try:
            night.sync(as_of)
        except CrmUnreadable:
            crm.faults.clear()
        else:
            return
    night.sync(as_of)
