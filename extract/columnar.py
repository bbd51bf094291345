"""Pages of a list as columns, without a Python object for each value.

What Arrow's reader takes for granted (texts are texts, nobody comes twice, ids are numbers) is checked column
by column; pages of which any of it does not hold are left to `extract.records`, with the same outcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from extract.associations import ASSOCIATIONS
from extract.declaration import Association
from extract.definitions import Shape
from extract.history import of_revisions
from extract.pages import Page
from extract.records import MERGED, Tables, of_columns
from extract.values import instants

_TEXT = pa.string()
_FOLLOWING = pa.struct([("next", pa.struct([("after", _TEXT)]))])
_LINKS = pa.struct(
    [("results", pa.list_(pa.struct([("id", _TEXT), ("type", _TEXT)]))), ("paging", _FOLLOWING)]
)
_REVISIONS = pa.list_(
    pa.struct(
        [
            ("value", _TEXT),
            ("timestamp", _TEXT),
            ("sourceType", _TEXT),
            ("sourceId", _TEXT),
            ("updatedByUserId", pa.int64()),
        ]
    )
)
_MARGIN = 1024


class UnlikeError(Exception):
    """The pages are not as they mostly are."""


@dataclass(frozen=True)
class Columns:
    """The raw tables' rows, and by associated object the records that have more links than came along."""

    tables: Tables
    more_links: dict[str, list[str]]


def columns_of(pages: Sequence[Page], shape: Shape, merged_ids: str) -> Columns | None:
    """The rows of these pages' records; None where they must be read one by one."""
    try:
        return _columns(_records(pages, shape), shape, merged_ids)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, UnlikeError):
        return None


def _records(pages: Sequence[Page], shape: Shape) -> pa.StructArray:
    content = b"\n".join(page.content for page in pages)
    _must(all(page.content for page in pages))
    schema = pa.schema([("results", pa.list_(_record_type(shape)))])
    table = pyarrow.json.read_json(
        pa.BufferReader(content),
        read_options=pyarrow.json.ReadOptions(block_size=len(content) + _MARGIN, use_threads=False),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
    )
    results = table["results"].combine_chunks()
    _must(len(results) == len(pages) and results.null_count == 0)
    records = results.flatten()
    _must(records.null_count == 0)
    return records


def _record_type(shape: Shape) -> pa.DataType:
    one = shape.object
    return pa.struct(
        [
            ("id", _TEXT),
            ("createdAt", _TEXT),
            ("updatedAt", _TEXT),
            ("archived", pa.bool_()),
            ("archivedAt", _TEXT),
            ("properties", pa.struct([(name, _TEXT) for name in shape.properties])),
            ("propertiesWithHistory", pa.struct([(name, _REVISIONS) for name in shape.history])),
            ("associations", pa.struct([(link.to, _LINKS) for link in one.along])),
        ]
    )


def _columns(records: pa.StructArray, shape: Shape, merged_ids: str) -> Columns:
    parts = dict(zip(records.type.names, records.flatten(), strict=True))
    ids, properties = parts["id"], parts["properties"]
    _must(ids.null_count == 0 and properties.null_count == 0)
    _must(pc.all(pc.match_substring_regex(ids, r"^[0-9]+\z")).as_py() is not False)
    _must(pc.count_distinct(ids).as_py() == len(ids))
    values = dict(zip(properties.type.names, properties.flatten(), strict=True))
    own = [
        ids,
        instants(parts["createdAt"]),
        instants(parts["updatedAt"]),
        pc.fill_null(parts["archived"], False),
        instants(parts["archivedAt"]),
    ]
    links, more = _links(ids, parts["associations"], shape)
    tables = of_columns(shape, ids, own, [values[name] for name in shape.properties])
    tables["merged_records"] = _merges(ids, values.get(merged_ids), shape.object.name)
    tables["associations"] = links
    tables |= _history(ids, parts["propertiesWithHistory"], shape)
    return Columns({name: rows for name, rows in tables.items() if rows.num_rows}, more)


def _merges(ids: pa.Array, merged: pa.Array | None, name: str) -> pa.Table:
    rows = []
    if merged is not None:
        told = pc.fill_null(pc.not_equal(merged, ""), False)
        rows = [
            {"object_type": name, "loser_id": loser.strip(), "winner_id": winner}
            for winner, losers in zip(
                ids.filter(told).to_pylist(), merged.filter(told).to_pylist(), strict=True
            )
            for loser in losers.split(";")
            if loser.strip()
        ]
    return pa.Table.from_pylist(rows, schema=MERGED)


def _links(ids: pa.Array, found: pa.StructArray, shape: Shape) -> tuple[pa.Table, dict[str, list[str]]]:
    """Rows of `associations`; the primary one shows twice in a list, and is one row."""
    parts, more = [ASSOCIATIONS.empty_table()], {}
    for association, one in zip(shape.object.along, found.flatten(), strict=True):
        results, paging = one.flatten()
        rows = _rows_of_links(ids, results, association, shape)
        if rows.num_rows:
            parts.append(rows)
        if paging.null_count < len(paging):
            more[association.to] = ids.filter(paging.is_valid()).to_pylist()
    return pa.concat_tables(parts), more


def _rows_of_links(ids: pa.Array, results: pa.ListArray, association: Association, shape: Shape) -> pa.Table:
    to_ids, types = results.flatten().flatten()
    _must(to_ids.null_count == 0)
    mark = association.primary.name if association.primary else None
    from_ids = ids.take(pc.list_parent_indices(results))
    primary = pc.fill_null(pc.equal(types, pa.scalar(mark, _TEXT)), False)
    single = pa.table({"from_id": from_ids, "to_id": to_ids, "is_primary": primary})
    rows = single.group_by(["from_id", "to_id"], use_threads=False).aggregate([("is_primary", "any")])
    columns = {
        "from_type": pa.repeat(shape.object.name, rows.num_rows),
        "from_id": rows["from_id"],
        "to_type": pa.repeat(association.to, rows.num_rows),
        "to_id": rows["to_id"],
        "is_primary": rows["is_primary_any"],
    }
    return pa.Table.from_pydict(columns, schema=ASSOCIATIONS)


def _history(ids: pa.Array, found: pa.StructArray, shape: Shape) -> Tables:
    tables: dict[str, list[pa.Table]] = {}
    for name, lists in zip(shape.history, found.flatten(), strict=True):
        for table, rows in of_revisions(ids, name, lists, shape).items():
            tables.setdefault(table, []).append(rows)
    return {table: pa.concat_tables(parts) for table, parts in tables.items()}


def _must(holds: bool) -> None:
    if not holds:
        raise UnlikeError
