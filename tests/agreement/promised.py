"""Random versions: rules, commitments and waivers that fit an agreement's stages, segments and teams."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from agreement import Condition, Duration
from agreement.words import DEPARTMENTS, MEASURES, PERIODS

Drawn = dict[str, Any]
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
SENTENCES = st.sampled_from(
    ["Because: so.", "NO", "17:00", "#1", "a, b", 'it\'s 50% "true"', "- x", "1e3", "~"]
)
SHARES = st.decimals("0.001", 1, places=3)
AMOUNTS = st.decimals(1, 10**9, places=2)
WITHIN = st.sampled_from(
    [Duration.parse(text) for text in ("30 business minutes", "4 hours", "20 business days")]
)
CONDITIONS = st.sampled_from(
    ["email is not null", "country in ('AU', 'NZ: #1')", "created_at > as_of - interval 3 days"]
).map(Condition)
FORMS = {"month": "2026-10", "quarter": "2026-Q4", "week": "2026-W45", "year": "2026"}


@st.composite
def commitments(draw: st.DrawFn, name: str, party: str, fits: dict[str, list[str]]) -> Drawn:
    """Any measure, with what goes with it."""
    measure = draw(st.sampled_from(sorted(set(MEASURES.values()))))
    one: Drawn = {"commitment": name, "department": party, "measure": measure}
    one |= {"per": draw(st.sampled_from(PERIODS)), "where": draw(CONDITIONS)}
    if measure in ("deliver", "convert", "deliver_value", "convert_value"):
        whole = draw(AMOUNTS)
        slices = [f"{kind}={part}" for kind in ("segment", "lead_type", "team") for part in fits[kind]]
        one["targets"] = {"all": draw(st.sampled_from([whole, {FORMS[one["per"]]: whole}]))}
        one["targets"] |= {part: Decimal("0.1") for part in slices}
        one["stage"] = None if measure == "convert_value" else draw(st.sampled_from(fits["stage"]))
        counted = ["leads", "companies"] if measure in ("deliver", "convert") else ["leads"]
        return one | {"count": draw(st.sampled_from(counted))}
    one["share"] = draw(SHARES)
    if measure != "accepted":
        one["within"] = draw(WITHIN)
    if measure == "respond":
        one["where"] = Condition(f"source = '{name}'")
        one["clock_starts"] = draw(st.sampled_from(["handoff", "assignment"]))
    if measure == "follow_up":
        one |= {"attempts": draw(st.integers(3, 9)), "across_days": draw(st.none() | st.integers(1, 3))}
    return one


@st.composite
def rules(draw: st.DrawFn, name: str) -> Drawn:
    return {
        "rule": name,
        "must": draw(CONDITIONS),
        "because": draw(st.none() | SENTENCES),
        "department": draw(st.sampled_from(DEPARTMENTS)),
        "severity": draw(st.sampled_from(["critical", "warning"])),
        "tolerance": draw(st.just(Decimal(0)) | SHARES),
        "quarantine": draw(st.booleans()),
        "judge": draw(st.sampled_from(["present", "entry"])),
    }


@st.composite
def one_version(draw: st.DrawFn, day: date, fits: dict[str, list[str]]) -> Drawn:
    called = draw(st.lists(NAMES, min_size=2, max_size=4, unique=True))
    parties = sorted(draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=len(called), max_size=len(called))))
    until = {"until": day + timedelta(days=draw(st.integers(0, 90))), "reason": draw(SENTENCES)}
    team = {"team": fits["team"][0]} if fits["team"] else {}
    waivers = [
        {"rule": called[0], "lead": draw(SENTENCES), **until},
        {"commitment": called[0], "from_": day, **team, **until},
    ]
    promised = zip(called, parties, strict=True)
    return {
        "version": f"{day:%Y-%m-%d}",
        "effective_from": day,
        "signed": draw(st.dictionaries(st.sampled_from(["marketing", "sales"]), SENTENCES)),
        "definitions": {draw(st.sampled_from(fits["stage"])): [draw(rules(name)) for name in called[:2]]},
        "commitments": [draw(commitments(name, party, fits)) for name, party in promised],
        "waivers": draw(st.lists(st.sampled_from(waivers), max_size=2)),
    }


@st.composite
def versions(
    draw: st.DrawFn, stages: list[str], segments: list[str], types: list[str], teams: list[str]
) -> list[Drawn]:
    """One to three, each from its own day on."""
    fits = {"stage": stages, "segment": segments, "lead_type": types, "team": teams}
    days = draw(st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), min_size=1, max_size=3, unique=True))
    return [draw(one_version(day, fits)) for day in sorted(days)]
