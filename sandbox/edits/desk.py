"""Where records are edited: properties, creation, deletion, merges, associations, definitions.

Everything happens at an instant of the company's clock, given or the clock's own, and stays: a view of an
earlier instant does not show it. `company.truth` knows of none of it; `sandbox.edits.census` does.
"""

from collections.abc import Callable, Iterable, Mapping

from sandbox.crm import Crm
from sandbox.edits.merging import merged_ids, what_a_merge_sets
from sandbox.instants import Instant, as_instant, to_iso
from sandbox.records.fate import Fate
from sandbox.records.kinds import OBJECT_TYPES
from sandbox.records.made import Made, made_row
from sandbox.records.rows import Change, Row, changed
from sandbox.records.schema import Field
from sandbox.staff import Owner

_FIRST_ID, _APART = 200_000_000_000, 1_000_000_000  # made records' ids: beyond the story's, apart by type
_FIELDS = {"string": "text", "number": "number", "bool": "booleancheckbox", "enumeration": "select"}


class Desk:
    """Edits one CRM. `clock` tells the instant of edits that do not name theirs."""

    def __init__(self, crm: Crm, clock: Callable[[], int]) -> None:
        self._crm, self._clock = crm, clock

    def set(  # noqa: PLR0913
        self,
        object_type: str,
        id: int,
        name: str,
        value: str,
        *,
        at: Instant | None = None,
        by: Owner | None = None,
    ) -> None:
        """Give a property a value (`""` clears it): one more revision, and the record counts as modified.

        `by` None: a workflow did it.

        Raises:
            LookupError: the record is not live then, or the object has no such property.
        """
        instant = self._at(at)
        row = self._live(object_type, id, instant)
        self._must_be_defined(object_type, name, instant)
        row.edit(changed(instant, name, value, by))
        self._crm.tables[object_type].touch()

    def set_all(self, object_type: str, name: str, value: str, *, at: Instant | None = None) -> int:
        """Give every live record the value in one millisecond, as an import does; how many there were.

        Raises:
            LookupError: the object has no such property.
        """
        instant = self._at(at)
        self._must_be_defined(object_type, name, instant)
        table = self._crm.tables[object_type]
        rows = table.live(instant)
        for row in rows:
            row.edit(Change(instant, name, value, "IMPORT", "importId:1", None))
        table.touch()
        return len(rows)

    def create(self, object_type: str, properties: Mapping[str, str], *, at: Instant | None = None) -> int:
        """A new record; its id."""
        return self.create_many(object_type, [properties], at=at)[0]

    def create_many(
        self, object_type: str, records: Iterable[Mapping[str, str]], *, at: Instant | None = None
    ) -> list[int]:
        """New records, all created in one millisecond; their ids, ascending.

        Raises:
            LookupError: the object has no property of one of the names.
        """
        instant, table = self._at(at), self._crm.tables[object_type]
        ids = []
        for properties in records:
            for name in properties:
                self._must_be_defined(object_type, name, instant)
            ids.append(table.made[-1].id + 1 if table.made else _first_id(object_type))
            stamp = (
                "createdate"
                if "createdate" in self._crm.catalogue.fields(object_type, instant)
                else "hs_createdate"
            )
            made = Made(ids[-1], instant, {**properties, stamp: to_iso(instant)})
            table.add(made_row(made, table.kind))
        return ids

    def archive(self, object_type: str, id: int, *, at: Instant | None = None) -> None:
        """Delete: for ninety days it is in the archive, then nowhere. Bumps no modified property.

        Raises:
            LookupError: the record is not live then.
        """
        instant = self._at(at)
        self._meet(object_type, self._live(object_type, id, instant), Fate(instant, "archived"))

    def restore(self, object_type: str, id: int, *, at: Instant | None = None) -> None:
        """Bring back from the archive, with its associations. Bumps no modified property either.

        Raises:
            LookupError: the record is not in the archive then.
        """
        instant = self._at(at)
        row = self._crm.tables[object_type].final(id, instant)
        if row is None or row.state(instant) != "archived":
            raise LookupError(f"{object_type} {id} is not in the archive.")
        self._meet(object_type, row, Fate(instant, "live"))

    def erase(self, object_type: str, id: int, *, at: Instant | None = None) -> None:
        """A privacy deletion: gone from lists, the archive, batch reads and search at once, without a trace.

        Raises:
            LookupError: the record is gone already.
        """
        instant = self._at(at)
        row = self._crm.tables[object_type].final(id, instant)
        if row is None or row.state(instant) == "gone":
            raise LookupError(f"{object_type} {id} is gone.")
        self._meet(object_type, row, Fate(instant, "gone"))

    def merge(self, object_type: str, winner: int, loser: int, *, at: Instant | None = None) -> None:
        """Merge two records of a type: the loser's id leads to the winner from now on.

        The winner names it, takes what it lacks itself, the further stage and the associations.

        Raises:
            LookupError: one of them is not live then, or they are one already.
        """
        instant = self._at(at)
        kept, given = (self._live(object_type, id, instant) for id in (winner, loser))
        if kept is given:
            raise LookupError(f"{object_type} {winner} and {loser} are one record.")
        for change in what_a_merge_sets(kept, given, instant):
            kept.edit(change)
        kept.edit(
            Change(
                instant, "hs_merged_object_ids", merged_ids(kept, given, instant), "MERGE_OBJECTS", None, None
            )
        )
        self._crm.graph.merge(instant, kept, given)
        self._meet(object_type, given, Fate(instant, "merged", kept))

    def associate(
        self,
        source: tuple[str, int],
        target: tuple[str, int],
        *,
        primary: bool = False,
        at: Instant | None = None,
    ) -> None:
        """Associate two records, each a type and an id. Bumps no modified property.

        `primary`: the target is now the source's primary one, where HubSpot knows such.

        Raises:
            LookupError: one of them is not live then.
        """
        instant = self._at(at)
        ends = [(kind, self._live(kind, id, instant).id) for kind, id in (source, target)]
        self._crm.graph.join(instant, ends[0], ends[1], primary=primary)

    def dissociate(
        self, source: tuple[str, int], target: tuple[str, int], *, at: Instant | None = None
    ) -> None:
        """Remove every association between two records. Bumps no modified property.

        Raises:
            LookupError: one of them is not live then.
        """
        instant = self._at(at)
        self._crm.graph.part(instant, *(self._live(kind, id, instant) for kind, id in (source, target)))

    def define(self, object_type: str, name: str, kind: str, *, at: Instant | None = None) -> None:
        """A property appears, or changes its type (`kind`); values stay as they are."""
        field = Field(name, kind, _FIELDS.get(kind, "date"))
        self._crm.catalogue.define(self._at(at), object_type, field)

    def drop(self, object_type: str, name: str, *, at: Instant | None = None) -> None:
        """A property disappears, and its values with it.

        Raises:
            LookupError: the object has no such property.
        """
        instant = self._at(at)
        self._must_be_defined(object_type, name, instant)
        self._crm.catalogue.drop(instant, object_type, name)

    def _at(self, at: Instant | None) -> int:
        return self._clock() if at is None else as_instant(at)

    def _live(self, object_type: str, id: int, at: int) -> Row:
        row = self._crm.tables[object_type].get(id, at)
        if row is None:
            raise LookupError(f"{object_type} {id} is not live.")
        return row

    def _must_be_defined(self, object_type: str, name: str, at: int) -> None:
        if name not in self._crm.catalogue.fields(object_type, at):
            raise LookupError(f"{object_type} have no property '{name}'.")

    def _meet(self, object_type: str, row: Row, fate: Fate) -> None:
        row.meet(fate)
        self._crm.tables[object_type].touch()


def _first_id(object_type: str) -> int:
    return _FIRST_ID + _APART * OBJECT_TYPES.index(object_type) + 1
