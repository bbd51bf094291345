"""Property histories: one row per revision, in the CRM's order."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.definitions import Shape
from extract.values import INSTANT, instants

OLDEST = "oldest_revisions"

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


def history_tables(records: list[dict[str, Any]], shape: Shape) -> dict[str, pa.Table]:
    """`property_history` for what `propertiesWithHistory` brought, which comes newest first.

    `ordinal` counts the revisions of one property in one millisecond, oldest first. Where the portal has
    forgotten some, those of the oldest millisecond may not be all: they are apart, as `oldest_revisions`.
    """
    ids: list[str] = []
    names: list[str] = []
    ordinals: list[int] = []
    oldest: list[bool] = []
    found: list[dict[str, Any]] = []
    for record in records:
        one = str(record["id"])
        for name, versions in (record.get("propertiesWithHistory") or {}).items():
            count = len(versions)
            ids += [one] * count
            names += [name] * count
            found += reversed(versions)
            ordinals += [0] if count == 1 else _ordinals(versions)
            oldest += _oldest(versions) if count >= shape.object.keeps else [False] * count
    table = _table(shape.object.name, ids, names, ordinals, found)
    if not any(oldest):
        return {"property_history": table}
    apart = pa.array(oldest, pa.bool_())
    return {"property_history": table.filter(pc.invert(apart)), OLDEST: table.filter(apart)}


def _table(
    kind: str, ids: list[str], names: list[str], ordinals: list[int], found: list[dict[str, Any]]
) -> pa.Table:
    columns = {
        "object_type": [kind] * len(found),
        "object_id": ids,
        "property": names,
        "changed_at": instants([version["timestamp"] for version in found]),
        "ordinal": pa.array(ordinals, pa.int32()),
        "value": [version.get("value") for version in found],
        "source_type": [version.get("sourceType") for version in found],
        "source_id": [_text(version.get("sourceId")) for version in found],
        "updated_by_user_id": [_text(version.get("updatedByUserId")) for version in found],
    }
    return pa.Table.from_pydict(columns, schema=HISTORY)


def _ordinals(versions: list[dict[str, Any]]) -> list[int]:
    ordinals: list[int] = []
    before = None
    for version in reversed(versions):
        instant = version["timestamp"]
        ordinals.append(ordinals[-1] + 1 if instant == before else 0)
        before = instant
    return ordinals


def _oldest(versions: list[dict[str, Any]]) -> list[bool]:
    first = versions[-1]["timestamp"]
    return [version["timestamp"] == first for version in reversed(versions)]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
