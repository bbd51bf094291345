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
    owners: list[tuple[str, str, int]] = []
    found: list[dict[str, Any]] = []
    for record in records:
        for name, versions in (record.get("propertiesWithHistory") or {}).items():
            before, ordinal = None, 0
            for version in reversed(versions):
                ordinal = ordinal + 1 if version["timestamp"] == before else 0
                before = version["timestamp"]
                owners.append((str(record["id"]), name, ordinal))
                found.append(version)
    return {
        "object_type": [shape.object.name] * len(found),
        "object_id": [owner[0] for owner in owners],
        "property": [owner[1] for owner in owners],
        "changed_at": instants([version["timestamp"] for version in found]),
        "ordinal": pa.array([owner[2] for owner in owners], pa.int32()),
        "value": [version.get("value") for version in found],
        "source_type": [version.get("sourceType") for version in found],
        "source_id": [_text(version.get("sourceId")) for version in found],
        "updated_by_user_id": [_text(version.get("updatedByUserId")) for version in found],
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
