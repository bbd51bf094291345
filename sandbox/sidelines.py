"""What happens along a lead's way that no stage, touch or deal says: surveys, HubSpot's leads, trainings."""

from dataclasses import dataclass

from sandbox.story import Assignment, Dated, Lead


@dataclass(slots=True, eq=False)
class Survey:
    """A customer answered: `score` from 0 to 10 when `kind` is NPS, from 1 to 7 when it is CSAT."""

    lead: Lead
    created_at: int
    kind: str
    score: int
    comment: str
    id: int = 0


@dataclass(slots=True, eq=False)
class Pursuit:
    """HubSpot's lead object: sales works a contact, from a handoff to its end. `stages` are of a pipeline."""

    lead: Lead
    created_at: int
    is_again: bool
    stages: list[Dated]
    owners: list[Assignment]
    id: int = 0


@dataclass(slots=True, eq=False)
class Training:
    """A course that a customer booked: the portal's custom object. `fee` in cents."""

    lead: Lead
    created_at: int
    name: str
    starts_at: int
    seats: int
    fee: int
    paid_at: int | None
    id: int = 0
