"""Rules as expectations: a native one where it says exactly the same, else one over the rule's own SQL."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from expectations.judged import Judgement
from expectations.session import KEY
from expectations.shapes import shape

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

WAIVED = "checks.waived"


def expectation(judgement: Judgement, today: date) -> "Expectation":
    """The one expectation of a rule, with its severity, tolerance, department and `because` in its meta."""
    rule = judgement.rule
    common = {
        "severity": rule.severity,
        "description": rule.because or str(rule.must),
        "meta": _meta(judgement),
    }
    waived = bool(judgement.active_waivers(today))
    native = None if waived else _native(judgement)
    return native(common) if native else _custom(judgement, common, waived)


def _meta(judgement: Judgement) -> dict[str, Any]:
    rule = judgement.rule
    return {
        KEY: judgement.name,
        "rule": rule.rule,
        "must": str(rule.must),
        "because": rule.because,
        "stage": judgement.stage,
        "agreement_version": judgement.version,
        "department": rule.department,
        "severity": rule.severity,
        "tolerance": str(rule.tolerance),
    }


def _custom(judgement: Judgement, common: Mapping[str, Any], waived: bool) -> "Expectation":
    from expectations.rows_keep import ExpectRowsToKeep

    query = f"select lead_id from {{batch}} where ({_escaped(judgement.must)}) is not true"
    if waived:
        query += (
            f" and lead_id not in (select w.lead_id from {WAIVED} as w"
            f" where w.number = {judgement.number} and w.is_active)"
        )
    return ExpectRowsToKeep(unexpected_rows_query=query, mostly=_mostly(judgement.rule.tolerance), **common)


def _mostly(tolerance: Decimal) -> float:
    return float(1 - tolerance)


def _escaped(condition: str) -> str:
    """The condition as Great Expectations wants it: braces are its placeholders, colons SQLAlchemy's."""
    return condition.replace("{", "{{").replace("}", "}}").replace(":", "\\:")


def _native(judgement: Judgement) -> Any:
    """What builds the native expectation, or None.

    Native value checks pass nulls, where a rule's null is a violation (ruling 23), and leave them out of the
    share: `x in (...)` is therefore never the same, `x is null or x in (...)` is if nothing is tolerated.
    """
    found = shape(judgement.rule.must)
    if found is None or (found.passes_nulls and judgement.rule.tolerance):
        return None
    from expectations import native

    kwargs: dict[str, Any] = {"column": found.column, "mostly": _mostly(judgement.rule.tolerance)}
    if found.kind == "not_null":
        return lambda common: native.ExpectColumnValuesToNotBeNull(**kwargs, **common)
    if found.kind == "in_set":
        return lambda common: native.ExpectColumnValuesToBeInSet(
            value_set=list(found.values), **kwargs, **common
        )
    ends: dict[str, Any] = dict(zip(("min_value", "max_value"), found.values, strict=True))
    return lambda common: native.ExpectColumnValuesToBeBetween(**ends, **kwargs, **common)
