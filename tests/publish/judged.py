"""What the rooms before publish have judged of the small company: compliance, rules, violations, proof."""

from datetime import date, timedelta

from agreement import Agreement, Commitment
from tests.publish.company import AS_OF, OWNERS, Company

RUN_ID = "20261124T200000Z"
MONEY = ("deliver_value", "convert_value")
SLICES = ["all", "segment=enterprise", "team=NZ Sales", *(f"owner={owner}" for owner in OWNERS)]


def judge(company: Company, agreement: Agreement, *, failing: str | None = None) -> None:
    """Fill the verdict tables; the critical rule `failing` is over its tolerance."""
    version = agreement.versions[-1]
    for promised in version.commitments:
        months = [date(2025 + m // 12, m % 12 + 1, 1) for m in range(11, 23)]
        for start in months if promised.per == "month" else months[1::3]:
            _judge_period(company, promised, start)
    for stage, rules in version.definitions.items():
        for rule in rules:
            _judge_rule(company, stage, rule.rule, failing)
    _prove(company)


def _judge_period(company: Company, promised: Commitment, start: date) -> None:
    step = 32 if promised.per == "month" else 95
    end = (start + timedelta(days=step)).replace(day=1) - timedelta(days=1)
    running, scale = end >= AS_OF.date(), 200_000 if promised.measure in MONEY else 30
    for part in SLICES:
        target = float(promised.share) if promised.share else float(scale)
        actual = round(target * company.chance.uniform(0.85, 1.1), 3)
        actual = min(actual, 1.0) if promised.share else float(round(actual))
        words = ("on_track", "at_risk") if running else ("met", "missed")
        judged = bool(promised.share) or part == "all"
        company.rows["marts.sla_compliance"].append(
            {"commitment": promised.commitment, "department": promised.department, "slice": part}
            | {"agreement_version": "2026-Q3", "period_start": start, "period_end": end, "as_of": AS_OF}
            | {"target": target if judged else None, "actual": actual, "is_provisional": running}
            | {"eligible": 40 if promised.share else None, "attainment": actual / target if judged else None}
            | {"status": (words[0] if actual >= target else words[1]) if judged else None}
        )


def _judge_rule(company: Company, stage: str, rule: str, failing: str | None) -> None:
    leads = company.rows["marts.leads"]
    broken = leads[:: 9 if rule == failing else 80]
    common = {"rule": rule, "stage": stage, "severity": "critical", "agreement_version": "2026-Q3"}
    company.rows["audit.rule_results"].append(
        common
        | {"run_id": RUN_ID, "evaluated": len(leads), "violations": len(broken), "tolerance": 0.05}
        | {"rate": len(broken) / len(leads), "verdict": "failed" if rule == failing else "passed"}
        | {"checked_at": AS_OF}
    )
    for lead in broken:
        company.rows["audit.lead_quality_violations"].append(
            common
            | {"violation_id": f"{rule}-{lead['lead_id']}", "lead_id": lead["lead_id"], "reopened": 0}
            | {"owner_id": lead["owner_id"], "department": "marketing", "observed": "lead_score=31"}
            | {"first_seen_at": AS_OF - timedelta(days=3), "last_seen_at": AS_OF}
        )


def _prove(company: Company) -> None:
    for name in ("contacts", "companies", "deals"):
        company.rows["audit.sync_proof"].append(
            {"run_id": RUN_ID, "object": name, "crm_rows": 900, "warehouse_rows": 900}
            | {"missing": 0, "surplus": 0, "verdict": "passed"}
        )
    for table in ("leads", "lead_handoffs"):
        company.rows["audit.check_results"].append(
            {"run_id": RUN_ID, "check_name": "one_row_per_key", "table_name": f"marts.{table}"}
            | {"severity": "critical", "verdict": "passed", "observed": "0 doubles"}
        )
    company.rows["audit.runs"].append(
        {"run_id": RUN_ID, "started_at": AS_OF, "status": "running", "as_of": AS_OF, "rows_loaded": 4711}
    )
