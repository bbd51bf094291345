"""What neither lists, nor searches, nor the archive tell: records that vanished, merged or came back unseen.

Three comparisons find them: the count of all, counts by id range, and tonight's pages one by one. What they
question is read by id, archive included, which says what became of each: a record that changed meanwhile is
loaded as it is now, and is no difference.

What that proves. Where the counts of all, or of any range, differ, every id that differs is found tonight. As
many missing as left over in the same range are found when their page comes up; the ranges begin elsewhere
every night, so mostly sooner. So is a record whose change no search ever showed. What is not proved is what
the CRM's search does not know: it lags by minutes, and has no archived records.
"""

from dataclasses import dataclass
from functools import cache, partial
from math import ceil

from extract import auditing, merging, purging, searching, stored
from extract.counting import Difference, Side, difference
from extract.definitions import Shape
from extract.night import Night
from extract.packing import read_by_id
from extract.parcels import Parcel

IDS_A_RANGE = (
    5_000  # at least: a night without a difference costs as much in a large portal as in a small one
)
RANGES = 2  # of such a length that there are so many; they begin within the first one, so one more
_APART = 1_543  # ranges begin so many records further on every night; a prime, so that they begin everywhere


@dataclass(frozen=True)
class Remainder:
    """The ids that still differ once all was tried: the CRM has them, or only we have them.

    `doubted`: so many vanished at once that they may be there all the same; none of them was purged.
    """

    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    doubted: bool = False


def mend(night: Night, shape: Shape, *, just_listed: bool) -> Remainder:
    """Make the live records of one object the CRM's, wherever they are found not to be.

    `just_listed`: this run read them all, so that only a difference in number makes it look closer.
    """
    name, warehouse = shape.object.name, night.warehouse
    vanished = set(night.vanished.get(name, ()))
    differing = Difference()
    if night.counts[name] != stored.live_rows(warehouse, shape.object) or not just_listed:
        differing.add(_in_ranges(night, shape))
    if not just_listed:
        most = auditing.share(night.counts, name)
        differing.add(auditing.compare(night.source, warehouse, shape, night.run.as_of.date(), most))
    live: set[str] = set()
    if questioned := differing.missing | differing.surplus:
        live, gone = _look_again(night, shape, questioned)
        vanished |= gone & differing.surplus
    missing = tuple(sorted(live - stored.present_ids(warehouse, shape.object, live)))
    if not vanished or _purge(night, name, vanished):
        return Remainder(missing)
    return Remainder(missing, tuple(sorted(vanished)), doubted=True)


def _purge(night: Night, name: str, vanished: set[str]) -> bool:
    """Take the records for deleted and remove all of them, unless they are too many to be believed."""
    if not night.purge_confirmed and not purging.is_believable(len(vanished), night.counts[name]):
        return False
    rows = purging.purged_table(name, sorted(vanished), night.run.as_of)
    night.loader.load([Parcel({"purged_records": rows})])
    purging.purge(night.warehouse, [name])
    return True


def _in_ranges(night: Night, shape: Shape) -> Difference:
    """Where counts by id range differ. What all ranges have in sum is known: the last need not be counted."""
    one, client, limits = shape.object, night.source.client, night.source.declared.limits
    ours = stored.live_rows(night.warehouse, one)
    is_equal = ours == night.counts[one.name]
    if is_equal and ours <= IDS_A_RANGE:
        return Difference()
    crm = Side(
        cache(partial(searching.count, client, one)),
        lambda low, high: set(searching.ids_in(client, one, limits, low, high)),
    )
    warehouse = Side(
        partial(stored.live_rows, night.warehouse, one), partial(stored.live_ids, night.warehouse, one)
    )
    size = max(IDS_A_RANGE, ceil(ours / RANGES))
    shift = night.run.as_of.date().toordinal() * _APART % size
    but_last = stored.id_ranges(night.warehouse, one, size, stored.LAST_ID, shift)[:-1]
    if is_equal and all(crm.count(low, high) == warehouse.count(low, high) for low, high in but_last):
        return Difference()
    last = searching.last_id(client, one)
    ranges = stored.id_ranges(night.warehouse, one, size, last, shift)
    return difference(crm, warehouse, ranges, limits.search_page)


def _look_again(night: Night, shape: Shape, questioned: set[str]) -> tuple[set[str], set[str]]:
    """Read questioned records by id: the ids that are live, and those that the CRM knows in no way."""
    name = shape.object.name
    live = list(read_by_id(night.source, shape, sorted(questioned), archived=False))
    unknown = questioned.difference(*(parcel.ids(name) for parcel in live))
    archived = list(read_by_id(night.source, shape, sorted(unknown), archived=True))
    if live or archived:
        night.load(live + archived)
        merging.settle(night.warehouse, [name])
    there = {one for parcel in live if name in parcel.tables for one in parcel.tables[name]["id"].to_pylist()}
    return there & questioned, unknown.difference(*(parcel.ids(name) for parcel in archived))
