"""What the warehouse already has: the few questions that a night asks of it before it asks the CRM."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from extract.declaration import Association, Object
from extract.parcels import key_of
from extract.placing import DATASET
from warehouse import Warehouse

FETCH = 10_000
LAST_ID = 2**63 - 1
_LIVE = "select {} from {} where not archived and cast(id as bigint) between ? and ?"
Links = dict[tuple[str, str], bool]


def quoted(table: str) -> str:
    """A raw table's full name."""
    return f'{DATASET}."{table}"'


_RANGES = """
with numbered as (
    select cast(id as bigint) as id, row_number() over (order by cast(id as bigint)) as place
    from {}
    where not archived
)
select id from numbered where place % ? = ? order by id
"""
_LINKS = f"""
select records.id, links.to_id, links.is_primary
from {{}} as records
left join {quoted("associations")} as links
    on links.from_id = records.id and links.from_type = ? and links.to_type = ?
where not records.archived
order by records.id
"""


def tables(warehouse: Warehouse) -> dict[str, set[str]]:
    """The raw tables there are, with their columns."""
    found: dict[str, set[str]] = {}
    with warehouse.connect() as connection:
        for table, column in connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = ?", [DATASET]
        ).fetchall():
            found.setdefault(table, set()).add(column)
    return found


def modified_since(warehouse: Warehouse, one: Object, since: datetime) -> dict[str, datetime]:
    """When the live records that changed at `since` or later were modified, by id."""
    with warehouse.connect() as connection:
        rows = connection.execute(
            f"""select id, {one.modified} from {quoted(one.name)}
            where {one.modified} >= ? and not archived""",
            [since],
        )
        return dict(rows.fetchall())


def archived_since(warehouse: Warehouse, one: Object, since: datetime) -> dict[str, datetime]:
    """When the records archived at `since` or later were archived, by id."""
    with warehouse.connect() as connection:
        return dict(
            connection.execute(
                f"select id, archived_at from {quoted(one.name)} where archived and archived_at >= ?", [since]
            ).fetchall()
        )


def live_rows(warehouse: Warehouse, one: Object, low: int = 0, high: int = LAST_ID) -> int:
    """How many records are not archived, of those with ids from `low` to `high`, both included."""
    with warehouse.connect() as connection:
        return int(_one(connection.execute(_LIVE.format("count(*)", quoted(one.name)), [low, high])))


def live_ids(warehouse: Warehouse, one: Object, low: int, high: int) -> set[str]:
    """The ids from `low` to `high`, both included, of records that are not archived."""
    with warehouse.connect() as connection:
        return {
            row[0] for row in connection.execute(_LIVE.format("id", quoted(one.name)), [low, high]).fetchall()
        }


def present_ids(warehouse: Warehouse, one: Object, ids: set[str]) -> set[str]:
    """Which of `ids` there are rows of, archived or not."""
    if not ids:
        return set()
    with warehouse.connect() as connection:
        marks = ", ".join("?" * len(ids))
        rows = connection.execute(f"select id from {quoted(one.name)} where id in ({marks})", sorted(ids))
        return {row[0] for row in rows.fetchall()}


def modified_in(warehouse: Warehouse, one: Object, low: int, high: int) -> dict[str, datetime]:
    """When the live records from `low` to `high`, both included, were modified, by id."""
    columns = f"id, coalesce({one.modified}, updated_at)"
    with warehouse.connect() as connection:
        return dict(connection.execute(_LIVE.format(columns, quoted(one.name)), [low, high]).fetchall())


def id_ranges(
    warehouse: Warehouse, one: Object, size: int, last: int, shift: int = 0
) -> list[tuple[int, int]]:
    """All ids up to ours and the CRM's `last`, in ranges of `size` live records; both ends are included.

    The first range ends before the record in place `shift`, which is less than `size`.
    """
    with warehouse.connect() as connection:
        rows = connection.execute(_RANGES.format(quoted(one.name)), [size, shift]).fetchall()
        ours = connection.execute(_LIVE.format("max(cast(id as bigint))", quoted(one.name)), [0, LAST_ID])
        last = max(last, _one(ours) or 0)
    starts = [0, *(int(row[0]) for row in rows)]
    ends = [start - 1 for start in starts[1:]] + [last]
    return [(low, high) for low, high in zip(starts, ends, strict=True) if low <= high]


def content(warehouse: Warehouse, table: str) -> list[tuple[Any, ...]]:
    """A small table's rows in the order of its key."""
    key = ", ".join(str(place + 1) for place in range(len(key_of(table))))
    with warehouse.connect() as connection:
        return connection.execute(f"select * from {quoted(table)} order by {key}").fetchall()


def links_by_record(
    warehouse: Warehouse, one: Object, association: Association, size: int
) -> Iterator[tuple[list[str], Links]]:
    """Ids of live records, `size` at a time, with the links of theirs that are stored."""
    with warehouse.connect() as connection:
        rows = connection.execute(_LINKS.format(quoted(one.name)), [one.name, association.to])
        ids: list[str] = []
        links: Links = {}
        for one_id, of_record in groupby(_all(rows), itemgetter(0)):
            ids.append(one_id)
            links |= {(one_id, to_id): primary for _, to_id, primary in of_record if to_id is not None}
            if len(ids) == size:
                yield ids, links
                ids, links = [], {}
        if ids:
            yield ids, links


def _all(rows: Any) -> Iterator[tuple[Any, ...]]:
    while some := rows.fetchmany(FETCH):
        yield from some


def _one(rows: Any) -> Any:
    return rows.fetchone()[0]
