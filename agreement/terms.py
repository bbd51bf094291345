"""What the words of the agreement mean at this company, as entries of a name and a sentence."""

from agreement.company import Calendar, OwnerRef
from agreement.english import english, words
from agreement.model import Agreement
from agreement.words import MQL

Entry = tuple[str, str]
DAY_NAMES = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
TREATED = {"keep": "is published as it is", "hash": "is published as a code only", "drop": "is not published"}


def funnel(agreement: Agreement) -> list[Entry]:
    """Stages, handoff and verdicts."""
    stages = [(words(one.stage), f"in the CRM {' or '.join(one.values)}") for one in agreement.stages]
    verdicts = agreement.verdicts
    accepted = [f"it reaches {words(verdicts.accepted.stage)}"] if verdicts.accepted.stage else []
    accepted += [f"its status is {status}" for status in verdicts.accepted.lead_status]
    rejected = ["it falls back", *(f"its status is {status}" for status in verdicts.rejected.lead_status)]
    recycled = [f"its status is {status}" for status in verdicts.recycled.lead_status]
    said = [("handed over", f"marketing hands a lead to sales when it enters {words(MQL)} from below")]
    said += [
        (name, f"a lead handed over, if {' or '.join(how)}{note}")
        for name, how, note in (
            ("accepted", accepted, ""),
            ("rejected", rejected, "; this counts against marketing"),
            ("recycled", recycled, "; this counts against nobody"),
        )
        if how
    ]
    return stages + said


def sorts(agreement: Agreement) -> list[Entry]:
    """Segments, lead types and exclusions: the first that fits counts."""
    segments = [(f"segment {words(one.segment)}", english(one.where)) for one in agreement.segments]
    types = [(f"lead type {words(one.lead_type)}", english(one.where)) for one in agreement.lead_types]
    left_out = [(f"left out as {one.because}", english(one.where)) for one in agreement.exclude]
    return segments + types + left_out


def touches(agreement: Agreement) -> list[Entry]:
    """What counts as reaching out."""
    what = agreement.touches
    mail = "counts" if what.automatic_email else "does not count"
    said = [
        ("a touch", f"one person of sales reaching out by {', '.join(map(words, what.media))}"),
        ("automatic mail", mail),
    ]
    if what.duplicates_within:
        said.append(("one attempt", f"touches by the same person and medium within {what.duplicates_within}"))
    if what.late_log_after:
        said.append(("logged late", f"more than {what.late_log_after} afterwards; this undoes no breach"))
    return said


def hours(agreement: Agreement) -> list[Entry]:
    """When the clocks run, and for whom."""
    return [
        (words(name), f"{_hours(one, agreement.timezone)}{_whose(agreement.owner_calendars.get(name, ()))}")
        for name, one in agreement.calendars.items()
    ]


def _hours(one: Calendar, timezone: str) -> str:
    closes = (
        "24:00"
        if one.open_minutes + one.open.hour * 60 + one.open.minute == 24 * 60
        else f"{one.close:%H:%M}"
    )
    days = ", ".join(DAY_NAMES[day] for day in one.days)
    closed = f", closed on the public holidays of {one.holidays}" if one.holidays else ""
    return f"{days} from {one.open:%H:%M} to {closes}, {one.timezone or timezone}{closed}"


def _whose(owners: tuple[OwnerRef, ...]) -> str:
    return f"; for {people(owners)}" if owners else ""


def people(owners: tuple[OwnerRef, ...]) -> str:
    """Teams and owners, listed."""
    return ", ".join(f"team {one.name}" if one.scope == "team" else one.name for one in owners)


def others(agreement: Agreement) -> list[Entry]:
    """Who belongs where, and what is published of a person."""
    said = [(f"owners of {name}", people(owners)) for name, owners in agreement.departments.items()]
    if agreement.unassigned_owners:
        said.append(("nobody", f"{people(agreement.unassigned_owners)}: a lead of theirs has no owner yet"))
    privacy = [(name, TREATED[getattr(agreement.privacy, name)]) for name in ("email", "phone")]
    return said + privacy
