"""What of the agreement shapes the SQL itself, as dbt's variables: they change only when it does."""

from typing import Any

from agreement import Agreement
from transform.commitment_tables import conditions
from transform.quarantine import quarantine_rules


def dbt_vars(agreement: Agreement, dialect: str) -> dict[str, Any]:
    """The variables of the dbt project, for an engine's `dialect` of SQL; JSON values only."""
    return {
        "crm": agreement.crm,
        "timezone": agreement.timezone,
        "currency": agreement.currency,
        "columns": [{"name": name} | column.model_dump() for name, column in agreement.columns.items()],
        "stages": [stage.stage for stage in agreement.stages],
        "stage_values": [value for stage in agreement.stages for value in stage.values],
        "accepted_stage": agreement.verdicts.accepted.stage,
        "source_property": agreement.sources.property,
        "reason_property": agreement.verdicts.reason,
        "segments": [{"name": each.segment, "sql": each.where.sql(dialect)} for each in agreement.segments],
        "lead_types": [
            {"name": each.lead_type, "sql": each.where.sql(dialect)} for each in agreement.lead_types
        ],
        "exclusions": [{"name": each.because, "sql": each.where.sql(dialect)} for each in agreement.exclude],
        "commitment_conditions": conditions(agreement, dialect),
        "quarantine_rules": quarantine_rules(agreement, dialect),
    }
