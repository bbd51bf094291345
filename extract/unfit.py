"""Values that do not fit their column stay as text in `unfit_values`, until their record is read again."""

from extract.definitions import Shape
from extract.parcels import Parcel
from extract.stored import quoted
from warehouse import Warehouse


def ids_with_unfit_values(warehouse: Warehouse) -> dict[str, set[str]]:
    """Ids of the records that have values which did not fit, by object."""
    found: dict[str, set[str]] = {}
    with warehouse.connect() as connection:
        rows = connection.execute(f"select distinct object_type, object_id from {quoted('unfit_values')}")
        for kind, one in rows.fetchall():
            found.setdefault(kind, set()).add(one)
    return found


def forget_former(warehouse: Warehouse, shape: Shape) -> None:
    """Remove the unfit values of properties that are no more, or that take any text now."""
    strict = ["", *(column.property for column in shape.columns if column.kind != "text")]
    marks = ", ".join("?" * len(strict))
    with warehouse.connect() as connection:
        connection.execute(
            f"delete from {quoted('unfit_values')} where object_type = ? and property not in ({marks})",
            [shape.object.name, *strict],
        )


def forget(warehouse: Warehouse, parcels: list[Parcel], known: dict[str, set[str]]) -> None:
    """Remove the unfit values of records that are about to be loaded anew; `known` has the ids that have any.

    If the load is then cut off, the records are read again by the next run, and their unfit values with them.
    """
    ids = [
        (kind, one)
        for kind, some in known.items()
        for parcel in parcels
        if kind in parcel.tables
        for one in sorted(some.intersection(parcel.tables[kind]["id"].to_pylist()))
    ]
    if ids:
        with warehouse.connect() as connection:
            connection.executemany(
                f"delete from {quoted('unfit_values')} where object_type = ? and object_id = ?", ids
            )
