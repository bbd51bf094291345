"""Why a night is not published, in sentences a head of sales can act on."""

from collections.abc import Iterable, Sequence

from expectations.outcome import RuleResult, StructuralResult

LEADS_NAMED = 5


def of_rule(result: RuleResult, because: str | None, leads: Sequence[str]) -> str | None:
    """Why `result` stands in the way, or None. Warnings never do, a check not made always does."""
    if result.verdict == "error":
        return (
            f"Rule {result.rule} ({result.department}, {result.severity}, version "
            f"{result.agreement_version}) could not be checked: {result.detail}"
        )
    if result.verdict == "passed" or result.severity == "warning":
        return None
    return (
        f"Rule {result.rule} ({result.department}) is broken by {result.violations:,} of "
        f"{result.evaluated:,} leads at {result.stage} or beyond: {_share(result.rate or 0.0)}, where "
        f"version {result.agreement_version} tolerates {_share(result.tolerance)}. "
        f"{_named(leads, result.violations or 0)}{f' {because}' if because else ''}"
    )


def of_structure(results: Iterable[StructuralResult]) -> tuple[str, ...]:
    """Why each critical structural check that did not pass stands in the way."""
    return tuple(
        f"Check {result.check_name} of {result.table_name} "
        + ("could not be made: " if result.verdict == "error" else "failed: ")
        + f"{result.detail or 'no detail'}"
        for result in results
        if result.verdict == "error" or (result.verdict == "failed" and result.severity == "critical")
    )


def _share(share: float) -> str:
    return f"{share * 100:.4g}%"


def _named(leads: Sequence[str], violations: int) -> str:
    more = violations - len(leads)
    return f"Leads {', '.join(leads)}{f' and {more:,} more' if more > 0 else ''}."
