"""Which tables there must be, their keys and what they refer to."""

from dataclasses import dataclass

from expectations.structural import StructuralCheck, keyed, refers


@dataclass(frozen=True)
class Table:
    """A table that must exist. `key` and `or_null` are its grain, the latter's columns may be null.

    `references`: column, table and column referred to.
    """

    schema: str
    name: str
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()
    or_null: tuple[str, ...] = ()

    def checks(self) -> list[StructuralCheck]:
        """Its key is there and unique, and what it refers to exists."""
        place = (self.schema, self.name)
        references = [refers(*place, column, to, key) for column, to, key in self.references]
        return [keyed(*place, self.key, self.or_null), *references]


LEAD = ("lead_id", "marts.leads", "lead_id")
OBJECTS = (
    "contacts",
    "companies",
    "deals",
    "calls",
    "emails",
    "meetings",
    "communications",
    "tasks",
    "notes",
    "owners",
)

RAW = (
    *(Table("raw_hubspot", name, ("id",)) for name in OBJECTS),
    Table("raw_hubspot", "associations", ("from_type", "from_id", "to_type", "to_id")),
    Table(
        "raw_hubspot",
        "property_history",
        ("object_type", "object_id", "property", "changed_at", "ordinal"),
    ),
    Table("raw_hubspot", "merged_records", ("object_type", "loser_id")),
)

MARTS = (
    Table("marts", "leads", ("lead_id",)),
    Table("marts", "lifecycle_stages", ("lead_id", "stay_number"), (LEAD,)),
    Table("marts", "touches", ("touch_id",), (LEAD,)),
    Table("marts", "deals", ("deal_id",), (LEAD,)),
    Table("marts", "deal_leads", ("deal_id", "lead_id"), (LEAD, ("deal_id", "marts.deals", "deal_id"))),
    Table("marts", "broadcasts", ("broadcast_id", "sent_on")),
    Table("marts", "lead_handoffs", ("handoff_id",), (LEAD,)),
    Table("marts", "lead_clocks", ("clock_id",), (LEAD, ("handoff_id", "marts.lead_handoffs", "handoff_id"))),
    Table("marts", "lead_owners", ("lead_id", "owned_from"), (LEAD,)),
    Table("marts", "sla_compliance", ("commitment", "period_start", "slice")),
    Table(
        "marts",
        "sla_parts",
        ("commitment", "period_start", "lead_id"),
        (LEAD,),
        ("segment", "source", "lead_type", "owner_id", "team"),
    ),
    Table("marts", "rep_weeks", ("week", "owner_id")),
    Table("marts", "funnel_daily", ("date", "stage"), or_null=("segment", "source")),
    Table("marts", "funnel_cohorts", ("cohort_month", "from_stage"), or_null=("segment", "source")),
    Table("marts", "marketing_scorecard", ("month", "kpi")),
    Table("marts", "sales_scorecard", ("month", "kpi")),
    Table("marts", "weak_spots", ("from_stage", "dimension", "slice")),
)
