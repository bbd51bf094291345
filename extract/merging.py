"""Merged records: whom each one became, through chains, and their rows gone from the object's table.

The losers' histories stay under their own ids.
"""

from typing import TYPE_CHECKING

from extract.stored import quoted
from warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb

_ROWS = f"select object_type, loser_id, winner_id from {quoted('merged_records')}"
_POINT = f"update {quoted('merged_records')} set winner_id = ? where object_type = ? and loser_id = ?"


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
        for table, owner in (("associations", "from"), ("unfit_values", "object")):
            connection.execute(
                f"delete from {quoted(table)} where {owner}_type = ? and {owner}_id in {losers}", [kind, kind]
            )
        connection.execute(f"delete from {quoted(kind)} where id in {losers}", [kind])
    return gone
