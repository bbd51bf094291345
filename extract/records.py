"""Records as the API gives them become Arrow tables: one for the object, and those that hang on it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

import pyarrow as pa

from extract.associations import ASSOCIATIONS, listed
from extract.definitions import Shape
from extract.history import history_tables
from extract.values import instants, typed

Record = dict[str, Any]
Tables = dict[str, pa.Table]

UNFIT = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("object_id", pa.string(), nullable=False),
        pa.field("property", pa.string(), nullable=False),
        pa.field("value", pa.string()),
    ]
)
MERGED = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("loser_id", pa.string(), nullable=False),
        pa.field("winner_id", pa.string()),
    ]
)


def tables_of(records: Iterable[Record], shape: Shape, merged_ids: str) -> Tables:
    """The raw tables' rows for `records`; where one came twice, its later reading counts."""
    newest = list({str(record["id"]): record for record in records}.values())
    objects, unfit = _object_table(newest, shape)
    name = shape.object.name
    tables = {
        name: objects,
        "unfit_values": unfit,
        "merged_records": _merges(newest, name, merged_ids),
        "associations": pa.Table.from_pydict(listed(newest, shape.object), schema=ASSOCIATIONS),
    }
    tables |= history_tables(newest, shape)
    return {table: rows for table, rows in tables.items() if rows.num_rows}


def _object_table(records: list[Record], shape: Shape) -> tuple[pa.Table, pa.Table]:
    ids = [str(record["id"]) for record in records]
    properties = [record["properties"] for record in records]
    arrays: list[pa.Array] = [
        pa.array(ids, pa.string()),
        instants([record.get("createdAt") for record in records]),
        instants([record.get("updatedAt") for record in records]),
        pa.array([bool(record.get("archived")) for record in records], pa.bool_()),
        instants([record.get("archivedAt") for record in records]),
    ]
    unfit: list[dict[str, Any]] = []
    for column, values in zip(shape.columns, _columns(properties, shape.properties), strict=True):
        array, misfits = typed(values, column.kind)
        arrays.append(array)
        unfit += [
            {
                "object_type": shape.object.name,
                "object_id": ids[at],
                "property": column.property,
                "value": values[at],
            }
            for at in misfits
        ]
    return pa.Table.from_arrays(arrays, schema=shape.schema), pa.Table.from_pylist(unfit, schema=UNFIT)


def _columns(properties: list[dict[str, Any]], names: list[str]) -> Sequence[Sequence[str | None]]:
    """The values by property. The CRM sends every one that was asked for; where it does not, null."""
    if properties and len(names) > 1:
        with suppress(KeyError):
            return list(zip(*map(itemgetter(*names), properties), strict=True))
    return [[one.get(name) for one in properties] for name in names]


def _merges(records: list[Record], name: str, merged_ids: str) -> pa.Table:
    rows = [
        {"object_type": name, "loser_id": loser.strip(), "winner_id": str(record["id"])}
        for record in records
        for loser in (record["properties"].get(merged_ids) or "").split(";")
        if loser.strip()
    ]
    return pa.Table.from_pylist(rows, schema=MERGED)
