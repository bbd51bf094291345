"""Who last changed what a rule looks at, as far as the CRM's history says."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from expectations.judged import Judgement
from expectations.known import table_exists
from expectations.properties import contact_property
from expectations.sql import instant, text

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement

NOBODY_KNOWN = "select 0 as number, '' as lead_id, '' as changed_by where false"


def create_blame(
    connection: "duckdb.DuckDBPyConnection",
    agreement: "Agreement",
    judged: Iterable[Judgement],
    as_of: datetime,
) -> None:
    """`blame(number, lead_id, changed_by)`: one row for each broken rule whose columns have a history.

    `changed_by` means what it means in `marts.lifecycle_stages`: the owner's id; where no owner
    had a hand in it, the kind of source (IMPORT, INTEGRATION, ...).
    """
    pairs = sorted(
        {
            (j.number, found)
            for j in judged
            for column in j.rule.must.columns
            if (found := contact_property(agreement, column)) is not None
        }
    )
    is_told = pairs and all(
        table_exists(connection, "raw_hubspot", table) for table in ("property_history", "owners")
    )
    connection.execute(
        f"create or replace temp table blame as {_newest(pairs, as_of) if is_told else NOBODY_KNOWN}"
    )


def _newest(pairs: list[tuple[int, str]], as_of: datetime) -> str:
    looked_at = ", ".join(f"({number}, {text(found)})" for number, found in pairs)
    properties = ", ".join(text(found) for found in sorted({found for _, found in pairs}))
    return f"""
with looked_at as (
    select * from (values {looked_at}) as pairs (number, property)
),
owners as (
    select user_id, min(id) as owner_id from raw_hubspot.owners where user_id is not null group by user_id
),
revisions as (
    select
        coalesce(merged.winner_id, history.object_id) as lead_id,
        history.property,
        history.changed_at,
        history.ordinal,
        history.object_id,
        coalesce(owners.owner_id, history.source_type) as changed_by
    from raw_hubspot.property_history as history
    left join owners on owners.user_id = history.updated_by_user_id
    left join checks.merged as merged on merged.loser_id = history.object_id
    where
        history.object_type = 'contacts'
        and history.property in ({properties})
        and history.changed_at <= {instant(as_of)}
),
newest_by_property as (
    select
        revisions.*,
        row_number() over (
            partition by lead_id, property order by changed_at desc, ordinal desc, object_id desc
        ) as place
    from revisions
    where lead_id in (select lead_id from broken)
),
newest_by_rule as (
    select
        broken.number,
        broken.lead_id,
        newest.changed_by,
        row_number() over (
            partition by broken.number, broken.lead_id
            order by newest.changed_at desc, newest.ordinal desc, newest.property
        ) as place
    from broken as broken
    inner join looked_at on looked_at.number = broken.number
    inner join newest_by_property as newest
        on newest.lead_id = broken.lead_id
        and newest.property = looked_at.property
        and newest.place = 1
)
select number, lead_id, changed_by from newest_by_rule where place = 1
"""
