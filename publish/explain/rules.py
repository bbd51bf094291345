"""Which rules judge a lead, and what became of each: the ledger knows what is broken, the lead what it has.

Verdicts are the ledger's, never worked out again: the published row may hold hashes, or be an older night's.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agreement.quantities import plain_number
from publish.explain.reading import Reading
from publish.explain.story import Row, RuleVerdict
from publish.publication import Publication
from publish.report.promises import Promises

if TYPE_CHECKING:
    from agreement.model import Agreement, Rule

RESULTS = "audit.rule_results"


def verdicts(
    reading: Reading, agreement: "Agreement", published: Publication, lead: Row, spells: Sequence[Row]
) -> tuple[RuleVerdict, ...]:
    """Every rule that the last check made of this lead, broken ones first, else in the agreement's order.

    Where two definitions of a version judge it by one rule's name it is one rule, as in the ledger: the
    later's.
    """
    standing = {(s["rule"], s["agreement_version"]): s for s in spells if s["resolved_at"] is None}
    checked = {(r["rule"], r["stage"], r["agreement_version"]): r["verdict"] for r in _results(reading)}
    today = _day(agreement, published.as_of)
    found: list[RuleVerdict] = []
    judging = {(rule.rule, version): (stage, rule) for version, stage, rule in _judging(agreement, lead)}
    for (name, version), (stage, rule) in judging.items():
        if (name, stage, version) in checked:
            spell = standing.pop((name, version), None)
            told = spell or {"rule": name, "stage": stage, "agreement_version": version}
            is_error = checked[name, stage, version] == "error"
            found.append(_verdict(told, rule, today, seen=_seen(rule, lead), is_error=is_error))
    # What the ledger says although the published row does not explain it: the marts of a refused night.
    for spell in standing.values():
        known = Promises(agreement).rule(spell["agreement_version"], spell["rule"])
        found.append(_verdict(spell, known, today))
    return tuple(sorted(found, key=lambda one: ("broken", "error", "waived", "passed").index(one.verdict)))


def _verdict(
    told: Row, rule: "Rule | None", today: date, seen: str | None = None, *, is_error: bool = False
) -> RuleVerdict:
    """`told` is the standing violation, or only says which rule it is about."""
    is_broken, until = "violation_id" in told, told.get("waived_until")
    waived = is_broken and until is not None and until >= today
    return RuleVerdict(
        rule=told["rule"],
        stage=told["stage"],
        agreement_version=told["agreement_version"],
        department=rule.department if rule else told["department"],
        severity=rule.severity if rule else told["severity"],
        must=str(rule.must) if rule else "",
        because=rule.because if rule else None,
        verdict="error" if is_error else "waived" if waived else "broken" if is_broken else "passed",
        observed=told["observed"] if is_broken else seen,
        since=told.get("first_seen_at"),
        changed_by=told.get("changed_by"),
        waived_until=until,
        judged_at_entry=bool(rule and rule.judge == "entry"),
    )


def _judging(agreement: "Agreement", lead: Row) -> Iterator[tuple[str, str, "Rule"]]:
    """Version, stage and rule: of the version in force when the lead first reached the stage (ruling 22)."""
    if not lead or lead["stage"] is None or lead["is_archived"] or lead["excluded_because"] is not None:
        return
    for place, version in enumerate(agreement.versions):
        later = agreement.versions[place + 1 :]
        start = _midnight(agreement, version.effective_from)
        end = _midnight(agreement, later[0].effective_from) if later else datetime.max
        for stage, rules in version.definitions.items():
            reached = _reached(agreement, lead, stage)
            if reached is not None and start <= reached < end:
                yield from ((version.version, stage, rule) for rule in rules)


def _reached(agreement: "Agreement", lead: Row, stage: str) -> datetime | None:
    """When the lead first reached `stage`, if it is there or beyond now."""
    beyond = agreement.stage_names[agreement.rank(stage) - 1 :]
    if lead["stage"] not in beyond:
        return None
    entries = [at for name in beyond if (at := lead.get(f"became_{name}_at")) is not None]
    return min(entries, default=None)


def _seen(rule: "Rule", lead: Row) -> str | None:
    """The columns that the rule looks at, as published; None where it looked at the values of the entry."""
    if rule.judge == "entry":
        return None
    asked = sorted(rule.must.columns - {"as_of"})
    return json.dumps({name: lead[name] for name in asked}, default=_text)


def _text(value: object) -> str:
    """A decimal without the zeros that its scale adds; an instant as SQL writes it."""
    return plain_number(value) if isinstance(value, Decimal) else str(value)


def waivers(agreement: "Agreement", lead_id: str, lead: Row) -> Iterator[Row]:
    """The agreement's waivers of rules that name the lead, or a person merged into it."""
    names = {lead_id, *(lead.get("merged_ids") or "").split(";")}
    for version in agreement.versions:
        for waiver in version.waivers:
            if waiver.rule and waiver.lead in names:
                yield waiver.model_dump(include={"rule", "from_", "until", "reason"}) | {
                    "agreement_version": version.version
                }


def _results(reading: Reading) -> list[Row]:
    if RESULTS not in reading.tables:
        return []
    return reading.rows(f"select * from {RESULTS} where run_id = (select max(run_id) from {RESULTS})")


def _midnight(agreement: "Agreement", day: date) -> datetime:
    local = datetime.combine(day, time.min, tzinfo=ZoneInfo(agreement.timezone))
    return local.astimezone(UTC).replace(tzinfo=None)


def _day(agreement: "Agreement", at: datetime) -> date:
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(agreement.timezone)).date()
