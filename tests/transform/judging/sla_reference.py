"""`sla_compliance` worked out a second time, from the agreement and rows, without SQL."""

from datetime import UTC, timedelta
from fractions import Fraction
from typing import Any

from agreement import Commitment, Version
from tests.transform.judging.facts import Fact, facts_of
from tests.transform.judging.terms import Span, Terms, elapsed_share, local, midnight, six, spans
from tests.transform.raw import Rows


def compliance(terms: Terms, tables: dict[str, Rows]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows by (commitment, period_start, slice).

    Each is (version, target, actual, eligible, attainment, status, provisional).
    """
    rows: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    versions = terms.agreement.versions
    for number, version in enumerate(versions):
        ends = [each.effective_from - timedelta(days=1) for each in versions[number + 1 :]]
        until = min([*ends, local(terms.as_of, terms.zone)])
        for promised in version.commitments:
            facts = list(facts_of(terms, version, promised, tables))
            for span in spans(promised.per, version.effective_from, until):
                if version.effective_from <= span.start <= until:
                    found = [fact for fact in facts if span.holds(fact.at, terms.zone)]
                    rows |= _rows(terms, version, promised, span, found)
    return rows


def _rows(
    terms: Terms, version: Version, promised: Commitment, span: Span, facts: list[Fact]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    targets = {_by_id(terms, name): _target(value, span) for name, value in promised.targets.items()}
    targets = {name: target for name, target in targets.items() if target is not None}
    by_slice: dict[str, list[Fact]] = {"all": [], **{name: [] for name in targets}}
    for fact in facts:
        for name in fact.slices:
            by_slice.setdefault(name, []).append(fact)
    rows = {}
    for name, some in by_slice.items():
        target = Fraction(promised.share) if promised.share is not None else targets.get(name)
        row = _judge(terms, promised, span, some, target)
        rows[(promised.commitment, span.start, name)] = (version.version, *row)
    return rows


def _by_id(terms: Terms, name: str) -> str:
    emails = {f"owner={email}": f"owner={owner}" for owner, (email, _) in terms.owners.items()}
    return emails.get(name, name)


def _target(value: Any, span: Span) -> Fraction | None:
    picked = value.get(span.key) if isinstance(value, dict) else value
    return None if picked is None else Fraction(picked)


def _judge(
    terms: Terms, promised: Commitment, span: Span, facts: list[Fact], target: Fraction | None
) -> tuple[Any, ...]:
    values = [fact.value for fact in facts if fact.value is not None]
    total, is_share = sum(values, Fraction(0)), promised.share is not None
    actual = total if not is_share else total / len(values) if values else None
    running = midnight(span.after, terms.zone) > terms.as_of.replace(tzinfo=UTC)
    status = None
    if actual is not None and target is not None:
        pace = 1 if is_share or not running else elapsed_share(terms, span)
        kept = actual >= target * pace
        status = ("on_track" if kept else "at_risk") if running else ("met" if kept else "missed")
    attainment = None if actual is None or not target else six(actual / target)
    provisional = running or any(fact.waits for fact in facts)
    return six(target), six(actual), len(values) if is_share else None, attainment, status, provisional
