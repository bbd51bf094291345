"""Property histories: one row per revision, in the CRM's order."""

from typing import Any

import pyarrow as pa

from extract.definitions import Shape
from extract.values import INSTANT, instants

HISTORY = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("object_id", pa.string(), nullable=False),
        pa.field("property", pa.string(), nullable=False),
        pa.field("changed_at", INSTANT, nullable=False),
        pa.field("ordinal", pa.int32(), nullable=False),
        pa.field("value", pa.string()),
        pa.field("source_type", pa.string()),
        pa.field("source_id", pa.string()),
        pa.field("updated_by_user_id", pa.string()),
    ]
)


def revisions(records: list[dict[str, Any]], shape: Shape) -> dict[str, Any]:
    """Columns of `property_history` for what `propertiesWithHistory` brought, newest first as it comes.

    `ordinal` counts the revisions of one property in one millisecond, oldest first.
    """
    ids: list[str] = []
    names: list[str] = []
    ordinals: list[int] = []
    found: list[dict[str, Any]] = []
    for record in records:
        one = str(record["id"])
        for name, versions in (record.get("propertiesWithHistory") or {}).items():
            count = len(versions)
            ids += [one] * count
            names += [name] * count
            found += reversed(versions)
            ordinals += [0] if count == 1 else _ordinals(versions)
    return {
        "object_type": [shape.object.name] * len(found),
        "object_id": ids,
        "property": names,
        "changed_at": instants([version["timestamp"] for version in found]),
        "ordinal": pa.array(ordinals, pa.int32()),
        "value": [version.get("value") for version in found],
        "source_type": [version.get("sourceType") for version in found],
        "source_id": [_text(version.get("sourceId")) for version in found],
        "updated_by_user_id": [_text(version.get("updatedByUserId")) for version in found],
    }


def _ordinals(versions: list[dict[str, Any]]) -> list[int]:
    ordinals: list[int] = []
    before = None
    for version in reversed(versions):
        instant = version["timestamp"]
        ordinals.append(ordinals[-1] + 1 if instant == before else 0)
        before = instant
    return ordinals


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
