"""Whatever people do to the CRM, and whatever the network does: every night the raw tables are the CRM."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night
from tests.extract.truth import assert_equal

KINDS = ("contacts", "companies", "deals", "calls", "emails", "meetings")
TROUBLES = ("500", "502", "503", "429", "reset", "reset_midway", "truncate", "drip", "malformed", "cut")
ASSOCIATED = (
    ("contacts", "companies"),
    ("deals", "companies"),
    ("leads", "companies"),
    ("leads", "meetings"),
    ("notes", "leads"),
)
EDITED = {
    "contacts": ("lifecyclestage", ("lead", "marketingqualifiedlead", "", "customer")),
    "companies": ("numberofemployees", ("12", "many", "", "250")),
    "deals": ("dealstage", ("closedwon", "closedlost", "appointmentscheduled")),
    "calls": ("hs_call_duration", ("1000", "", "long")),
    "emails": ("hs_email_subject", ("Re: hello", "")),
    "meetings": ("hs_meeting_outcome", ("NO_SHOW", "COMPLETED")),
}


class Day:
    """A day at the desk: everything is drawn from one seed."""

    def __init__(self, crm: SandboxServer, random: Random) -> None:
        self.crm, self.random = crm, random

    def pass_by(self, actions: int) -> None:
        names = ("edit", "edit", "create", "archive", "restore", "erase", "merge", "associate", "dissociate")
        for _ in range(actions):
            self.crm.set_now(self.crm.portal.now + self.random.choice((0, 0, 1, 1000, 60_000)))
            act: Callable[[], None] = getattr(self, self.random.choice(names))
            act()

    def edit(self) -> None:
        kind = self.random.choice(KINDS)
        name, values = EDITED[kind]
        self.crm.desk.set(kind, self._live(kind), name, self.random.choice(values))

    def create(self) -> None:
        self.crm.desk.create("contacts", {"email": "new@example.com", "lifecyclestage": "lead"})

    def archive(self) -> None:
        kind = self.random.choice(KINDS)
        self.crm.desk.archive(kind, self._live(kind))

    def restore(self) -> None:
        kind = self.random.choice(KINDS)
        archived = sorted(self.crm.truth_of_records().archived[kind])
        if archived:
            self.crm.desk.restore(kind, self.random.choice(archived))

    def erase(self) -> None:
        if self.random.random() < 0.3:
            self.crm.desk.erase("contacts", self._live("contacts"))

    def merge(self) -> None:
        kind = self.random.choice(("contacts", "companies", "deals"))
        winner, loser = self._live(kind), self._live(kind)
        if winner != loser:
            self.crm.desk.merge(kind, winner, loser)

    def associate(self) -> None:
        source, target = self.random.choice(ASSOCIATED)
        ends = (source, self._live(source)), (target, self._live(target))
        self.crm.desk.associate(*ends, primary=self.random.random() < 0.5)

    def dissociate(self) -> None:
        """Someone from a call, and a call from someone's lead."""
        census = self.crm.truth_of_records()
        kinds = self.random.choice((("calls", "contacts"), ("leads", "calls")))
        linked = sorted(link[:4] for link in census.associations if (link[0], link[2]) == kinds)
        source, one, target, other = self.random.choice(linked)
        self.crm.desk.dissociate((source, one), (target, other))

    def _live(self, kind: str) -> int:
        return self.random.choice(sorted(self.crm.truth_of_records().live[kind]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_ten_nights(night: Night, crm: SandboxServer, seed: int) -> None:
    random = Random(seed)
    for number in range(10):
        crm.set_now(NOW + timedelta(days=number))
        Day(crm, random).pass_by(actions=25)
        for trouble in random.sample(TROUBLES, 3):
            crm.faults.add(trouble, rate=0.02, seconds=0.2)
        night.sync(NOW + timedelta(days=number))
        crm.faults.clear()
        assert_equal(night.warehouse, crm)
