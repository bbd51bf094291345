"""What neither lists, nor searches, nor the archive tell: records that vanished, merged or came back unseen.

Counts by id range find them; reading them by id says what became of each.
"""

from dataclasses import dataclass

from extract import merging, purging, searching, stored
from extract.counting import Difference, Side, difference
from extract.definitions import Shape
from extract.loading import Parcel
from extract.night import Night
from extract.streams import Source, read_by_id
from warehouse import Warehouse

IDS_A_RANGE = 5_000  # differences in one range may cancel each other out, so the first ones are not too long


@dataclass(frozen=True)
class Remainder:
    """How many records still differ once all was tried: the CRM has them, or only we have them."""

    missing: int = 0
    surplus: int = 0


def mend(night: Night, shape: Shape) -> Remainder:
    """Make the live records of one object the CRM's, where the counts say that they are not."""
    name, warehouse = shape.object.name, night.warehouse
    vanished = set(night.vanished.get(name, ()))
    live: set[str] = set()
    if night.counts[name] != stored.live_rows(warehouse, shape.object):
        differing = _compare(night.source, warehouse, shape)
        live, gone = _look_again(night, shape, differing.missing | differing.surplus)
        vanished |= gone & differing.surplus
    if not vanished:
        return Remainder(missing=len(live - stored.present_ids(warehouse, shape.object, live)))
    believed = purging.is_believable(len(vanished), night.counts[name])
    if believed:
        rows = purging.purged_table(name, sorted(vanished), night.run.as_of)
        night.loader.load([Parcel({"purged_records": rows})])
        purging.purge(warehouse, [name])
    return Remainder(surplus=0 if believed else len(vanished))


def _compare(source: Source, warehouse: Warehouse, shape: Shape) -> Difference:
    """The ids of live records in which the CRM's search and the warehouse differ."""
    one, client, limits = shape.object, source.client, source.declared.limits
    crm = Side(
        lambda low, high: searching.count(client, one, low, high),
        lambda low, high: set(searching.ids_in(client, one, limits, low, high)),
    )
    ours = Side(
        lambda low, high: stored.live_rows(warehouse, one, low, high),
        lambda low, high: stored.live_ids(warehouse, one, low, high),
    )
    ranges = stored.id_ranges(warehouse, one, IDS_A_RANGE, searching.last_id(client, one))
    return difference(crm, ours, ranges, limits.search_page)


def _look_again(night: Night, shape: Shape, questioned: set[str]) -> tuple[set[str], set[str]]:
    """Read records that one side lacks: the ids that are live, and those that the CRM knows in no way."""
    name = shape.object.name
    live = list(read_by_id(night.source, shape, sorted(questioned), archived=False))
    unknown = questioned.difference(*(parcel.ids(name) for parcel in live))
    archived = list(read_by_id(night.source, shape, sorted(unknown), archived=True))
    if live or archived:
        night.load(live + archived)
        merging.settle(night.warehouse, [name])
    there = {one for parcel in live if name in parcel.tables for one in parcel.tables[name]["id"].to_pylist()}
    return there & questioned, unknown.difference(*(parcel.ids(name) for parcel in archived))
