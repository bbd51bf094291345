"""Waivers as a table: which leads a rule is waived for, and until when (ruling 36)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from agreement.model import OwnerRef, Waiver
from expectations.judged import Judgement
from expectations.known import owned_by, table_exists
from expectations.sql import day, text

if TYPE_CHECKING:
    import duckdb


def create_waived(connection: "duckdb.DuckDBPyConnection", judged: Iterable[Judgement], today: date) -> None:
    """`checks.waived(number, lead_id, waived_until, is_active)`: one row for each judgement and lead waived.

    A waiver that has run out stays visible with its last day; one that has not begun is not there yet.
    """
    has_owners = table_exists(connection, "raw_hubspot", "owners")
    parts = [
        f"select {j.number} as number, leads.lead_id, {day(waiver.until)} as until_on"
        f" from marts.leads as leads where {_whom(waiver, has_owners)}"
        for j in judged
        for waiver in j.waivers
        if waiver.from_ is None or waiver.from_ <= today
    ]
    every = (
        " union all ".join(parts)
        or f"select 0 as number, '' as lead_id, {day(today)} as until_on where false"
    )
    connection.execute(
        "create table checks.waived as select number, lead_id, max(until_on) as waived_until,"
        f" max(until_on) >= {day(today)} as is_active from ({every}) as every_waiver group by number, lead_id"
    )


def _whom(waiver: Waiver, has_owners: bool) -> str:
    """A condition on leads: everything the waiver names fits. A lead merged since keeps its waiver."""
    parts = []
    if waiver.lead is not None:
        winner = f"select winner_id from checks.merged where loser_id = {text(waiver.lead)}"
        parts.append(f"(leads.lead_id = {text(waiver.lead)} or leads.lead_id in ({winner}))")
    if waiver.team is not None:
        parts.append(f"leads.owner_team = {text(waiver.team)}")
    if waiver.owner is not None:
        parts.append(_owner(waiver.owner, has_owners))
    if waiver.segment is not None:
        parts.append(f"leads.segment = {text(waiver.segment)}")
    return " and ".join(parts) or "true"


def _owner(owner: str, has_owners: bool) -> str:
    if not has_owners:
        return f"leads.owner_id = {text(owner)}"
    ref = OwnerRef(scope="owner", name=owner)
    return f"leads.owner_id in (select id from raw_hubspot.owners where {owned_by([ref])})"
