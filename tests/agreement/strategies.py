"""Random agreements that hold together: each part drawn so that it fits the parts drawn before it."""

from datetime import time
from typing import Any

from hypothesis import strategies as st

from agreement import Agreement, Condition, Duration
from agreement.company import Touches
from agreement.words import COLUMN_TYPES, DAYS, MEDIA, MQL, TREATMENTS
from tests.agreement.promised import versions

Drawn = dict[str, Any]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30)
# Without what a reader of the file would strip or could not see.
VISIBLE = TEXTS.filter(lambda text: text == text.strip() and "\ufeff" not in text and text.isprintable())
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
HOLIDAYS = st.sampled_from([None, "AU-QLD", "NZ", "NO", "DE-BY", "US-CA"])
ZONES = st.sampled_from(["Australia/Brisbane", "Pacific/Auckland", "Europe/Oslo", "America/New_York", "UTC"])


def names(least: int = 0, most: int = 3, beside: tuple[str, ...] = ()) -> st.SearchStrategy[list[str]]:
    """Different names, none of which is in `beside`."""
    return st.lists(NAMES.filter(lambda name: name not in beside), min_size=least, max_size=most, unique=True)


def durations() -> st.SearchStrategy[Duration]:
    return st.builds(
        Duration,
        amount=st.decimals("0.5", 90, places=1),
        unit=st.sampled_from(["minutes", "hours", "days"]),
        business=st.booleans(),
    )


def calendars() -> st.SearchStrategy[Drawn]:
    """Open for at most 22 hours, or round the clock."""
    hours = st.tuples(st.integers(0, 10), st.integers(11, 22), st.sampled_from([0, 15, 30]))
    open_close = hours.map(lambda drawn: (time(drawn[0], drawn[2]), time(drawn[1], drawn[2])))
    times = st.one_of(open_close, st.just((time(0), time(0))))
    days = st.lists(st.sampled_from(DAYS), min_size=1, unique=True)
    return st.builds(
        lambda days, times, holidays, zone: {
            "days": days, "open": times[0], "close": times[1], "holidays": holidays, "timezone": zone},
        days, times, HOLIDAYS, st.none() | ZONES,
    )  # fmt: skip


@st.composite
def stages(draw: st.DrawFn) -> list[Drawn]:
    """Some below, the handoff's, some above; each with values of its own."""
    below, above = draw(names(0, 2, (MQL,))), draw(names(1, 3, (MQL,)))
    called = [*below, MQL, *(name for name in above if name not in below)]
    values = draw(st.lists(VISIBLE, min_size=len(called), max_size=len(called), unique=True))
    return [{"stage": name, "values": [value]} for name, value in zip(called, values, strict=True)]


@st.composite
def verdicts(draw: st.DrawFn, above: list[str]) -> Drawn:
    statuses = draw(st.lists(VISIBLE, max_size=4, unique=True))
    accepted = {"stage": draw(st.sampled_from(above))} if above else {}
    halves = len(statuses) // 2
    shown = {"rejected": {"lead_status": statuses[:halves]}, "recycled": {"lead_status": statuses[halves:]}}
    return {"accepted": accepted, **shown, "reason": draw(st.sampled_from([None, "rejection_reason"]))}


def sorts(kind: str, called: list[str]) -> list[Drawn]:
    """Conditions that leave something for every one."""
    return [{kind: name, "where": Condition(f"country = '{place}' and email is not null")}
            for place, name in enumerate(called)]  # fmt: skip


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    funnel = draw(stages())
    called = [stage["stage"] for stage in funnel]
    own = draw(names(0, 3))
    segments, types = draw(names()), draw(names())
    teams = draw(st.lists(VISIBLE, max_size=3, unique=True))
    hours = {"default": draw(calendars())} | {
        name: draw(calendars()) for name in draw(names(0, 2, ("default",)))
    }
    refs = [{"scope": "team", "name": team} for team in teams]
    return Agreement.model_validate({
        "crm": "hubspot", "company": draw(VISIBLE), "timezone": draw(ZONES),
        "currency": draw(st.sampled_from(["AUD", "EUR", "ALL", "TRY"])), "calendars": hours,
        "owner_calendars": {"default": refs[:1]} if refs else {},
        "departments": {"sales": refs[:2]} if refs else {}, "unassigned_owners": refs[2:],
        "columns": {f"own_{name}": {"of": draw(st.sampled_from(["contact", "company"])), "property": name,
                                    "type": draw(st.sampled_from(COLUMN_TYPES))} for name in own},
        "sources": {"property": draw(NAMES), "map": draw(st.dictionaries(VISIBLE, VISIBLE, max_size=3))},
        "stages": funnel, "verdicts": draw(verdicts(called[called.index(MQL) + 1:])),
        "segments": sorts("segment", segments), "lead_types": sorts("lead_type", types),
        "exclude": [{"where": Condition("is_archived"), "because": because} for because in draw(
            st.lists(VISIBLE, max_size=2))],
        "touches": draw(st.builds(
            Touches, media=st.lists(st.sampled_from(MEDIA), min_size=1, unique=True).map(tuple),
            automatic_email=st.booleans(), duplicates_within=st.none() | durations(),
            late_log_after=st.none() | durations())),
        "privacy": {name: draw(st.sampled_from(TREATMENTS)) for name in ("email", "phone")},
        "mature_after_days": draw(st.integers(1, 400)), "spend_file": draw(st.none() | VISIBLE),
        "versions": draw(versions(called, segments, types, teams)),
    })  # fmt: skip
