"""What sqlfluff shows the models in place of dbt: here its variables, beside this file its objects."""

from typing import Any

CONDITION = {"name": "one", "sql": '"employees" >= 250'}
VARIABLES: dict[str, Any] = {
    "crm": "hubspot",
    "timezone": "Australia/Brisbane",
    "currency": "AUD",
    "columns": [
        {"name": "intent", "of": "contact", "property": "recent_conversion_event_name", "type": "string"},
        {"name": "employees", "of": "company", "property": "numberofemployees", "type": "integer"},
    ],
    "stages": ["lead", "marketing_qualified_lead"],
    "stage_values": ["lead", "marketingqualifiedlead"],
    "accepted_stage": "sales_qualified_lead",
    "source_property": "hs_analytics_source",
    "reason_property": "rejection_reason",
    "segments": [CONDITION],
    "lead_types": [CONDITION],
    "exclusions": [CONDITION],
    "commitment_conditions": [{"version": "v1", "commitment": "hot", "sql": '"employees" >= 250'}],
    "quarantine_rules": [
        {
            "rule": "owned",
            "version": "v1",
            "stage": "lead",
            "position": 1,
            "judge": "entry",
            "columns": ["country"],
            "at_entry": [{"name": "owner_id", "property": "hubspot_owner_id", "type": "string"}],
            "sql": '"country" is not null and "owner_id" is not null',
        }
    ],
}


def var(name: str, default: Any = None) -> Any:
    """A variable of the dbt project, as a small agreement would set it."""
    return VARIABLES.get(name, default)
