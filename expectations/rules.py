"""The verdict on every rule: Great Expectations judges, SQL names the leads, and the two must agree."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from expectations.blame import create_blame
from expectations.broken import count_broken, create_broken, find_broken, suspect
from expectations.compiled import expectation
from expectations.engine_words import sayable
from expectations.entry import untold
from expectations.judged import Judgement, local_day
from expectations.known import create_known
from expectations.outcome import RuleResult
from expectations.populations import SCHEMA, create_populations
from expectations.session import Finding, Session
from expectations.waived import create_waived

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement


def judge(
    connection: "duckdb.DuckDBPyConnection",
    session: Session,
    agreement: "Agreement",
    judged: Sequence[Judgement],
    as_of: datetime,
) -> tuple[RuleResult, ...]:
    """One result for each judgement, in order; the temporary `broken` and `blame` then hold the leads."""
    today = local_day(agreement, as_of)
    create_known(connection, agreement)
    create_waived(connection, judged, today)
    create_broken(connection)
    problems = {j.number: _untold(agreement, j) for j in judged}
    able = [j for j in judged if problems[j.number] is None]
    create_populations(connection, session.warehouse, agreement, able, as_of)
    findings = _findings(session, able, as_of, agreement)
    for members in _by_population(j for j in able if findings[j.number].error is None):
        problems |= _find(connection, agreement, members, session.warehouse.problem)
    create_blame(connection, agreement, able, as_of)
    counts = count_broken(connection)
    results = [
        _result(j, problems[j.number], findings.get(j.number), counts.get(j.number, (0, 0))) for j in judged
    ]
    _forget(
        connection, [j.number for j, result in zip(judged, results, strict=True) if result.verdict == "error"]
    )
    return tuple(results)


def _untold(agreement: "Agreement", judgement: Judgement) -> str | None:
    missing = untold(agreement, judgement.rule) if judgement.population.at_entry else ()
    if not missing:
        return None
    return f"it is judged at entry, and the CRM keeps no history of {', '.join(missing)}."


def _findings(
    session: Session, judged: Sequence[Judgement], as_of: datetime, agreement: "Agreement"
) -> dict[int, Finding]:
    today = local_day(agreement, as_of)
    suites = {
        table: [expectation(j, today) for j in judged if j.population.table == table]
        for table in dict.fromkeys(j.population.table for j in judged)
    }
    found = session.run(SCHEMA, suites, "rules") if suites else {}
    return {j.number: found[j.population.table][j.name] for j in judged}


def _by_population(judged: Iterable[Judgement]) -> list[list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for judgement in judged:
        found.setdefault(judgement.population.table, []).append(judgement)
    return list(found.values())


def _find(
    connection: "duckdb.DuckDBPyConnection",
    agreement: "Agreement",
    judged: Sequence[Judgement],
    problem: type[Exception],
) -> dict[int, str | None]:
    """Find who breaks the rules of one population; for each rule why that could not be done, or None."""
    try:
        suspect(connection, judged)
        among_suspects = True
    except problem:  # one of them cannot be worked out: which, each must show alone
        among_suspects = False
    problems: dict[int, str | None] = {}
    for judgement in judged:
        try:
            find_broken(connection, agreement, judgement, among_suspects=among_suspects)
            problems[judgement.number] = None
        except problem as error:
            why = f"the leads that break it could not be found: {sayable(str(error))}"
            problems[judgement.number] = why
    return problems


def not_judged(judgement: Judgement, why: str) -> RuleResult:
    """The result of a rule that could not be checked."""
    rule = judgement.rule
    return RuleResult(
        rule=rule.rule,
        stage=judgement.stage,
        department=rule.department,
        severity=rule.severity,
        agreement_version=judgement.version,
        tolerance=float(rule.tolerance),
        verdict="error",
        detail=why,
    )


def _result(
    judgement: Judgement, problem: str | None, finding: Finding | None, counts: tuple[int, int]
) -> RuleResult:
    if problem is None:
        problem = _disagreement(judgement, finding, counts[0]) if finding else "it was not checked."
    if problem is not None or finding is None:
        return not_judged(judgement, problem or "it was not checked.")
    return replace(
        not_judged(judgement, ""),
        verdict="passed" if finding.success else "failed",
        evaluated=finding.evaluated,
        violations=counts[0],
        waived=counts[1],
        detail=None,
    )


def _disagreement(judgement: Judgement, finding: Finding, violations: int) -> str | None:
    """Why the verdict cannot be trusted: not made, other numbers than the leads found, wrong arithmetic."""
    if finding.error is not None:
        return sayable(finding.error)
    if finding.evaluated is None or finding.unexpected != violations:
        return (
            f"Great Expectations counts {finding.unexpected} leads that break it, the warehouse {violations}."
        )
    if finding.success != (violations <= judgement.rule.tolerance * finding.evaluated):
        return f"{violations} of {finding.evaluated} leads do not give the verdict of Great Expectations."
    return None


def _forget(connection: "duckdb.DuckDBPyConnection", numbers: Sequence[int]) -> None:
    """A rule that could not be checked has no violations tonight, whatever was found on the way."""
    if numbers:
        connection.execute(f"delete from broken where number in ({', '.join(map(str, numbers))})")
