"""What the checks must know besides `leads`: who was merged into whom, which owner is nobody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agreement.model import OwnerRef
from expectations.sql import text

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement


def table_exists(connection: "duckdb.DuckDBPyConnection", schema: str, table: str) -> bool:
    """Whether the warehouse has the table or view."""
    query = "select count(*) from information_schema.tables where table_schema = ? and table_name = ?"
    found = connection.execute(query, [schema, table]).fetchone()
    return bool(found and found[0])


def columns_of(connection: "duckdb.DuckDBPyConnection", schema: str, table: str) -> tuple[str, ...]:
    """The columns of a table, in their order."""
    query = (
        "select column_name from information_schema.columns where table_schema = ? and table_name = ?"
        " order by ordinal_position"
    )
    return tuple(column for (column,) in connection.execute(query, [schema, table]).fetchall())


def create_known(connection: "duckdb.DuckDBPyConnection", agreement: "Agreement") -> None:
    """`checks.merged(loser_id, winner_id)` and `checks.nobody(owner_id)`: queues and deactivated users.

    Where raw lacks a table they are empty; the structural checks refuse such a night.
    """
    merged = "select '' as loser_id, '' as winner_id where false"
    if table_exists(connection, "raw_hubspot", "merged_records"):
        merged = (
            "select loser_id, max(winner_id) as winner_id from raw_hubspot.merged_records"
            " where object_type = 'contacts' group by loser_id"
        )
    connection.execute(f"create view checks.merged as {merged}")
    nobody = "select '' as owner_id where false"
    if table_exists(connection, "raw_hubspot", "owners"):
        queues = owned_by(agreement.unassigned_owners)
        nobody = f"select id as owner_id from raw_hubspot.owners where archived or {queues}"
    connection.execute(f"create view checks.nobody as {nobody}")


def owned_by(refs: Sequence[OwnerRef]) -> str:
    """A condition on `raw_hubspot.owners`: one of `refs`. False for none."""
    owners = [text(ref.name.lower()) for ref in refs if ref.scope == "owner"]
    teams = [text(ref.name) for ref in refs if ref.scope == "team"]
    parts = [f"lower(email) in ({', '.join(owners)}) or lower(id) in ({', '.join(owners)})"] if owners else []
    if teams:
        members = f"select owner_id from raw_hubspot.owner_teams where team_name in ({', '.join(teams)})"
        parts.append(f"id in ({members})")
    return f"({' or '.join(parts) or 'false'})"
