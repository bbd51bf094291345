"""Which rows can simply be added: those that no stored row can be the same as.

A merge costs dlt a second copy of the rows and a look at every stored key; on a first night, which is when it
counts, nothing is there to be merged with.
"""

import pyarrow as pa
import pyarrow.compute as pc

from warehouse import Connection, Warehouse

DATASET = "raw_hubspot"
_OWNERS = {
    "property_history": ("object_type", "object_id"),
    "unfit_values": ("object_type", "object_id"),
    "associations": ("from_type", "from_id"),
}
_ANY_ROW = 'select 1 from {}."{}" where {} limit 1'


def is_new(warehouse: Warehouse, name: str, rows: pa.Table) -> bool:
    """Whether no stored row belongs to a record with an id between the lowest and the highest of `rows`.

    Lists come in the order of ids, so on a first night that is so. Tables whose rows belong to no record that
    is known by an id are never new.
    """
    if name not in _OWNERS and "id" not in rows.schema.names:
        return False
    with warehouse.connect() as connection:
        if not _is_there(connection, name):
            return True
        if name not in _OWNERS:
            return not _holds(connection, name, "id", rows["id"], "true", [])
        kind, owner = _OWNERS[name]
        return not any(
            _holds(
                connection, name, owner, rows[owner].filter(pc.equal(rows[kind], one)), f"{kind} = ?", [one]
            )
            for one in pc.unique(rows[kind]).to_pylist()
        )


def _is_there(connection: Connection, name: str) -> bool:
    found = "select 1 from information_schema.tables where table_schema = ? and table_name = ?"
    return bool(connection.execute(found, [DATASET, name]).fetchall())


def _holds(  # noqa: PLR0913, PLR0917 -- a condition and what it is about
    connection: Connection, name: str, column: str, ids: pa.ChunkedArray, condition: str, values: list[str]
) -> bool:
    ends = pc.min_max(ids).as_py()
    asked = _ANY_ROW.format(DATASET, name, f"{condition} and {column} between ? and ?")
    return bool(connection.execute(asked, [*values, ends["min"], ends["max"]]).fetchall())
