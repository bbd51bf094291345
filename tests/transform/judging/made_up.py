"""Upstream marts made at random from a seed: nonsense as a story, but every case of the arithmetic."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from agreement import Agreement, load
from tests.transform.raw import Rows

AS_OF = datetime.fromisoformat("2026-11-24T20:00:00")
STAGES = (
    "contact",
    "lead",
    "marketing_qualified_lead",
    "sales_qualified_lead",
    "opportunity",
    "customer",
    "promoter",
)
OWNERS = {"o1": ("ann@example.com", "AU"), "o2": ("bob@example.com", "NZ"), "o3": ("cy@example.com", "NZ")}
MOVED_AT = datetime(2026, 10, 14, 3)
"""When o2 came to their team."""
STATUSES = ("met", "breached", "open", "unassigned", "not_required")
AGREEMENT = """
crm: hubspot
company: Bench
timezone: Australia/Sydney
currency: AUD
calendars:
  default: {days: [mon, tue, wed, thu, fri], open: "09:00", close: "17:00"}
stages:
  - {stage: contact, hubspot: [subscriber]}
  - {stage: lead, hubspot: [lead]}
  - {stage: marketing_qualified_lead, hubspot: [marketingqualifiedlead]}
  - {stage: sales_qualified_lead, hubspot: [salesqualifiedlead]}
  - {stage: opportunity, hubspot: [opportunity]}
  - {stage: customer, hubspot: [customer]}
  - {stage: promoter, hubspot: [evangelist]}
segments:
  - {segment: big, where: country = 'Australia'}
  - {segment: small, where: country <> 'Australia'}
cohorts: {mature_after: 30 days}
spend: {file: spend.csv}
versions:
  - version: first
    effective_from: 2026-08-10
    commitments:
      marketing:
        - commitment: volume
          deliver: marketing_qualified_lead
          target: 20
          per: month
          by: {segment: {big: 5}, team: {NZ: 4}}
        - {commitment: acceptance, accepted_share: 60%, per: month}
        - {commitment: pipeline, deliver_value: opportunity, target: 90000, per: quarter}
      sales:
        - commitment: hot
          where: segment = 'big'
          respond_within: 30 business minutes
          clock_starts: assignment
          share: 95%
          per: week
        - {commitment: response, respond_within: 4 business hours, share: 50%, per: month}
        - {commitment: follow_up, attempts: 3, within: 5 business days, share: 90%, per: month}
        - {commitment: verdict, decide_within: 2 business days, share: 30%, per: month}
        - {commitment: customers, convert: customer, target: {2026-09: 18, 2026-11: 12}, per: month}
        - {commitment: logos, convert: customer, count: companies, target: 3, per: month}
        - commitment: revenue
          convert_value: won
          target: 40000
          per: month
          by: {owner: {ann@example.com: 9000}}
      operations:
        - {commitment: routing, assign_within: 15 business minutes, share: 40%, per: month}
  - version: second
    effective_from: 2026-10-15
    commitments:
      marketing:
        - commitment: volume
          where: segment = 'big'
          deliver: marketing_qualified_lead
          target: 4
          per: month
        - {commitment: acceptance, where: "source = 'paid'", accepted_share: 50%, per: month}
      sales:
        - {commitment: response, respond_within: 8 business hours, share: 20%, per: month}
        - {commitment: revenue, convert_value: won, target: 30000, per: week}
    waivers:
      - {commitment: response, team: NZ, from: 2026-11-03, until: 2026-11-10, reason: Dialler outage}
      - {commitment: response, owner: ann@example.com, from: 2026-11-12, until: 2026-11-12, reason: Ill}
