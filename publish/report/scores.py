"""Scorecards, weak spots and cohorts: shown as the marts have them, each figure in its own unit."""

from itertools import pairwise

from publish.report.formats import NOTHING, business, number, percent, slug
from publish.report.promises import Promises
from publish.report.source import Row, Source

SHARES = ("acceptance", "response_share", "follow_up_share", "verdict_share", "win_rate")
COSTS = ("cost", "cost_per_lead", "cost_per_mql", "cost_per_customer")
MONEY = (*COSTS, "sourced_pipeline", "won_amount")
# As each side would tell its month: from what came in to what came of it.
ORDER = (
    "visitors", "contacts", "leads", "mqls", "acceptance", "sourced_pipeline", *COSTS,
    "response_share", "median_response_minutes", "follow_up_share", "verdict_share", "sqls", "opportunities",
    "customers", "win_rate", "won_amount", "median_days_to_close", "repeat_customers", "referrals",
    "promoters",
)  # fmt: skip
STAGES = {
    "contacts": "contact",
    "leads": "lead",
    "mqls": "marketing_qualified_lead",
    "sqls": "sales_qualified_lead",
    "opportunities": "opportunity",
    "customers": "customer",
    "promoters": "promoter",
}
MEASURES = {
    "acceptance": "accepted",
    "response_share": "respond",
    "median_response_minutes": "respond",
    "follow_up_share": "follow_up",
    "verdict_share": "decide",
    "sourced_pipeline": "deliver_value",
    "won_amount": "convert_value",
}
FEWER_IS_BETTER = (*COSTS, "median_response_minutes", "median_days_to_close")


def scorecards(source: Source) -> dict[str, list[Row]]:
    """Marketing's and sales' KPIs of the last closed month, apart; without a card, left out."""
    found = {}
    for department in ("marketing", "sales"):
        table = f"marts.{department}_scorecard"
        rows = source.rows("scorecard", scorecard=table) if source.has(table) else []
        if rows:
            found[department] = sorted(rows, key=lambda row: _place(row["kpi"]))
    return found


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def anchor(promises: Promises, version: str | None, name: str) -> str | None:
    """Where the page says what a KPI is about: its stage, or the commitment that promises the same."""
    agreement = promises.agreement
    stage = STAGES.get(name)
    if stage in {one.stage for one in agreement.stages}:
        return slug("stage", stage)
    signed = next((one for one in agreement.versions if one.version == version), None)
    promised = [one for one in signed.commitments if one.measure == MEASURES.get(name)] if signed else []
    return promises.anchor(version, promised[-1].commitment) if promised else None


def kpi(promises: Promises, name: str, value: float | None) -> str:
    """A KPI's figure: a share, money, a length of time or a count."""
    if value is None:
        return NOTHING
    if name in SHARES:
        return percent(value)
    if name in MONEY:
        return promises.money(value)
    if name == "median_response_minutes":
        return business(value)
    return f"{number(value, 1)} days" if name == "median_days_to_close" else number(value)


def better(name: str, value: float | None, previous: float | None) -> int:
    """1 if a KPI moved for the better since the month before, -1 if for the worse, else 0."""
    if value is None or previous is None or value == previous:
        return 0
    return -1 if (value < previous) != (name in FEWER_IS_BETTER) else 1


def cohorts(source: Source, stages: list[str]) -> list[Row]:
    """One row per month, the newest first: its conversions by step, in the agreement's order of stages."""
    months: dict[object, Row] = {}
    for row in source.rows("cohorts"):
        month = months.setdefault(row["cohort_month"], {"month": row["cohort_month"], "steps": {}})
        month["steps"][row["from_stage"]] = row
    steps = list(pairwise(stages))
    return [
        {"month": month["month"], "steps": [(to, month["steps"].get(start)) for start, to in steps]}
        for month in months.values()
    ]
