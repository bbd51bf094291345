"""The oldest millisecond that the portal still remembers of a property: part of it may be forgotten already.

The places of its revisions among themselves are known only if an earlier night saw them all. If none did,
what came before is unknown: `cut_histories` names the property, and since when its history is whole.
"""

from datetime import datetime
from typing import Any

import pyarrow as pa

from extract.history import HISTORY, OLDEST
from extract.parcels import Parcel
from extract.stored import quoted, tables
from extract.values import INSTANT
from warehouse import Warehouse

CUT = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("object_id", pa.string(), nullable=False),
        pa.field("property", pa.string(), nullable=False),
        pa.field("since", INSTANT),
    ]
)


def with_oldest(warehouse: Warehouse, parcel: Parcel) -> Parcel:
    """The parcel with its oldest revisions among the others, unless we have that millisecond already."""
    if OLDEST not in parcel.tables:
        return parcel
    rows = parcel.tables[OLDEST].to_pylist()
    known = _known(warehouse, rows[0]["object_type"], {row["object_id"] for row in rows})
    fresh = [row for row in rows if (row["object_id"], row["property"], row["changed_at"]) not in known]
    newer = parcel.tables.get("property_history", HISTORY.empty_table())
    table = pa.concat_tables([newer, pa.Table.from_pylist(fresh, schema=HISTORY)])
    others = {name: some for name, some in parcel.tables.items() if name != OLDEST}
    cut = {"cut_histories": _cut(fresh)} if fresh else {}
    return Parcel(others | {"property_history": table} | cut, parcel.cursors)


def _cut(fresh: list[dict[str, Any]]) -> pa.Table:
    own = ("object_type", "object_id", "property")
    since = {tuple(row[name] for name in own): row["changed_at"] for row in fresh}
    rows = [dict(zip(CUT.names, (*key, at), strict=True)) for key, at in since.items()]
    return pa.Table.from_pylist(rows, schema=CUT)


def _known(warehouse: Warehouse, kind: str, ids: set[str]) -> set[tuple[str, str, datetime]]:
    if "property_history" not in tables(warehouse):
        return set()
    with warehouse.connect() as connection:
        marks = ", ".join("?" * len(ids))
        rows = connection.execute(
            f"""select distinct object_id, property, changed_at from {quoted("property_history")}
            where object_type = ? and object_id in ({marks})""",
            [kind, *sorted(ids)],
        )
        return set(rows.fetchall())
