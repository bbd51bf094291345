"""What the lives of a story share: the pen, the companies met so far, and the counters of rare events."""

from dataclasses import dataclass, field

from sandbox.instants import from_iso
from sandbox.plot.pen import Pen
from sandbox.sidelines import Pursuit, Survey, Training
from sandbox.staff import AU_REPS, LEAVER, NZ_REPS, Owner
from sandbox.story import Deal, Engagement, Firm, Lead

STRICTER_FROM = from_iso("2026-07-01T00:00:00+10:00")
ONE_IN = 150


@dataclass
class World:
    """Everything that has been written so far."""

    pen: Pen
    firms: list[Firm] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    pursuits: list[Pursuit] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    counts: dict[tuple[str, bool], int] = field(default_factory=dict)

    def is_the_rare_one(self, what: str, at: int) -> bool:
        """True for every 150th asked about, counted apart for each version of the agreement.

        So a critical rule is broken now and then but never beyond its tolerance, in a story of any size.
        """
        key = (what, at >= STRICTER_FROM)
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key] % ONE_IN == 0

    def rep_for(self, lead: Lead, at: int) -> Owner:
        """Somebody of the lead's region who works here at `at`."""
        reps = NZ_REPS if lead.country == "New Zealand" else AU_REPS
        rep = self.pen.one_of(reps)
        return still_here(rep, at)


def still_here(rep: Owner, at: int) -> Owner:
    """`rep`, or who took over when they had left."""
    if rep is LEAVER and rep.left_at is not None and at >= rep.left_at:
        return AU_REPS[0]
    return rep


def owner_at(lead: Lead, at: int) -> Owner | None:
    """Whom the lead belongs to at `at`; None: nobody."""
    owner = None
    for assignment in lead.owners:
        if assignment.at > at:
            break
        owner = assignment.owner
    return owner
