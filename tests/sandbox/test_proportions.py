"""The company is believable: its funnel narrows, its weeks have weekends, its people come from somewhere."""

from collections import Counter

from sandbox.company import Company
from sandbox.truth import Truth

BRISBANE_HOURS = 10


def test_each_stage_is_reached_by_fewer(truth: Truth) -> None:
    reached = Counter(stage for lead in truth.leads for stage in lead.reached_at)
    funnel = [
        "contact",
        "lead",
        "marketing_qualified_lead",
        "sales_qualified_lead",
        "opportunity",
        "customer",
    ]
    counts = [reached[stage] for stage in [*funnel, "promoter"]]
    assert counts == sorted(counts, reverse=True)
    assert 0.1 < counts[2] / counts[0] < 0.45
    assert 0.4 < counts[3] / counts[2] < 0.95
    assert counts[6] > 0


def test_weekends_are_quiet(truth: Truth) -> None:
    days = Counter(lead.created_at.weekday() for lead in truth.leads)
    assert max(days[5], days[6]) < min(days[day] for day in range(4))


def test_leads_come_from_everywhere(truth: Truth) -> None:
    sources = Counter(lead.source for lead in truth.leads)
    assert sources.most_common(1)[0][0] in {"organic", "paid"}
    assert {"paid", "organic", "direct", "outbound", "email_marketing"} <= set(sources)
    countries = Counter(lead.country for lead in truth.leads)
    assert countries["Australia"] > countries["New Zealand"] > countries[None] > 0


def test_every_segment_and_type_has_its_leads(truth: Truth) -> None:
    assert {lead.segment for lead in truth.leads} == {"enterprise", "mid_market", "small_business", None}
    assert {lead.lead_type for lead in truth.leads} == {"demo", "pricing", "download", None}


def test_some_salespeople_are_faster_than_others(company: Company, truth: Truth) -> None:
    minutes: dict[str, list[float]] = {}
    for handoff in truth.handoffs:
        if handoff.owner_id and handoff.response_minutes is not None:
            minutes.setdefault(handoff.owner_id, []).append(handoff.response_minutes)
    means = {owner: sum(values) / len(values) for owner, values in minutes.items()}
    assert max(means.values()) > 2 * min(means.values())


def test_staff_is_there_and_left_out(truth: Truth) -> None:
    staff = [lead for lead in truth.leads if lead.excluded_because]
    assert 0 < len(staff) < len(truth.leads) / 50
    assert all((lead.email or "").endswith("@paradoxmarketing.example") for lead in staff)
    assert not any(lead.broken_rules for lead in staff)
