"""What BI tools filter and join by, indexed once when a table is first shown."""

from warehouse.names import quoted
from warehouse.postgres.session import Session
from warehouse.postgres.shapes import Column

FILTERED = (
    "lead_id", "owner_id", "stage", "rule", "commitment", "handoff_id", "deal_id", "date", "week", "month",
    "period_start", "cohort_month", "handed_off_at", "touched_at", "sent_on", "run_id",
)  # fmt: skip


def index(session: Session, schema: str, table: str, columns: list[Column]) -> None:
    """One index for each column of the table that is filtered by."""
    for column in columns:
        if column.name in FILTERED:
            name = quoted(f"{table}_{column.name}_idx"[:63])
            session.execute(
                f"create index {name} on {quoted(schema)}.{quoted(table)} ({quoted(column.name)})"
            )
