"""What dlt is given for one load: a resource for each raw table, and the cursors for its state."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from extract.parcels import Cursor, key_of

if TYPE_CHECKING:
    import dlt

SOURCE = "hubspot"
REPLACED = ("engagement_media", "owner_teams", "pipeline_stages", "properties")


def source(
    schema: "dlt.Schema", tables: dict[str, pa.Table], added: set[str], cursors: dict[str, Cursor]
) -> Any:
    """A dlt source of these tables; of those in `added` no stored row can be the same as one of theirs."""
    import dlt

    def remember() -> Iterator[Any]:  # a generator's module dlt would look for among all files there are
        dlt.current.source_state(SOURCE)["cursors"] = cursors
        yield from ()

    @dlt.source(schema=schema, max_table_nesting=0)
    def hubspot() -> Iterator[Any]:
        yield dlt.resource(remember, name="cursors")
        for name, table in tables.items():
            yield dlt.resource(
                [table],
                name=name,
                primary_key=key_of(name),
                write_disposition="append" if name in added else _disposition(name),
                columns=_hints(table.schema),
            )

    return hubspot()


def _disposition(name: str) -> Any:
    if name in REPLACED:
        return "replace"
    return {"disposition": "merge", "strategy": "delete-insert", "deduplicated": True}


def _hints(schema: pa.Schema) -> Any:
    """dlt takes naive instants for zoned ones unless told."""
    return {
        one.name: {"name": one.name, "data_type": "timestamp", "timezone": False, "precision": 6}
        for one in schema
        if pa.types.is_timestamp(one.type)
    }
