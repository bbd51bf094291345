"""What a lead's story consists of. Instants are UTC, naive; personal values as the publication has them."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from publish.publication import Publication

Verdict = Literal["passed", "broken", "waived", "error"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Event:
    """Something that happened to the lead: what kind of thing, in words, and who did it (None: not known)."""

    at: datetime
    what: str
    said: str
    who: str | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class Clock:
    """One promise about one handoff. Minutes are open minutes of `calendar` where `is_business`.

    `counted_minutes` is what had passed by `counted_to`; `promised` is the length as the agreement writes it.
    """

    measure: str
    commitment: str
    promised: str | None
    promised_minutes: float | None
    calendar: str
    is_business: bool
    starts_at: datetime | None
    due_at: datetime | None
    counted_to: datetime | None
    counted_minutes: float | None
    status: str
    why: str


@dataclass(frozen=True)
class Handoff:
    """A handoff as published (`facts`: its row in `marts.lead_handoffs`), and the clocks that ran on it."""

    facts: Row
    clocks: tuple[Clock, ...]


@dataclass(frozen=True)
class RuleVerdict:
    """One rule that judges the lead. `observed` is a JSON object of the columns it looks at, as published.

    `since` is when the standing violation was first seen, `changed_by` who last set what it looks at.
    """

    rule: str
    stage: str
    agreement_version: str
    department: str
    severity: str
    must: str
    because: str | None
    verdict: Verdict
    observed: str | None
    since: datetime | None = None
    changed_by: str | None = None
    waived_until: date | None = None
    judged_at_entry: bool = False


@dataclass(frozen=True)
class Story:
    """All that a publication says of one lead.

    `lead` is its row in `marts.leads`, empty where only the ledger knows it. `spells` are all its rows in the
    ledger, `waivers` those of the agreement that name it. `notes` say what a reader must know to trust it.
    """

    lead_id: str
    publication: Publication
    timezone: str
    lead: Row
    events: tuple[Event, ...] = ()
    handoffs: tuple[Handoff, ...] = ()
    deals: tuple[Row, ...] = ()
    rules: tuple[RuleVerdict, ...] = ()
    spells: tuple[Row, ...] = ()
    waivers: tuple[Row, ...] = ()
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> Row:
        """For programs: everything, under the names of the tables it is from."""
        told = asdict(self)
        shown = self.publication
        told["publication"] = {
            "publication_id": shown.publication_id,
            "status": shown.status,
            "as_of": shown.as_of,
            "agreement_version": shown.agreement_version,
            "marts_from": shown.marts_from,
            "marts_as_of": shown.marts_as_of,
        }
        told["handoffs"] = [one["facts"] | {"clocks": one["clocks"]} for one in told["handoffs"]]
        return told
