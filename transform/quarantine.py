"""Rules that set apart the leads which break them, as SQL over the columns of `leads`."""

from typing import Any

from agreement import Agreement
from agreement.model import Rule

PROPERTIES = {
    "lead_status": "hs_lead_status",
    "owner_id": "hubspot_owner_id",
    "country": "country",
    "email": "email",
    "phone": "phone",
    "referred_by": "referred_by",
}
"""Columns that every agreement has and that are one contact property's value."""


def quarantine_rules(agreement: Agreement, dialect: str) -> list[dict[str, Any]]:
    """The rules with `quarantine: true` in the agreement's order, for dbt's variable of the same name.

    Each is of `rule`, `version`, `stage`, `position` (from 1), `sql`, `columns` (present values that `sql`
    asks about) and `at_entry`: those of which it asks the value at the lead's entry into the stage.
    """
    rules = [
        (version.version, stage, rule)
        for version in agreement.versions
        for stage, rules in version.definitions.items()
        for rule in rules
        if rule.quarantine
    ]
    return [
        {
            "rule": rule.rule,
            "version": version,
            "stage": stage,
            "position": position,
            "sql": rule.must.sql(dialect),
            **_columns(agreement, rule),
        }
        for position, (version, stage, rule) in enumerate(rules, start=1)
    ]


def _columns(agreement: Agreement, rule: Rule) -> dict[str, Any]:
    asked = sorted(rule.must.columns - {"as_of"})
    changing = [_at_entry(agreement, column) for column in asked] if rule.judge == "entry" else []
    at_entry = [each for each in changing if each is not None]
    then = {each["name"] for each in at_entry}
    return {
        "judge": rule.judge,
        "columns": [column for column in asked if column not in then],
        "at_entry": at_entry,
    }


def _at_entry(agreement: Agreement, column: str) -> dict[str, str] | None:
    """How history tells the column; None where it does not, or where it never changes."""
    declared = agreement.columns.get(column)
    if declared is not None and declared.of == "contact":
        return {"name": column, "property": declared.property, "type": declared.type}
    if declared is None and column in PROPERTIES:
        return {"name": column, "property": PROPERTIES[column], "type": "string"}
    return None
