"""What the page says of each rule, and of the leads that break it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from agreement.english import words
from agreement.quantities import percent
from agreement.sentences import capital
from agreement.sentences import rule as in_words
from expectations.judged import Judgement
from expectations.known import table_exists
from expectations.ledger import VIOLATIONS
from expectations.outcome import RuleResult, Verdict

if TYPE_CHECKING:
    import duckdb

LEADS_SHOWN = 20
SHORT = ("crm", "mql", "sla", "sql")
VERDICTS: dict[Verdict, str] = {
    "passed": "Kept",
    "failed": "Broken by too many",
    "error": "Could not be checked",
}


OWNERS = "select owner_id, min(owner_name) as owner_name from marts.leads group by owner_id"
NO_OWNERS = "select null::varchar as owner_id, null::varchar as owner_name where false"


@dataclass(frozen=True)
class Breach:
    """A lead that breaks the rule; `observed` in words, personal values as the agreement allows."""

    lead_id: str
    observed: str
    owner: str | None
    since: datetime


@dataclass(frozen=True)
class RuleDoc:
    """One rule of one version, in words. `breaches` are the first few."""

    title: str
    name: str
    stage: str
    version: str
    verdict: Verdict
    verdict_words: str
    because: str | None
    definition: str
    found: str
    may_stop: bool
    breaches: tuple[Breach, ...]


def rule_docs(
    connection: "duckdb.DuckDBPyConnection", judged: Sequence[Judgement], results: Sequence[RuleResult]
) -> list[RuleDoc]:
    """One for each of `judged`, in that order."""
    return [_doc(connection, j, result) for j, result in zip(judged, results, strict=True)]


def _doc(connection: "duckdb.DuckDBPyConnection", judgement: Judgement, result: RuleResult) -> RuleDoc:
    rule = judgement.rule
    return RuleDoc(
        title=_title(rule.rule),
        name=rule.rule,
        stage=words(judgement.stage),
        version=judgement.version,
        verdict=result.verdict,
        verdict_words=VERDICTS[result.verdict],
        because=rule.because,
        definition=in_words(rule.model_copy(update={"because": None})),
        found=_found(judgement, result),
        may_stop=rule.severity == "critical",
        breaches=tuple(_breaches(connection, judgement)) if result.violations else (),
    )


def _title(name: str) -> str:
    """A rule's name as people write it; what is short for something keeps its capitals."""
    return capital(" ".join(word.upper() if word in SHORT else word for word in words(name).split(" ")))


def _found(judgement: Judgement, result: RuleResult) -> str:
    if result.evaluated is None:
        return capital(result.detail or "no reason was given.")
    if not result.evaluated:
        return "No lead was judged by it."
    waived = f" {result.waived:,} more break it with a waiver." if result.waived else ""
    share = f"{(result.rate or 0) * 100:.1f}%"
    tolerance = judgement.rule.tolerance
    limit = f"{percent(tolerance)} is tolerated" if tolerance else "none may"
    return f"{result.violations:,} of {result.evaluated:,} leads break it ({share}); {limit}.{waived}"


def _breaches(connection: "duckdb.DuckDBPyConnection", judgement: Judgement) -> list[Breach]:
    rows = connection.execute(
        "select lead_id, observed, coalesce(owners.owner_name, owner_id), first_seen_at"
        f" from {VIOLATIONS.label}"
        f" left join ({OWNERS if table_exists(connection, 'marts', 'leads') else NO_OWNERS}) as owners"
        " using (owner_id) where rule = ? and agreement_version = ? and stage = ? and resolved_at is null"
        " order by first_seen_at desc, length(lead_id), lead_id limit ?",
        [judgement.rule.rule, judgement.version, judgement.stage, LEADS_SHOWN],
    ).fetchall()
    return [Breach(lead, _said(observed), owner, since) for lead, observed, owner, since in rows]


def _said(observed: str | None) -> str:
    seen = json.loads(observed or "{}")
    return ", ".join(f"{words(name)}: {_value(value)}" for name, value in seen.items())


def _value(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return f"{text[:12]}…" if len(text) == 64 and text.isalnum() else text
