"""The report's figures are those of its publication: counted again here, in Python, from the same rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agreement import Agreement
from publish.report import commitments, funnel, handoffs, quality
from publish.report.promises import Promises
from publish.report.source import Source, open_source
from tests.publish.company import AS_OF, STAGES, Company, Row
from tests.publish.judged import judge

A_MONTH_AGO = datetime(2026, 10, 24, 20)


@pytest.fixture(scope="module")
def company(signed: Agreement) -> Company:
    """Four hundred leads."""
    made = Company()
    made.add_leads(400)
    judge(made, signed)
    return made


@pytest.fixture(scope="module")
def source(company: Company, signed: Agreement, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Source]:
    """Their tables, as a report reads them."""
    file: Path = tmp_path_factory.mktemp("figures") / "warehouse.duckdb"
    company.write(file)
    with open_source(file, AS_OF, signed.timezone, STAGES) as opened:
        yield opened


def counted(company: Company, table: str) -> list[Row]:
    """The rows of leads that are in figures."""
    excluded = {row["lead_id"] for row in company.rows["marts.leads"] if row["excluded_because"]}
    return [row for row in company.rows[table] if row["lead_id"] not in excluded]


def reached_by(company: Company, seen_at: datetime, year_before: datetime) -> list[int]:
    """How many of the people of a year had come how far at `seen_at`."""
    stays: dict[str, list[Row]] = {}
    for row in counted(company, "marts.lifecycle_stages"):
        if row["entered_at"] <= seen_at:
            stays.setdefault(row["lead_id"], []).append(row)
    furthest = [
        max(row["stage_rank"] for row in rows)
        for rows in stays.values()
        if min(row["entered_at"] for row in rows) > year_before
    ]
    return [sum(rank >= position for rank in furthest) for position in range(len(STAGES))]


def test_funnel_counts_people_and_compares_with_a_month_ago(company: Company, source: Source) -> None:
    now = reached_by(company, AS_OF, datetime(2025, 11, 24, 20))
    before = reached_by(company, A_MONTH_AGO, datetime(2025, 10, 24, 20))
    steps = funnel.read(source).steps
    assert [step.stage for step in steps] == STAGES
    assert [step.reached for step in steps] == now
    for n, step in enumerate(steps[1:], start=1):
        assert step.conversion == pytest.approx(now[n] / now[n - 1])
        assert step.change == pytest.approx(now[n] / now[n - 1] - before[n] / before[n - 1])


def test_breakdowns_of_the_funnel_add_up(source: Source) -> None:
    drawn = funnel.read(source)
    for groups in drawn.breakdowns.values():
        for n, step in enumerate(drawn.steps):
            assert sum(steps[n].reached for steps in groups.values()) == step.reached


def test_largest_loss_is_before_the_customer(source: Source) -> None:
    drawn = funnel.read(source)
    losses = {step.conversion: n for n, step in enumerate(drawn.steps[:6]) if step.conversion is not None}
    assert drawn.worst == losses[min(losses)]


def test_stages_by_month_use_local_months(company: Company, source: Source) -> None:
    expected: Counter[str] = Counter()
    first: dict[tuple[str, int], datetime] = {}
    for row in counted(company, "marts.lifecycle_stages"):
        for rank in range(row["stage_rank"] + 1):
            key = (row["lead_id"], rank)
            first[key] = min(row["entered_at"], first.get(key, row["entered_at"]))
    for (_, rank), at in first.items():
        if (at + timedelta(hours=10)).strftime("%Y-%m") == "2026-10":  # Brisbane has no daylight saving
            expected[STAGES[rank]] += 1
    assert {row["stage"]: row["last_month"] for row in source.rows("stage_months")} == {
        stage: expected[stage] for stage in STAGES
    }


def test_response_bins_hold_every_answer_once(company: Company, source: Source, signed: Agreement) -> None:
    found = handoffs.responses(source, Promises(signed), signed.versions[-1])
    assert {response.commitment for response in found} == {"hot_response", "first_response"}
    for response in found:
        rows = [
            row
            for row in counted(company, "marts.lead_handoffs")
            if row["response_commitment"] == response.commitment
            and row["handed_off_at"] > AS_OF - timedelta(days=90)
        ]
        statuses = Counter(row["response_status"] for row in rows)
        never = sum(row["response_status"] == "breached" and not row["first_touch_at"] for row in rows)
        assert response.summary["met"] == statuses["met"]
        assert (response.summary["breached"], response.summary["never"]) == (statuses["breached"], never)
        assert sum(row["handoffs"] for row in response.bins) == statuses["met"] + statuses["breached"] - never
        assert all((row["bin"] < 8) == row["is_met"] for row in response.bins)


def test_overdue_leads_are_those_nobody_reached_out_to(company: Company, source: Source) -> None:
    expected = {
        row["lead_id"]
        for row in counted(company, "marts.lead_handoffs")
        if (row["response_status"], row["verdict"], row["first_touch_at"]) == ("breached", "pending", None)
    }
    shown = [row for _, rows in handoffs.by_owner(source, "unanswered") for row in rows]
    assert {row["lead_id"] for row in shown} == expected
    for _, rows in handoffs.by_owner(source, "unanswered"):
        assert [row["minutes_over"] for row in rows] == sorted(
            (r["minutes_over"] for r in rows), reverse=True
        )


def test_pending_clocks_come_most_urgent_first(company: Company, source: Source) -> None:
    expected = [
        row["lead_id"]
        for row in sorted(counted(company, "marts.lead_handoffs"), key=lambda row: row["response_due_at"])
        if (row["response_status"], row["verdict"]) == ("open", "pending")
    ]
    assert [row["lead_id"] for row in source.rows("pending")] == expected[:25]


def test_sides_show_the_latest_closed_and_the_running_period(source: Source, signed: Agreement) -> None:
    sides = commitments.sides(source, Promises(signed), "2026-Q3")
    assert [side.department for side in sides] == ["marketing", "sales", "operations", "shared"]
    lines = {line.name: line for side in sides for line in side.lines}
    monthly, quarterly = lines["first_response"], lines["new_revenue"]
    assert monthly.closed is not None
    assert monthly.running is not None
    assert (monthly.closed["period_start"].month, monthly.running["period_start"].month) == (10, 11)
    assert quarterly.closed is not None
    assert quarterly.closed["period_end"].isoformat() == "2026-09-30"
    for side in sides:
        assert len(side.kept("closed")) + len(side.broken("closed")) == len(side.judged("closed"))


def test_violations_by_owner_add_up_to_the_rule(company: Company, source: Source) -> None:
    counts = quality.violations(source).counts
    expected = Counter(row["rule"] for row in company.rows["audit.lead_quality_violations"])
    assert {rule: sum(by_owner.values()) for rule, by_owner in counts.items()} == dict(expected)
