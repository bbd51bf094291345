"""The truths that hold between rows and tables of the marts, whatever the company."""

from datetime import datetime
from typing import TYPE_CHECKING

from expectations.sql import instant
from expectations.structural import StructuralCheck, has_columns, no_rows

if TYPE_CHECKING:
    from agreement.model import Agreement

IN_ORDER = """
select lead_id from (
    select
        lead_id, entered_at, exited_at,
        lead(entered_at) over (partition by lead_id order by stay_number) as next_at
    from {batch}
) as stays
where exited_at < entered_at or coalesce(exited_at <> next_at, (exited_at is null) <> (next_at is null))
"""
ONE_CURRENT = """
select lead_id from {batch} group by lead_id having sum(case when is_current then 1 else 0 end) <> 1
"""
SAME_STAGE = """
select leads.lead_id
from (select lead_id, stage, stage_since from {batch} as batch) as leads
left join (select lead_id, stage, entered_at from marts.lifecycle_stages where is_current) as stays
    on stays.lead_id = leads.lead_id
where leads.stage is distinct from stays.stage or leads.stage_since is distinct from stays.entered_at
"""


def leads(agreement: "Agreement", as_of: datetime) -> list[StructuralCheck]:
    """What must hold of `marts.leads`: the agreement's columns, every person once, and its stages."""
    columns = [f"became_{step.stage}_at" for step in agreement.stages] + list(agreement.columns)
    return [
        has_columns("marts", "leads", columns),
        no_rows(
            "reached_stages_are_dated",
            "marts",
            "leads",
            "select lead_id from {batch} where " + _undated(agreement),
            "{unexpected} leads are at a stage that they never reached.",
        ),
        no_rows(
            "every_contact_is_a_lead",
            "marts",
            "leads",
            _missing_people(as_of),
            "{unexpected} contacts of the CRM are not among the leads, or the other way round.",
        ),
        no_rows(
            "stage_is_the_current_stay",
            "marts",
            "leads",
            SAME_STAGE,
            "{unexpected} leads are not at the stage that their history says.",
        ),
    ]


def lifecycle_stages() -> list[StructuralCheck]:
    """What must hold of `marts.lifecycle_stages`: a lead's stays follow on one another, the last is open."""
    table = ("marts", "lifecycle_stages")
    return [
        no_rows(
            "stays_in_order", *table, IN_ORDER, "{unexpected} stays end before they begin or leave a gap."
        ),
        no_rows(
            "one_current_stay", *table, ONE_CURRENT, "{unexpected} leads have no current stay, or several."
        ),
    ]


def deals(as_of: datetime) -> list[StructuralCheck]:
    """What must hold of `marts.deals`: each deal of the CRM at its amount, so totals agree too."""
    theirs = f"select id as deal_id, amount from raw_hubspot.deals where {_counts('deals', as_of)}"
    ours = "select deal_id, cast(original_amount as decimal(38, 10)) as amount from {batch}"
    return [
        no_rows(
            "deals_equal_the_crms",
            "marts",
            "deals",
            f"({ours} except {theirs}) union all ({theirs} except {ours})",
            "{unexpected} deals are not those of the CRM, or not at its amount.",
        )
    ]


def _undated(agreement: "Agreement") -> str:
    return " or ".join(f"(stage = '{s.stage}' and became_{s.stage}_at is null)" for s in agreement.stages)


def _missing_people(as_of: datetime) -> str:
    people = f"select id as lead_id from raw_hubspot.contacts where {_counts('contacts', as_of)}"
    leads = "select lead_id from {batch}"
    return f"({leads} except {people}) union all ({people} except {leads})"


def _counts(objects: str, as_of: datetime) -> str:
    """Which raw records have a row of their own: there by `as_of`, and not merged into another."""
    losers = f"select loser_id from raw_hubspot.merged_records where object_type = '{objects}'"
    return f"created_at <= {instant(as_of)} and id not in ({losers})"