"""
SPEND = """day,source,campaign,cost
2026-09-01,paid,spring,1200.50
2026-09-30,paid,,99.50
2026-10-01,organic,,10
"""


def signed_in(folder: Path) -> Agreement:
    """The made-up agreement, read from a file in `folder`."""
    (folder / "agreement.yml").write_text(AGREEMENT, encoding="utf-8")
    return load(folder / "agreement.yml")


def made_up(seed: int, leads: int = 250) -> dict[str, Rows]:
    """Rows for the tables of `bench.UPSTREAM`."""
    random = Random(seed)
    tables: dict[str, Rows] = {
        "intermediate.int_owners": _owners(),
        "intermediate.int_owner_spells": _spells(),
    }
    people = [_lead(random, number) for number in range(leads)]
    tables["marts.leads"] = people
    tables["intermediate.int_classified_leads"] = [
        {name: lead[name] for name in ("lead_id", "segment", "source")} for lead in people
    ]
    tables["intermediate.int_quarantined_leads"] = [
        {"lead_id": lead["lead_id"], "rule": lead["quarantined_by"]}
        for lead in people
        if lead["quarantined_by"]
    ]
    tables["intermediate.int_visits"] = [_visits(random, number) for number in range(100)]
    tables["marts.lifecycle_stages"] = [stay for lead in people for stay in _stays(random, lead)]
    for stay in tables["marts.lifecycle_stages"]:
        _reach(people, stay)
    tables["marts.deals"] = [_deal(random, number, people) for number in range(leads // 2)]
    tables["marts.lead_handoffs"] = [_handoff(random, number, people) for number in range(leads)]
    return tables


def _owners() -> Rows:
    return [{"owner_id": key, "email": email, "team": team} for key, (email, team) in OWNERS.items()]


def _spells() -> Rows:
    """Everybody was always in their team, but for Bob, who came to it from another one."""
    now = [{"owner_id": key, "team": team, "valid_from": None} for key, (_, team) in OWNERS.items()]
    before = {"owner_id": "o2", "team": "AU", "valid_until": MOVED_AT}
    return [before, *({**row, "valid_from": MOVED_AT if row["owner_id"] == "o2" else None} for row in now)]


def _visits(random: Random, number: int) -> dict[str, Any]:
    """Two sources a day; Sydney's midnight is ten hours before UTC's, eleven with daylight saving."""
    day = datetime.fromisoformat("2026-09-20") + timedelta(days=number // 2)
    hours = 11 if day >= datetime.fromisoformat("2026-10-05") else 10
    source = [None, "paid"][number % 2]
    starts_at = day - timedelta(hours=hours)
    return {"day": day.date(), "starts_at": starts_at, "source": source, "visitors": random.randrange(90)}


def _instant(random: Random) -> datetime:
    start = datetime.fromisoformat("2026-07-01T00:00:00")
    within = (AS_OF - start) // timedelta(milliseconds=1)
    return start + timedelta(milliseconds=random.randrange(within))


def _lead(random: Random, number: int) -> dict[str, Any]:
    owner = random.choice([*OWNERS, None])
    return {
        "lead_id": f"l{number}",
        "owner_id": owner,
        "owner_team": OWNERS[owner][1] if owner else None,
        "segment": random.choice(["big", "small", None]),
        "source": random.choice(["paid", "organic", None]),
        "lead_type": random.choice(["demo", None]),
        "company_id": random.choice([f"c{number % 20}", None]),
        "referred_by": random.choice([None, None, "l1"]),
        "excluded_because": random.choice([None] * 9 + ["internal"]),
        "quarantined_by": random.choice([None] * 19 + ["sql_has_owner"]),
    }


def _stays(random: Random, lead: dict[str, Any]) -> Rows:
    instants = sorted(_instant(random) for _ in range(random.randint(1, 6)))
    rows = []
    for instant in instants:
        rank = random.choice([1, 2, 3, 3, 4, 5, 6, 7])
        row = {
            "lead_id": lead["lead_id"],
            "stage": STAGES[rank - 1],
            "stage_rank": rank,
            "entered_at": instant,
        }
        rows.append(row)
    return rows


def _reach(people: Rows, stay: dict[str, Any]) -> None:
    lead = next(one for one in people if one["lead_id"] == stay["lead_id"])
    for stage in STAGES[: stay["stage_rank"]]:
        first = lead.get(f"became_{stage}_at", stay["entered_at"])
        lead[f"became_{stage}_at"] = min(first, stay["entered_at"])


def _deal(random: Random, number: int, people: Rows) -> dict[str, Any]:
    created = _instant(random)
    closed = random.choice([None, created + (AS_OF - created) * random.random()])
    if closed is not None:
        closed = closed.replace(microsecond=closed.microsecond // 1000 * 1000)
    return {
        "deal_id": f"d{number}",
        "lead_id": random.choice([*people, {"lead_id": None}])["lead_id"],
        "company_id": random.choice(["c1", None]),
        "owner_id": random.choice([*OWNERS, None]),
        "amount": random.choice([None, Decimal(random.randrange(10, 500_000)) / 100]),
        "created_at": created,
        "closed_at": closed,
        "is_closed": closed is not None,
        "is_won": closed is not None and random.random() < 0.6,
        "is_repeat": random.random() < 0.3,
    }


def _handoff(random: Random, number: int, people: Rows) -> dict[str, Any]:
    lead = random.choice(people)
    at = _instant(random)
    version = None
    if at >= datetime.fromisoformat("2026-08-09T14:00:00"):
        version = "second" if at >= datetime.fromisoformat("2026-10-14T13:00:00") else "first"
    owner = random.choice([*OWNERS, None])
    hot = version == "first" and lead["segment"] == "big"
    return {
        "handoff_id": f"h{number}",
        "lead_id": lead["lead_id"],
        "handed_off_at": at,
        "accountable_owner_id": owner,
        "accountable_team": OWNERS[owner][1] if owner else None,
        **{kind: lead[kind] for kind in ("segment", "source", "lead_type")},
        "agreement_version": version,
        "verdict": random.choice(["accepted", "rejected", "recycled", "pending"]),
        "response_commitment": None if version is None else "hot" if hot else "response",
        "response_status": random.choice(STATUSES) if version else None,
        "first_touch_at": random.choice([None, at + timedelta(hours=3)]),
        "response_minutes": random.choice([None, random.random() * 900]),
        **_other_clocks(random, version),
    }


def _other_clocks(random: Random, version: str | None) -> dict[str, Any]:
    clocks = {"follow_up": "follow_up", "verdict": "verdict", "routing": "routing"}
    if version != "first":
        return {}
    names = {f"{clock}_commitment": name for clock, name in clocks.items()}
    return names | {f"{clock}_status": random.choice(STATUSES) for clock in clocks}
