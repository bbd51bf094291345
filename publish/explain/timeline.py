"""What happened to a lead, in order: stages, owners, handoffs, touches, deals, broken rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from publish.explain.reading import Reading
from publish.explain.story import Event, Row
from publish.report.formats import instant, lower_words, number

if TYPE_CHECKING:
    from agreement.model import Agreement

# What comes first of things at one instant: the lead is there before it has a stage, and is somebody's.
ORDER = ("created", "stage", "owner", "handoff", "touch", "booking", "verdict", "deal", "rule")


@dataclass(frozen=True)
class Told:
    """What is known already of the lead: its handoffs, deals and spells in the ledger, as rows."""

    lead_id: str
    handoffs: Sequence[Row]
    deals: Sequence[Row]
    spells: Sequence[Row]


def events(reading: Reading, agreement: "Agreement", lead: Row, told: Told) -> tuple[Event, ...]:
    """Everything with an instant, the oldest first."""
    found = [
        *_created(lead),
        *_stages(reading, told.lead_id),
        *_owners(reading, told.lead_id),
        *_touches(reading, agreement, told.lead_id),
        *_bookings(reading, told.lead_id),
        *_handoffs(reading, told.handoffs),
        *_deals(reading, agreement, told.deals),
        *_spells(reading, told.spells),
    ]
    return tuple(sorted(found, key=lambda event: (event.at, ORDER.index(event.what))))


def _created(lead: Row) -> Iterator[Event]:
    if lead.get("created_at"):
        yield Event(lead["created_at"], "created", "came into the CRM")


def _stages(reading: Reading, lead_id: str) -> Iterator[Event]:
    for stay in reading.of("marts.lifecycle_stages", lead_id, "entered_at, exited_at nulls last"):
        skipped = stay["skipped_stages"] or 0
        over = f", over {skipped} stage{'s' if skipped > 1 else ''}" if skipped else ""
        how = {"backward": "back to ", "start": "first known as "}.get(stay["direction"], "")
        said = f"{how}{lower_words(stay['stage'])}{over}"
        yield Event(stay["entered_at"], "stage", said, reading.who(stay["changed_by"]), stay["evidence"])


def _owners(reading: Reading, lead_id: str) -> Iterator[Event]:
    periods = reading.of("marts.lead_owners", lead_id, "owned_from")
    ends: Iterable[tuple[Row, Row | None]] = [*pairwise(periods), *((last, None) for last in periods[-1:])]
    for period, following in ends:
        team = f" ({period['owner_team']})" if period["owner_team"] else ""
        yield Event(period["owned_from"], "owner", f"{reading.who(period['owner_id'])}{team}")
        until = period["owned_until"]
        if until and (following is None or following["owned_from"] > until):
            yield Event(until, "owner", "nobody")


def _touches(reading: Reading, agreement: "Agreement", lead_id: str) -> Iterator[Event]:
    for touch in reading.of("marts.touches", lead_id, "touched_at, touch_id"):
        remarks = [touch["outcome"] and lower_words(touch["outcome"].lower())]
        if touch["held_at"]:
            remarks.append(f"for {instant(touch['held_at'], agreement.timezone)}")
        if touch["late_log"]:
            remarks.append(f"logged late, at {instant(touch['logged_at'], agreement.timezone)}")
        if touch.get("is_duplicate"):
            remarks.append("a repeat, no attempt of its own")
        said = ", ".join([lower_words(touch["medium"]), *(remark for remark in remarks if remark)])
        yield Event(touch["touched_at"], "touch", said, reading.who(touch["owner_id"]))


def _bookings(reading: Reading, lead_id: str) -> Iterator[Event]:
    for clock in reading.of("marts.lead_clocks", lead_id, "clock_id"):
        if clock["booked_at"]:
            yield Event(clock["booked_at"], "booking", "booked a meeting by itself", "the lead")


def _handoffs(reading: Reading, handoffs: Sequence[Row]) -> Iterator[Event]:
    for handoff in handoffs:
        version = handoff["agreement_version"]
        under = f"under {version}" if version else "before any version took effect: not judged"
        yield Event(handoff["handed_off_at"], "handoff", f"handed to sales {under}")
        if handoff["verdict_at"]:
            reason = f": {handoff['verdict_reason']}" if handoff["verdict_reason"] else ""
            said = f"{handoff['verdict']}{reason}"
            yield Event(handoff["verdict_at"], "verdict", said, reading.who(handoff["verdict_by"]))


def _deals(reading: Reading, agreement: "Agreement", deals: Sequence[Row]) -> Iterator[Event]:
    for deal in deals:
        amount = deal["amount"]
        worth = f" for {agreement.currency} {number(amount)}" if amount is not None else ""
        repeat = ", a repeat" if deal["is_repeat"] else ""
        who = reading.who(deal["owner_id"])
        yield Event(deal["created_at"], "deal", f"deal {deal['deal_id']} opened{worth}{repeat}", who)
        if deal["closed_at"]:
            end = "won" if deal["is_won"] else "lost"
            yield Event(deal["closed_at"], "deal", f"deal {deal['deal_id']} {end}{worth}", who)


def _spells(reading: Reading, spells: Sequence[Row]) -> Iterator[Event]:
    for spell in spells:
        again = "broken again" if spell["reopened"] else "seen broken"
        yield Event(
            spell["first_seen_at"], "rule", f"{spell['rule']} {again}", reading.who(spell["changed_by"])
        )
        if spell["resolved_at"]:
            yield Event(spell["resolved_at"], "rule", f"{spell['rule']} mended")
