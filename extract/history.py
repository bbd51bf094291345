"""Property histories: one row per revision, in the CRM's order."""

from typing import Any

import numpy as np
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


def of_revisions(ids: pa.Array, name: str, lists: pa.ListArray, shape: Shape) -> dict[str, pa.Table]:
    """The same for one property, whose revisions come as one list for each record of `ids`."""
    owners = pc.list_parent_indices(lists)
    values, stamps, types, sources, users = lists.flatten().flatten()
    if stamps.null_count:
        raise pa.ArrowInvalid("a revision without an instant")
    at = instants(stamps)
    columns = {
        "object_type": pa.repeat(shape.object.name, len(at)),
        "object_id": ids.take(owners),
        "property": pa.repeat(name, len(at)),
        "changed_at": at,
        "ordinal": _places(owners, at),
        "value": values,
        "source_type": types,
        "source_id": sources,
        "updated_by_user_id": pc.cast(users, pa.string()),
    }
    table = pa.Table.from_pydict(columns, schema=HISTORY)
    apart = _oldest_of_long(owners, at, shape.object.keeps)
    if apart is None:
        return {"property_history": table}
    return {"property_history": table.filter(pc.invert(apart)), OLDEST: table.filter(apart)}


def _places(owners: pa.Array, at: pa.Array) -> pa.Array:
    """How many older revisions of the same owner share the instant; the newest come first."""
    count = len(at)
    ties = np.zeros(count, dtype=bool)
    if count > 1:
        ties[:-1] = pc.and_(pc.equal(owners[:-1], owners[1:]), pc.equal(at[:-1], at[1:])).to_numpy(False)
    if not ties.any():
        return pa.array(np.zeros(count, dtype=np.int32))
    here = np.arange(count)
    last = np.flatnonzero(~ties)
    return pa.array((last[np.searchsorted(last, here)] - here).astype(np.int32))


def _oldest_of_long(owners: pa.Array, at: pa.Array, keeps: int) -> pa.Array | None:
    """Which revisions are of the oldest instant of an owner with `keeps` or more; None: nobody has."""
    told = pa.table({"owner": owners, "at": at})
    counted = told.group_by("owner").aggregate([("at", "count"), ("at", "min")])
    long = counted.filter(pc.greater_equal(counted["at_count"], keeps))
    if not long.num_rows:
        return None
    place = pc.index_in(owners, value_set=long["owner"].combine_chunks())
    return pc.fill_null(pc.equal(at, long["at_min"].combine_chunks().take(place)), False)


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
