"""Conditions of which the first that fits counts: each must be able to hold, and be reached."""

from sqlglot.errors import SqlglotError

from agreement.condition import Condition
from agreement.conditions.ranges import Range, ranges, shadows
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems

Taken = tuple[str, str, dict[str, Range] | None]


def check(parts: list[Mapping], name: str, problems: Problems) -> None:
    """Note conditions that can never hold, and those whose leads are all taken by an earlier one."""
    before: list[Taken] = []
    for part in parts:
        value, called = part.values.get("where"), part.text(name) or "?"
        if not isinstance(value, Scalar):
            continue
        left = _ranges(value.text)
        if left and any(one.is_empty for one in left.values()):
            problems.add(
                value,
                f"Nobody can be in '{called}': `{value.text}` contradicts itself.",
                "a condition that some leads can fulfil",
                example="where: employees >= 250",
            )
            continue
        taken = next((one for one in before if _takes_all(one, value.text, left)), None)
        if taken:
            problems.add(
                value,
                f"Nobody is left for '{called}': '{taken[0]}' comes before it and takes all (`{taken[1]}`).",
                "the narrower condition first: the first that fits counts",
                example=f"'{called}' above '{taken[0]}'",
            )
        before.append((called, value.text, left))


def _takes_all(earlier: Taken, text: str, left: dict[str, Range] | None) -> bool:
    return earlier[1] == text or bool(left and earlier[2] and shadows(earlier[2], left))


def _ranges(text: str) -> dict[str, Range] | None:
    try:
        return ranges(Condition(text))
    except (SqlglotError, RecursionError):
        return None  # noted already: it is no condition
