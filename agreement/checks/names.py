"""Names that must be there, and names that may be there only once."""

from collections.abc import Iterable, Sequence

from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems, nearest


def called(part: Mapping, name: str, what: str) -> str:
    """A part by its name, or by its line if its name is not usable."""
    text = part.text(name)
    return f"{what} '{text}'" if text else f"the {what.removeprefix('the ')} in line {part.line}"


def once(listed: Iterable[tuple[Scalar, str]], expected: str, problems: Problems) -> None:
    """Note what stands in two places; each scalar comes with the words for its place."""
    seen: dict[str, str] = {}
    for scalar, place in listed:
        if scalar.text in seen and place != seen[scalar.text]:
            found = f"'{scalar.text}' is in {place} and already in {seen[scalar.text]}."
            problems.add(scalar, found, expected, example=f"only in {seen[scalar.text]}")
        seen.setdefault(scalar.text, place)


def unique(parts: Iterable[Mapping], name: str, problems: Problems, where: str) -> None:
    """Note names that are given twice."""
    seen: dict[str, int] = {}
    for part in parts:
        value = part.values.get(name)
        if not isinstance(value, Scalar):
            continue
        if value.text in seen:
            found = f"'{value.text}' is a second time in {where}; the first is in line {seen[value.text]}."
            problems.add(
                value, found, "another name, or only one of the two", example=f"{name}: {value.text}_2"
            )
        seen.setdefault(value.text, value.line)


def unknown(scalar: Scalar, what: str, known: Sequence[str], problems: Problems, where: str = "") -> None:
    """Note a name that is not there."""
    near = nearest(scalar.text, known)
    problems.add(
        scalar,
        f"There is no {what} called '{scalar.text}'{where}.",
        f"one of: {', '.join(known)}" if known else f"a {what}, but there is none",
        nearest=near,
        example=near or (known[0] if known else None),
    )
