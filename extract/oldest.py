"""The oldest millisecond that the portal still remembers of a property: part of it may be forgotten already.

The places of its revisions among themselves are known only if an earlier night saw them all.
"""

from datetime import datetime

import pyarrow as pa

from extract.history import HISTORY, OLDEST
from extract.loading import Parcel
from extract.stored import quoted, tables
from warehouse import Warehouse


def with_oldest(warehouse: Warehouse, parcel: Parcel) -> Parcel:
    """The parcel with its oldest revisions among the others, unless we have that millisecond already."""
    if OLDEST not in parcel.tables:
        return parcel
    rows = parcel.tables[OLDEST].to_pylist()
    known = _known(warehouse, rows[0]["object_type"], {row["object_id"] for row in rows})
    fresh = [row for row in rows if (row["object_id"], row["property"], row["changed_at"]) not in known]
    table = pa.concat_tables([parcel.tables["property_history"], pa.Table.from_pylist(fresh, schema=HISTORY)])
    others = {name: some for name, some in parcel.tables.items() if name != OLDEST}
    return Parcel(others | {"property_history": table}, parcel.cursors)


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
