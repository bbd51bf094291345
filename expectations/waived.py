"""Waivers as a table: which leads a rule is waived for, and until when (ruling 36)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from agreement.model import Waiver
from expectations.judged import Judgement
from expectations.sql import day, text

if TYPE_CHECKING:
    import duckdb


def create_waived(connection: "duckdb.DuckDBPyConnection", judged: Iterable[Judgement], today: date) -> None:
    """`checks.waived(number, lead_id, waived_until, is_active)`: one row for each judgement and lead waived.

    A waiver that has run out stays visible with its last day; one that has not begun is not there yet.
    """
    parts = [
        f"select {j.number} as number, leads.lead_id, {day(waiver.until)} as until_on"
        f" from marts.leads as leads where {_whom(waiver)}"
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


def _whom(waiver: Waiver) -> str:
    """A condition on leads: the one that the waiver names, or the one it was merged into since."""
    named = text(str(waiver.lead))
    return (
        f"leads.lead_id = {named}"
        f" or leads.lead_id in (select winner_id from checks.merged where loser_id = {named})"
    )
