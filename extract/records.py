"""Records as the API gives them become Arrow tables: one for the object, and those that hang on it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any

import pyarrow as pa

from extract.associations import ASSOCIATIONS, listed
from extract.definitions import Shape
from extract.history import history_tables
from extract.values import instants, strings, typed

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
    tables = _object_tables(newest, shape) | {
        "merged_records": _merges(newest, shape.object.name, merged_ids),
        "associations": pa.Table.from_pydict(listed(newest, shape.object), schema=ASSOCIATIONS),
    }
    tables |= history_tables(newest, shape)
    return {table: rows for table, rows in tables.items() if rows.num_rows}


def of_columns(
    shape: Shape, ids: pa.Array, own: list[pa.Array], values: Sequence[Sequence[str | None] | pa.Array]
) -> Tables:
    """The object's rows and its `unfit_values`. `own`: the record's own fields; `values`: the properties."""
    arrays = list(own)
    unfit = [UNFIT.empty_table()]
    for column, texts in zip(shape.columns, values, strict=True):
        array, misfits = typed(texts, column.kind)
        arrays.append(array)
        if misfits:
            rows = {
                "object_type": [shape.object.name] * len(misfits),
                "object_id": ids.take(misfits),
                "property": [column.property] * len(misfits),
                "value": strings(texts).take(misfits),
            }
            unfit.append(pa.Table.from_pydict(rows, schema=UNFIT))
    table = pa.Table.from_arrays(arrays, schema=shape.schema)
    return {shape.object.name: table, "unfit_values": pa.concat_tables(unfit)}


def _object_tables(records: list[Record], shape: Shape) -> Tables:
    ids = pa.array([str(record["id"]) for record in records], pa.string())
    own = [
        ids,
        instants([record.get("createdAt") for record in records]),
        instants([record.get("updatedAt") for record in records]),
        pa.array([bool(record.get("archived")) for record in records], pa.bool_()),
        instants([record.get("archivedAt") for record in records]),
    ]
    return of_columns(
        shape, ids, own, _columns([record["properties"] for record in records], shape.properties)
    )


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
