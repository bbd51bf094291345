"""Properties and their values: only such as the CRM has, and of a type that a column can be read from."""

from collections.abc import Iterable, Iterator

from agreement.nodes import Mapping, Scalar
from agreement.portal import Portal
from agreement.problems import Problems, nearest
from agreement.words import CRM

LIFECYCLE, LEAD_STATUS, ORIGINAL_SOURCE = "lifecyclestage", "hs_lead_status", "hs_analytics_source"
# Which of the CRM's types a column's values can be read from without loss.
FITTING = {
    "integer": {"number"},
    "number": {"number"},
    "boolean": {"bool"},
    "date": {"date", "datetime"},
    "datetime": {"datetime", "date"},
}


def check(agreement: Mapping, portal: Portal, problems: Problems) -> None:
    """Columns, the source, the reason; and what stages, verdicts and the source's map say of values."""
    _properties(agreement, portal, problems)
    _values(lifecycle_values(agreement), portal.values(LIFECYCLE), "lifecycle stage", problems)
    _values(_statuses(agreement), portal.values(LEAD_STATUS), "lead status", problems)
    sources = agreement.part("sources")
    property_name = sources.text(CRM) or ORIGINAL_SOURCE
    listed = portal.values(property_name)
    _values(sources.part("map").keys.values(), listed, f"value of {property_name}", problems)


def lifecycle_values(agreement: Mapping) -> Iterator[Scalar]:
    """What the agreement's stages are called in the CRM."""
    for part in agreement.parts("stages"):
        yield from part.scalars(CRM)


def _statuses(agreement: Mapping) -> Iterator[Scalar]:
    verdicts = agreement.part("verdicts")
    for name in verdicts.values:
        yield from verdicts.part(name).scalars("lead_status")


def _properties(agreement: Mapping, portal: Portal, problems: Problems) -> None:
    columns = agreement.part("columns")
    for name in columns.values:
        column = columns.part(name)
        _property(column.values.get(CRM), portal, problems, column.text("type"))
    for part in (agreement.part("sources"), agreement.part("verdicts").part("reason")):
        _property(part.values.get(CRM), portal, problems)


def _property(value: object, portal: Portal, problems: Problems, wanted: str | None = None) -> None:
    if not isinstance(value, Scalar):
        return
    of, _, name = value.text.rpartition(".")
    known, prefix = portal.properties.get(of or "contact", {}), f"{of}." if of else ""
    if name not in known:
        near = nearest(name, known)
        found = f"The CRM's {'companies' if of else 'contacts'} have no property called '{name}'."
        expected = (
            "the internal name of a property that the CRM has (Settings, Properties, </> beside its label)"
        )
        problems.add(value, found, expected, nearest=near and prefix + near, example=near and prefix + near)
    elif wanted in FITTING and known[name].type not in FITTING[wanted]:
        _unfit(value, known[name].type, wanted, problems)


def _unfit(value: Scalar, type: str, wanted: str, problems: Problems) -> None:
    fits = next((ours for ours, theirs in FITTING.items() if type in theirs), "string")
    found = f"'{value.text}' is of type {type} in the CRM, and the column is said to be of type {wanted}."
    problems.add(value, found, f"type: {fits}, or another property", example=f"type: {fits}")


def _values(named: Iterable[Scalar], listed: frozenset[str], what: str, problems: Problems) -> None:
    """Only where the CRM lists its values: free text may be anything."""
    for value in named:
        if listed and value.text not in listed:
            near = nearest(value.text, listed)
            some = ", ".join(sorted(listed)[:12]) + (", ..." if len(listed) > 12 else "")
            found = f"The CRM has no {what} '{value.text}'."
            problems.add(value, found, f"an internal value that it has: {some}", nearest=near, example=near)
