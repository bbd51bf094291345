"""Property definitions: what the portal says its records look like, and the raw table that follows."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from extract.client import Client
from extract.declaration import Object
from extract.values import INSTANT, Kind, arrow_type, kind_of

RECORD_FIELDS = (
    pa.field("id", pa.string(), nullable=False),
    pa.field("created_at", INSTANT),
    pa.field("updated_at", INSTANT),
    pa.field("archived", pa.bool_()),
    pa.field("archived_at", INSTANT),
)
PROPERTIES = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("label", pa.string()),
        pa.field("type", pa.string()),
        pa.field("field_type", pa.string()),
    ]
)


@dataclass(frozen=True)
class Column:
    """A property and the column of the raw table that holds it."""

    property: str
    name: str
    kind: Kind


@dataclass(frozen=True)
class Shape:
    """An object as this portal defines it. `history`: its kept histories, of properties that exist."""

    object: Object
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]
    history: tuple[str, ...]

    @property
    def properties(self) -> list[str]:
        """All property names, sorted."""
        return [column.property for column in self.columns]

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of column of each property."""
        return {column.property: column.kind for column in self.columns}

    @property
    def schema(self) -> pa.Schema:
        """The raw table."""
        typed = [pa.field(column.name, arrow_type(column.kind)) for column in self.columns]
        return pa.schema([*RECORD_FIELDS, *typed])


def read_shape(client: Client, one: Object) -> Shape:
    """Ask the portal for the definitions of `one`."""
    found = client.get(f"/crm/v3/properties/{one.path}")["results"]
    rows = tuple(
        {
            "object_type": one.name,
            "name": entry["name"],
            "label": entry.get("label"),
            "type": entry.get("type"),
            "field_type": entry.get("fieldType"),
        }
        for entry in sorted(found, key=lambda entry: str(entry["name"]))
    )
    columns = tuple(Column(row["name"], _column_name(row["name"]), kind_of(row["type"])) for row in rows)
    known = {row["name"] for row in rows}
    return Shape(one, columns, rows, tuple(name for name in one.history if name in known))


def properties_table(shapes: list[Shape]) -> pa.Table:
    """One row per property of every object, sorted by key."""
    ordered = sorted(shapes, key=lambda shape: shape.object.name)
    return pa.Table.from_pylist([row for shape in ordered for row in shape.rows], schema=PROPERTIES)


def _column_name(name: str) -> str:
    """The property's own name, unless the record's own fields have it."""
    return f"property_{name}" if name in {field.name for field in RECORD_FIELDS} else name
