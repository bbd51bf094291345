"""Every condition of the file, typed against the columns; and conditions that are never reached."""

import re
from dataclasses import dataclass

from sqlglot.errors import SqlglotError

from agreement.checks.funnel import stage_names, unique
from agreement.condition import Condition
from agreement.conditions.check import faults
from agreement.conditions.columns import Columns, columns_of
from agreement.conditions.ranges import Range, ranges, shadows
from agreement.nodes import Mapping, Scalar
from agreement.problems import Fault, Problems
from agreement.words import CRM

SORTED = ("segment", "lead_type")


@dataclass(frozen=True)
class _At:
    line: int
    column: int


def columns(agreement: Mapping) -> Columns:
    """What the conditions of this agreement may use."""
    own = agreement.part("columns")
    types = {name: own.part(name).text("type") or "any" for name in own.values}
    known = {name: [part.text(name) or "" for part in agreement.parts(f"{name}s")] for name in SORTED}
    values = {"crm": [CRM], "stage": stage_names(agreement), **known}
    given = {name: listed for name, listed in values.items() if listed}
    return columns_of(stage_names(agreement), types, given)


def check(agreement: Mapping, problems: Problems) -> None:
    """The conditions of leads, rules and commitments."""
    known = columns(agreement)
    early = known.without("segment", "lead_type", "excluded_because", "quarantined_by")
    for group, name in (("segments", "segment"), ("lead_types", "lead_type")):
        parts = list(agreement.parts(group))
        unique(parts, name, problems, f"`{group}`")
        of(parts, "where", early, problems)
        reached(parts, name, f"`{group}`", problems)
    of(list(agreement.parts("exclude")), "where", early, problems)
    for version in agreement.parts("versions"):
        for stage in version.part("definitions").values:
            rules = list(version.part("definitions").parts(stage))
            of(rules, "must", known.without("quarantined_by"), problems)
        for party in version.part("commitments").values:
            of(list(version.part("commitments").parts(party)), "where", known, problems)


def of(parts: list[Mapping], name: str, known: Columns, problems: Problems) -> None:
    """Check the conditions that stand under `name`."""
    for part in parts:
        value = part.values.get(name)
        if isinstance(value, Scalar):
            for fault in faults(value.text, known):
                example = f"{name}: {fault.example}" if fault.example else None
                problems.add(
                    _place(value, fault),
                    f"`{name}` {fault.found}.",
                    fault.expected or "a condition",
                    nearest=fault.nearest,
                    example=example,
                )


def _place(value: Scalar, fault: Fault) -> _At:
    """Where in the line the fault is, if its text can be found there."""
    found = re.search(rf"(?<!\w){re.escape(fault.near)}(?!\w)", value.text) if fault.near else None
    return _At(value.line, value.column + (found.start() + value.quoted if found else 0))


def reached(parts: list[Mapping], name: str, where: str, problems: Problems) -> None:
    """Note conditions that can never hold, and those that an earlier one takes everything from."""
    before: list[tuple[str, str, dict[str, Range] | None]] = []
    for part in parts:
        value, called = part.values.get("where"), part.text(name) or ""
        if not isinstance(value, Scalar):
            continue
        left = _ranges(value.text)
        if left and any(one.is_empty for one in left.values()):
            problems.add(
                value,
                f"Nobody can be in '{called}': `{value.text}` contradicts itself.",
                "a condition that some leads can fulfil",
            )
        else:
            for earlier, text, taken in before:
                if text == value.text or (left and taken and shadows(taken, left)):
                    problems.add(
                        value,
                        f"Nobody is left for '{called}': '{earlier}' comes before it in {where} and"
                        f" takes all of them with `{text}`.",
                        "the narrower condition first",
                    )
                    break
            before.append((called, value.text, left))


def _ranges(text: str) -> dict[str, Range] | None:
    try:
        return ranges(Condition(text))
    except (SqlglotError, RecursionError):
        return None  # noted already: it is no condition
