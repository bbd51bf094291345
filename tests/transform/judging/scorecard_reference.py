"""The scorecards' KPIs worked out a second time, from rows, without SQL."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.transform.judging.funnel_reference import counted, quantile
from tests.transform.judging.made_up import STAGES
from tests.transform.judging.terms import local, six
from tests.transform.raw import Rows

COUNTS = dict(
    zip(("contacts", "leads", "mqls", "sqls", "opportunities", "customers", "promoters"), STAGES, strict=True)
)
SHARES = {"response_share": "response", "follow_up_share": "follow_up", "verdict_share": "verdict"}
Figures = dict[tuple[date, str], Decimal | None]


def kpis(tables: dict[str, Rows], zone: ZoneInfo) -> Figures:
    """Every figure that anything happened for, by month and KPI, without cost, visitors and waivers."""
    leads = counted(tables)
    deals = [deal for deal in tables["marts.deals"] if deal["lead_id"] in leads]
    handoffs = [row for row in tables["marts.lead_handoffs"] if row["lead_id"] in leads]
    return _entries(tables, leads, zone) | _handoffs(handoffs, zone) | _deals(deals, zone)


def _entries(tables: dict[str, Rows], leads: dict[str, Any], zone: ZoneInfo) -> Figures:
    first: dict[tuple[str, str], datetime] = {}
    for stay in tables["marts.lifecycle_stages"]:
        if stay["lead_id"] in leads:
            key = stay["lead_id"], stay["stage"]
            first[key] = min(stay["entered_at"], first.get(key, stay["entered_at"]))
    names = {stage: kpi for kpi, stage in COUNTS.items()}
    found: dict[tuple[date, str], int] = defaultdict(int)
    for (_, stage), at in first.items():
        found[_month(at, zone), names[stage]] += 1
    begun: dict[str, datetime] = {}
    for (lead, _), at in first.items():
        begun[lead] = min(at, begun.get(lead, at))
    for lead, at in begun.items():
        found[_month(at, zone), "referrals"] += leads[lead]["referred_by"] is not None
    return {key: Decimal(count) for key, count in found.items()}


def _handoffs(handoffs: Rows, zone: ZoneInfo) -> Figures:
    figures: Figures = {}
    for month, some in _by_month(handoffs, "handed_off_at", zone).items():
        for kpi, clock in SHARES.items():
            statuses = [row[f"{clock}_status"] for row in some]
            figures[month, kpi] = _share(s == "met" for s in statuses if s in ("met", "breached"))
        decided = [row["verdict"] for row in some if row["verdict"] in ("accepted", "rejected")]
        figures[month, "acceptance"] = _share(verdict == "accepted" for verdict in decided)
        minutes = [row["response_minutes"] for row in some if row["response_minutes"] is not None]
        figures[month, "median_response_minutes"] = quantile(minutes, 0.5)
    return figures


def _deals(deals: Rows, zone: ZoneInfo) -> Figures:
    figures: Figures = {}
    for month, created in _by_month(deals, "created_at", zone).items():
        figures[month, "sourced_pipeline"] = sum(
            (deal["amount"] or Decimal(0) for deal in created), Decimal(0)
        )
    for month, closed in _by_month(deals, "closed_at", zone).items():
        won = [deal for deal in closed if deal["is_won"]]
        days = [(deal["closed_at"] - deal["created_at"]).total_seconds() / 86400 for deal in won]
        figures[month, "win_rate"] = _share(deal["is_won"] for deal in closed if deal["is_closed"])
        figures[month, "won_amount"] = sum((deal["amount"] or Decimal(0) for deal in won), Decimal(0))
        figures[month, "median_days_to_close"] = quantile(days, 0.5)
        figures[month, "repeat_customers"] = Decimal(len({d["lead_id"] for d in won if d["is_repeat"]}))
    return figures


def _by_month(rows: Rows, column: str, zone: ZoneInfo) -> dict[date, Rows]:
    found: dict[date, Rows] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            found[_month(row[column], zone)].append(row)
    return found


def _month(at: datetime, zone: ZoneInfo) -> date:
    return local(at, zone).replace(day=1)


def _share(statuses: Iterable[bool]) -> Decimal | None:
    known = list(statuses)
    return six(Fraction(sum(known), len(known))) if known else None
