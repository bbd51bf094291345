"""The handoffs of a lead, and for each promise about them what its clock counted and why it ended so."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from publish.explain.reading import Reading
from publish.explain.story import Clock, Handoff, Row
from publish.report.formats import business, duration, instant, lower_words
from publish.report.promises import Promises

if TYPE_CHECKING:
    from agreement.model import Agreement

MEASURES = ("respond", "follow_up", "decide", "assign")


def handoffs(reading: Reading, agreement: "Agreement", lead_id: str) -> list[Handoff]:
    """The lead's handoffs, the oldest first, each with its clocks in the order of `MEASURES`."""
    ran: dict[str, list[Row]] = {}
    for row in reading.of("marts.lead_clocks", lead_id, "handoff_id, measure"):
        ran.setdefault(row["handoff_id"], []).append(row)
    found = []
    for facts in reading.of("marts.lead_handoffs", lead_id, "handed_off_at, handoff_id"):
        rows = sorted(ran.get(facts["handoff_id"], []), key=lambda row: MEASURES.index(row["measure"]))
        found.append(Handoff(facts, tuple(_clock(agreement, facts, row) for row in rows)))
    return found


def _clock(agreement: "Agreement", facts: Row, row: Row) -> Clock:
    promised = Promises(agreement).commitment(row["agreement_version"], row["commitment"])
    return Clock(
        measure=row["measure"],
        commitment=row["commitment"],
        promised=str(promised.within) if promised and promised.within else None,
        promised_minutes=row["promised_minutes"],
        calendar=row["calendar"],
        is_business=row["is_business"],
        starts_at=row["starts_at"],
        due_at=row["due_at"],
        counted_to=row["counted_to"],
        counted_minutes=row["counted_minutes"],
        status=row["status"],
        why=WHY[row["status"]](agreement, facts, row),
    )


def counted(minutes: float | None, is_business: bool) -> str:
    """A length of time in words; business time not in days, since calendars differ in those."""
    return business(minutes) if is_business else duration(minutes)


def _met(agreement: "Agreement", facts: Row, row: Row) -> str:
    at = instant(row["done_at"], agreement.timezone)
    said = {
        "respond": f"first reached by {lower_words(facts['first_touch_medium'])} {at}",
        "follow_up": f"the attempts were complete {at}",
        "decide": f"{facts['verdict']} {at}",
        "assign": f"somebody's {at}",
    }[row["measure"]]
    if row["measure"] == "respond" and row["done_at"] < row["starts_at"]:
        return f"{said}, before the clock started"
    return said


def _breached(agreement: "Agreement", facts: Row, row: Row) -> str:
    if row["done_at"] is None:
        nothing = {
            "respond": "nobody reached out by then",
            "follow_up": f"only {facts['attempts']} attempts by then",
            "decide": "no verdict by then",
            "assign": "nobody's by then",
        }
        return nothing[row["measure"]]
    late = counted((row["counted_minutes"] or 0) - (row["promised_minutes"] or 0), row["is_business"])
    said = f"{_met(agreement, facts, row)}, {late} too late"
    touched = facts["first_touch_at"]
    if row["measure"] == "respond" and touched and touched < row["done_at"]:
        said += f" (the touch of {instant(touched, agreement.timezone)} was logged late, which mends nothing)"
    return said


def _open(agreement: "Agreement", facts: Row, row: Row) -> str:
    left = counted((row["promised_minutes"] or 0) - (row["counted_minutes"] or 0), row["is_business"])
    waiting = {
        "respond": "nobody has reached out yet",
        "follow_up": f"{facts['attempts']} attempts so far",
        "decide": "no verdict yet",
        "assign": "nobody's yet",
    }[row["measure"]]
    return f"{waiting}; {left} left"


def _not_required(agreement: "Agreement", facts: Row, row: Row) -> str:
    if row["booked_at"]:
        return f"the lead booked a meeting by itself {instant(row['booked_at'], agreement.timezone)}"
    return f"{facts['verdict']} {instant(facts['verdict_at'], agreement.timezone)}, before it was due"


def _unassigned(agreement: "Agreement", facts: Row, row: Row) -> str:
    by = "by the verdict" if facts["verdict_at"] else "so far"
    return f"nobody's {by}: a clock from the assignment never started, which is routing's failure"


WHY: dict[str, Callable[["Agreement", Row, Row], str]] = {
    "met": _met,
    "breached": _breached,
    "open": _open,
    "not_required": _not_required,
    "unassigned": _unassigned,
}
