"""Search filters: read from a request, turned into tests of one record."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.api.answers import Refused
from sandbox.instants import from_iso
from sandbox.records.catalogue import Fields
from sandbox.records.rows import Row

MOST_GROUPS, MOST_FILTERS, MOST_IN_ALL = 5, 6, 18
_COMPARES: dict[str, Callable[[Any, Any], bool]] = {
    "EQ": lambda found, value: found == value,
    "NEQ": lambda found, value: found != value,
    "LT": lambda found, value: found < value,
    "LTE": lambda found, value: found <= value,
    "GT": lambda found, value: found > value,
    "GTE": lambda found, value: found >= value,
}
_RANGES = {"EQ", "LT", "LTE", "GT", "GTE", "BETWEEN"}
_MODIFIED = {"lastmodifieddate", "hs_lastmodifieddate"}
ANY = (0, 1 << 62)


class Test(NamedTuple):
    """One filter. `values` are comparable: numbers for numbers and instants, else lower-case text."""

    property: str
    operator: str
    values: tuple[Any, ...]
    read: Callable[[str], Any]


def read_groups(body: dict[str, Any], fields: Fields) -> list[list[Test]]:
    """The filter groups of a search: any group, and all filters in it.

    Raises:
        Refused: 400, there are too many, or one makes no sense.
    """
    groups = body.get("filterGroups") or ([{"filters": body["filters"]}] if body.get("filters") else [])
    if not isinstance(groups, list) or len(groups) > MOST_GROUPS:
        raise Refused(400, f"A search takes at most {MOST_GROUPS} filterGroups")
    tests = [_read_group(group, fields) for group in groups]
    if sum(map(len, tests)) > MOST_IN_ALL:
        raise Refused(400, f"A search takes at most {MOST_IN_ALL} filters in all")
    return tests


def matches(row: Row, tests: list[Test], now: int) -> bool:
    """Whether a record passes every test as of `now`."""
    if not tests:
        return True
    properties = row.properties(now)
    return all(_passes(test, properties.get(test.property)) for test in tests)


def id_range(tests: list[Test]) -> tuple[tuple[int, int], list[Test]]:
    """The range of ids that the tests allow, both ends included, and the tests it does not cover."""
    return _range([test for test in tests if test.property == "hs_object_id"], tests)


def modified_range(tests: list[Test]) -> tuple[tuple[int, int] | None, list[Test]]:
    """The same for the last-modified instant; None: no test is about it."""
    about = [test for test in tests if test.property in _MODIFIED]
    return _range(about, tests) if about else (None, tests)


def _range(about: list[Test], tests: list[Test]) -> tuple[tuple[int, int], list[Test]]:
    low, high = ANY
    covered = [
        test for test in about if test.operator in _RANGES and all(isinstance(v, int) for v in test.values)
    ]
    for test in covered:
        first, last = test.values[0], test.values[-1]
        if test.operator in {"EQ", "GTE", "BETWEEN"}:
            low = max(low, first)
        if test.operator in {"EQ", "LTE", "BETWEEN"}:
            high = min(high, last)
        if test.operator == "GT":
            low = max(low, first + 1)
        if test.operator == "LT":
            high = min(high, last - 1)
    return (low, high), [test for test in tests if test not in covered]


def _read_group(group: Any, fields: Fields) -> list[Test]:
    filters = group.get("filters") if isinstance(group, dict) else None
    if not isinstance(filters, list) or len(filters) > MOST_FILTERS:
        raise Refused(400, f"A filter group has between 1 and {MOST_FILTERS} filters")
    return [_read_filter(each, fields) for each in filters]


def _read_filter(each: Any, fields: Fields) -> Test:
    name, operator = (
        (str(each.get(key)) for key in ("propertyName", "operator")) if isinstance(each, dict) else ("", "")
    )
    if name not in fields:
        raise Refused(400, f"There was a problem with the request: no property '{name}' to filter by")
    read = _reader(fields[name].kind)
    try:
        return Test(name, operator, _values(each, operator, read), read)
    except (ValueError, TypeError):
        raise Refused(400, f"A value of the filter on '{name}' is not of its type") from None


def _values(each: dict[str, Any], operator: str, read: Callable[[str], Any]) -> tuple[Any, ...]:
    if operator in {"HAS_PROPERTY", "NOT_HAS_PROPERTY"}:
        return ()
    if operator in {"IN", "NOT_IN"} and isinstance(each.get("values"), list):
        return tuple(read(str(value)) for value in each["values"])
    if operator == "BETWEEN" and "value" in each and "highValue" in each:
        return read(str(each["value"])), read(str(each["highValue"]))
    if operator == "CONTAINS_TOKEN" and "value" in each:
        return (str(each["value"]).lower().strip("*"),)
    if operator in _COMPARES and "value" in each:
        return (read(str(each["value"])),)
    raise Refused(400, f"The operator '{operator}' is not one of HubSpot's, or its value is missing")


def _reader(kind: str) -> Callable[[str], Any]:
    if kind in {"datetime", "date"}:
        return _instant
    return _number if kind == "number" else str.lower


def _instant(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else from_iso(text)


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _passes(test: Test, text: str | None) -> bool:
    if test.operator in {"HAS_PROPERTY", "NOT_HAS_PROPERTY"}:
        return bool(text) == (test.operator == "HAS_PROPERTY")
    if not text:
        return False
    if test.operator == "CONTAINS_TOKEN":
        return str(test.values[0]) in text.lower()
    try:
        return _compares(test, test.read(text))
    except ValueError:  # junk in a number or a date: nothing compares with it
        return False


def _compares(test: Test, found: Any) -> bool:
    if test.operator == "BETWEEN":
        return bool(test.values[0] <= found <= test.values[1])
    if test.operator in {"IN", "NOT_IN"}:
        return (found in test.values) == (test.operator == "IN")
    return _COMPARES[test.operator](found, test.values[0])
