"""Every condition of the file, typed against the columns."""

import re
from dataclasses import dataclass

from agreement.checks import reach
from agreement.checks.funnel import stage_names
from agreement.checks.names import unique
from agreement.conditions.check import EXAMPLE, faults
from agreement.conditions.columns import Columns, columns_of
from agreement.nodes import Mapping, Scalar
from agreement.problems import Fault, Problems
from agreement.words import CRM

SORTED = ("segment", "lead_type")
DECIDED_LATER = ("segment", "lead_type", "excluded_because", "quarantined_by")


@dataclass(frozen=True)
class _At:
    line: int
    column: int


def columns(agreement: Mapping) -> Columns:
    """What the conditions of this agreement may use."""
    own = agreement.part("columns")
    types = {name: own.part(name).text("type") or "any" for name in own.values}
    sorts = {name: [part.text(name) or "" for part in agreement.parts(f"{name}s")] for name in SORTED}
    values = {"crm": [CRM], "stage": stage_names(agreement), **sorts}
    given = {name: listed for name, listed in values.items() if listed}
    return columns_of(stage_names(agreement), types, given)


def check(agreement: Mapping, problems: Problems) -> None:
    """The conditions of leads, rules and commitments."""
    known = columns(agreement)
    early = known.without(*DECIDED_LATER)
    for name in SORTED:
        parts = list(agreement.parts(f"{name}s"))
        unique(parts, name, problems, f"`{name}s`")
        _under("where", parts, early, problems)
        reach.check(parts, name, problems)
    _under("where", list(agreement.parts("exclude")), early, problems)
    for version in agreement.parts("versions"):
        definitions, commitments = version.part("definitions"), version.part("commitments")
        for stage in definitions.values:
            _under("must", list(definitions.parts(stage)), known.without("quarantined_by"), problems)
        for party in commitments.values:
            _under("where", list(commitments.parts(party)), known, problems)


def _under(name: str, parts: list[Mapping], known: Columns, problems: Problems) -> None:
    """Check the conditions that stand under `name`."""
    for part in parts:
        value = part.values.get(name)
        if isinstance(value, Scalar):
            for fault in faults(value.text, known):
                example = f"{name}: {fault.example or _mended(value.text, fault)}"
                found, expected = f"`{name}` {fault.found}.", fault.expected or "a condition"
                problems.add(_place(value, fault), found, expected, nearest=fault.nearest, example=example)


def _mended(text: str, fault: Fault) -> str:
    """The condition with what was probably meant in place of what is wrong."""
    if not (fault.near and fault.nearest):
        return EXAMPLE
    mended = re.sub(rf"(?<!\w){re.escape(fault.near)}(?!\w)", lambda _: fault.nearest or "", text, flags=re.I)
    return f'"{mended}"' if '"' not in mended else mended


def _place(value: Scalar, fault: Fault) -> _At:
    """Where in the line the fault is, if its text can be found there."""
    found = re.search(rf"(?<!\w){re.escape(fault.near)}(?!\w)", value.text, re.I) if fault.near else None
    return _At(value.line, value.column + (found.start() + value.quoted if found else 0))
