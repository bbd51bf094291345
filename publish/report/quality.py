"""Leads against the definitions: each rule's verdict, and who stands in breach of it."""

from dataclasses import dataclass
from typing import Any

from publish.report.promises import Promises
from publish.report.source import Row, Source


@dataclass(frozen=True)
class Violations:
    """Violations that stand: counts by rule and owner, and the newest leads of each rule."""

    owners: list[tuple[str | None, str]]
    counts: dict[str, dict[str | None, int]]
    newest: dict[str, list[Row]]


def rules(source: Source, promises: Promises) -> list[Row]:
    """The last check's results, with what the rule demands, why, and of which department."""
    found = []
    for row in source.rows("rules"):
        rule = promises.rule(row["agreement_version"], row["rule"])
        said: dict[str, Any] = {"must": str(rule.must), "because": rule.because} if rule else {}
        found.append({"must": None, "because": None, "department": rule and rule.department, **row, **said})
    return found


def violations(source: Source) -> Violations:
    """Owners with the most violations come first."""
    counts: dict[str, dict[str | None, int]] = {}
    owners: dict[str | None, list[Any]] = {}
    for row in source.rows("violations_by_owner"):
        counts.setdefault(row["rule"], {})[row["owner_id"]] = row["leads"]
        owners.setdefault(row["owner_id"], [0, row["owner_name"]])[0] += row["leads"]
    ranked = sorted(owners.items(), key=lambda item: (-item[1][0], item[1][1], item[0] or ""))
    newest: dict[str, list[Row]] = {}
    for row in source.rows("violations_newest"):
        newest.setdefault(row["rule"], []).append(row)
    return Violations([(owner, name) for owner, (_, name) in ranked], counts, newest)
