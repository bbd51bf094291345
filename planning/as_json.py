"""A plan for programs: every number unrounded, with what it rests on."""

from typing import Any

from planning.estimates import Estimate
from planning.figures import Figure
from planning.plan import Need, Plan


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON has it; days are ISO 8601, shares fractions of 1."""
    seen = plan.seen
    return {
        "goal": {"revenue": float(plan.goal.revenue), "currency": plan.currency, "per": plan.goal.per},
        "period": {"starts_on": str(plan.starts_on), "ends_on": str(plan.ends_on)},
        "history": {
            "since": str(seen.since),
            "cohorts_until": str(seen.mature_to),
            "as_of": f"{seen.as_of.isoformat(timespec='milliseconds')}Z",
        },
        "needs": [_need(need) for need in plan.needs],
        "segments": [
            {
                "segment": part.segment,
                "share": part.share,
                "revenue": part.revenue,
                "needs": [_need(need) for need in part.needs],
                "figures": [_figure(figure) for figure in part.figures.all()],
            }
            for part in plan.parts
        ],
        "warnings": list(plan.warnings),
    }


def _need(need: Need) -> dict[str, Any]:
    days = [str(day) for day in need.exist_by] if need.exist_by else None
    return {
        "what": need.what,
        **(_numbers(need.count) if need.count else dict.fromkeys(("value", "low", "high"))),
        "exist_by": dict(zip(("earliest", "expected", "latest"), days, strict=True)) if days else None,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.name,
        "unit": figure.unit,
        **_numbers(figure.estimate),
        "n": figure.n,
        "of": figure.of,
    }


def _numbers(estimate: Estimate) -> dict[str, float]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}
