"""Privacy deletions: a record that is in no list, archive, batch read or merge leaves every raw table too.

Its id stays in `purged_records`, for the later stages to do the same. A purge that was cut off is finished by
the next run; a record that is read again was not purged in the CRM, and its id is forgotten here.
"""

from datetime import datetime

import pyarrow as pa

from extract.stored import quoted
from extract.values import INSTANT
from warehouse import Warehouse

PURGED = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("purged_at", INSTANT),
    ]
)
FEW = 10  # fewer than these are believed whatever their share
SHARE = 0.001
_OWNED = (
    ("property_history", "object_type", "object_id"),
    ("cut_histories", "object_type", "object_id"),
    ("unfit_values", "object_type", "object_id"),
    ("associations", "from_type", "from_id"),
    ("associations", "to_type", "to_id"),
    ("merged_records", "object_type", "winner_id"),
)


def is_believable(vanished: int, records: int) -> bool:
    """Whether so many of `records` may have been deleted: a token that lost a scope looks the same."""
    return vanished < FEW or vanished <= records * SHARE


def purged_table(kind: str, ids: list[str], at: datetime) -> pa.Table:
    """Rows of `purged_records`."""
    rows = [{"object_type": kind, "id": one, "purged_at": at} for one in ids]
    return pa.Table.from_pylist(rows, schema=PURGED)


def forget_returned(warehouse: Warehouse, kinds: list[str]) -> None:
    """Take those out of `purged_records` that the CRM has after all."""
    with warehouse.connect() as connection:
        for kind in kinds:
            connection.execute(
                f"""delete from {quoted("purged_records")}
                where object_type = ? and id in (select id from {quoted(kind)})""",
                [kind],
            )


def purge(warehouse: Warehouse, kinds: list[str]) -> None:
    """Remove all that raw tables hold of the purged records, and of those that were merged into them."""
    purged = f"select id from {quoted('purged_records')} where object_type = ?"
    losers = (
        f"select loser_id from {quoted('merged_records')} where object_type = ? and winner_id in ({purged})"
    )
    with warehouse.connect() as connection:
        for kind in kinds:
            if not connection.execute(purged, [kind]).fetchall():
                continue
            for table, owner, one in _OWNED:
                connection.execute(
                    f"""delete from {quoted(table)}
                    where {owner} = ? and ({one} in ({purged}) or {one} in ({losers}))""",
                    [kind] * 4,
                )
            connection.execute(f"delete from {quoted(kind)} where id in ({purged})", [kind])
