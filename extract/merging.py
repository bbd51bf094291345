"""Merged records: whom each one became, through chains, and their rows gone from the object's table.

The losers' histories stay under their own ids. What was associated with a loser is so with its winner: live
records are read again on every night, but of archived ones the CRM tells no associations any more.
"""

from typing import TYPE_CHECKING

from extract.stored import quoted
from warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb

_ROWS = f"select object_type, loser_id, winner_id from {quoted('merged_records')}"
_POINT = f"update {quoted('merged_records')} set winner_id = ? where object_type = ? and loser_id = ?"

_MOVED = f"""
insert into {quoted("associations")} (from_type, from_id, to_type, to_id, is_primary)
select links.from_type, links.from_id, links.to_type, merged.winner_id,
    max(case when links.is_primary then 1 else 0 end) = 1
from {quoted("associations")} as links
inner join {quoted("merged_records")} as merged
    on links.to_type = merged.object_type and links.to_id = merged.loser_id
where links.to_type = ? and not exists (
    select 1 from {quoted("associations")} as others
    where others.from_type = links.from_type and others.from_id = links.from_id
        and others.to_type = links.to_type and others.to_id = merged.winner_id
)
group by links.from_type, links.from_id, links.to_type, merged.winner_id
"""


def settle(warehouse: Warehouse, objects: list[str]) -> int:
    """Point every loser at its last winner and remove the losers' rows and links; the number of rows gone."""
    with warehouse.connect() as connection:
        rows = connection.execute(_ROWS).fetchall()
        became = {(kind, loser): winner for kind, loser, winner in rows}
        for (kind, loser), winner in became.items():
            last = _last(kind, loser, became)
            if last != winner:
                connection.execute(_POINT, [last, kind, loser])
        return sum(_remove(connection, kind) for kind in objects if any(key[0] == kind for key in became))


def _last(kind: str, loser: str, became: dict[tuple[str, str], str]) -> str:
    met = {loser}
    winner = became[kind, loser]
    while (kind, winner) in became and winner not in met:
        met.add(winner)
        winner = became[kind, winner]
    return winner


def _remove(connection: "duckdb.DuckDBPyConnection", kind: str) -> int:
    losers = f"(select loser_id from {quoted('merged_records')} where object_type = ?)"
    found = connection.execute(f"select count(*) from {quoted(kind)} where id in {losers}", [kind]).fetchone()
    gone = int(found[0]) if found else 0
    if gone:
        connection.execute(_MOVED, [kind])
        for table, owner in (("associations", "from"), ("associations", "to"), ("unfit_values", "object")):
            connection.execute(
                f"delete from {quoted(table)} where {owner}_type = ? and {owner}_id in {losers}", [kind, kind]
            )
        connection.execute(f"delete from {quoted(kind)} where id in {losers}", [kind])
    return gone
