"""One night's steps; every one of them may be cut off, and the next run mends it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import chain

from extract import stored, unfit
from extract.audience.reading import Audience
from extract.changing import archived_and_restored, changes, newly_defined, overlap_start
from extract.conveyor import Stream, loads
from extract.definitions import Shape
from extract.drift import follow
from extract.everything import everything
from extract.instants import from_milliseconds
from extract.linking import cut_loose, relink
from extract.loading import Loader
from extract.oldest import with_oldest
from extract.parcels import Cursor, Parcel
from extract.raw import small_tables
from extract.searching import count
from extract.source import Source
from progress import Progress
from project import Run
from warehouse import Warehouse


@dataclass(frozen=True)
class Night:
    """The steps share the CRM, the warehouse and what the portal's definitions say.

    `counts`: the CRM's own, taken as each object's stream ended. `vanished`: ids that left the archive early.
    `denied`: what is optional and could not be read, and why. `purge_confirmed`: what vanished was deleted.
    """

    source: Source
    shapes: list[Shape]
    warehouse: Warehouse
    loader: Loader
    run: Run
    progress: Progress
    counts: dict[str, int] = field(default_factory=dict)
    vanished: dict[str, set[str]] = field(default_factory=dict)
    denied: dict[str, str] = field(default_factory=dict)
    purge_confirmed: bool = False

    @property
    def kinds(self) -> list[str]:
        """The names of the objects."""
        return [shape.object.name for shape in self.shapes]

    def load_records(self, cursors: dict[str, Cursor]) -> set[str]:
        """Load all objects side by side; the names of those that this run listed from start to end."""
        places = follow(self.loader, self.shapes, cursors, self.progress)
        present = stored.tables(self.warehouse)
        known = unfit.ids_with_unfit_values(self.warehouse) if "unfit_values" in present else {}
        for shape in self.shapes:
            if shape.object.name in known:
                unfit.forget_former(self.warehouse, shape)
        streams = [partial(small_tables, self.source, self.shapes, self.warehouse, present)]
        audience = Audience(self.source, self.warehouse, self.run.as_of, self.denied)
        streams.append(partial(audience.stream, cursors, present))
        for shape in self.shapes:
            streams.append(partial(self._counted, shape, self._stream(shape, places[shape.object.name])))
        with ExitStack() as bars:
            advance: dict[str, Callable[[int], None]] = {}
            for parcels in loads(streams):
                unfit.forget(self.warehouse, parcels, known)
                self.load(parcels)
                for name, rows in _record_counts(parcels, self.kinds).items():
                    if name not in advance:
                        advance[name] = bars.enter_context(self.progress.track(name))
                    advance[name](rows)
        audience.settle()
        return {name for name, place in places.items() if "listing" not in place}

    def load(self, parcels: list[Parcel]) -> None:
        """Load parcels of records."""
        self.loader.load([with_oldest(self.warehouse, parcel) for parcel in parcels])

    def load_links(self, *, leave_out: set[str]) -> None:
        """Read the associations of all records again, but for those that came with objects just listed."""
        for shape in self.shapes:
            came = shape.object.along if shape.object.name in leave_out else ()
            for association in shape.object.associations:
                if association in came:
                    continue
                fresh, loose = relink(self.source, self.warehouse, shape.object, association)
                if fresh.rows:
                    self.loader.load([fresh])
                cut_loose(self.warehouse, loose)

    def _counted(self, shape: Shape, stream: Callable[[], Stream]) -> Stream:
        yield from stream()
        self.counts[shape.object.name] = count(self.source.client, shape.object)

    def _stream(self, shape: Shape, place: Cursor) -> Callable[[], Stream]:
        if place.get("listing", True):
            return partial(everything, self.source, shape, place)
        limits, one = self.source.declared.limits, shape.object
        searched = from_milliseconds(overlap_start(self.source.declared, place))
        known = stored.modified_since(self.warehouse, one, searched)
        kept = self.run.as_of - timedelta(days=limits.days_archived)
        archived = stored.archived_since(self.warehouse, one, kept)
        vanished = self.vanished.setdefault(one.name, set())
        return lambda: chain(
            newly_defined(self.source, shape, place),
            changes(self.source, shape, place, known),
            archived_and_restored(self.source, shape, archived, vanished),
        )


def _record_counts(parcels: list[Parcel], names: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for parcel in parcels:
        for name in parcel.tables.keys() & names:
            counts[name] = counts.get(name, 0) + parcel.tables[name].num_rows
    return counts
