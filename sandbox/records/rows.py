"""One record of the CRM: what it was created with, and every change to it, replayed up to an instant."""

from bisect import bisect_right, insort_right
from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple

from sandbox.instants import to_iso
from sandbox.records.fate import Fate, State, fate_at
from sandbox.staff import Owner

Properties = dict[str, str | None]
WORKFLOW = "53110042"
_AT = itemgetter(0)


class Change(NamedTuple):
    """One revision of one property, as the CRM's history keeps it."""

    at: int
    property: str
    value: str
    source_type: str
    source_id: str | None
    user_id: int | None


def changed(at: int, name: str, value: str, by: Owner | None) -> Change:
    """A change made by a person, or by a workflow when `by` is None."""
    if by is None:
        return Change(at, name, value, "AUTOMATION_PLATFORM", f"enrollmentId:{WORKFLOW}", None)
    return Change(at, name, value, "CRM_UI", f"userId:{by.user_id}", int(by.user_id))


class Kind(NamedTuple):
    """How a type of record is shown: its last-modified property, and what a subject of the story becomes.

    `keeps`: so many revisions of a property are remembered, the newest ones. `late`: properties that no
    record is created with, so that nobody needs to look.
    """

    modified: str
    keeps: int
    base: Callable[[Any], Properties]
    changes: Callable[[Any], list[Change]]
    late: frozenset[str] = frozenset()


class Row:
    """A record of one subject of the story, and what was edited on top of it.

    `changes` are oldest first, as the CRM has them; `fates` say when it was archived, restored and the like.
    """

    __slots__ = ("changes", "created", "fates", "id", "kind", "subject")

    def __init__(self, created: int, kind: Kind, subject: Any) -> None:
        self.id: int = subject.id
        self.created, self.kind, self.subject = created, kind, subject
        self.changes = kind.changes(subject)
        self.fates: tuple[Fate, ...] = ()

    def edit(self, change: Change) -> None:
        """One more revision, after all that are not later."""
        insort_right(self.changes, change, key=_AT)

    def meet(self, fate: Fate) -> None:
        """Something becomes of the record."""
        self.fates = tuple(sorted((*self.fates, fate), key=_AT))

    def fate(self, now: int) -> Fate | None:
        """What has become of it by `now`; None: it lives."""
        return fate_at(self.fates, now) if self.fates else None

    def state(self, now: int) -> State:
        """Where it is to be found at `now`."""
        fate = self.fate(now)
        return fate.state if fate else "live"

    def version(self, now: int) -> tuple[int, int]:
        """Changes whenever its properties do: how many revisions it has by `now`, and ever."""
        return bisect_right(self.changes, now, key=_AT), len(self.changes)

    @property
    def modified(self) -> str:
        """The name of its last-modified property."""
        return self.kind.modified

    def modified_at(self, now: int) -> int:
        """When it was last changed, as of `now`."""
        for change in reversed(self.changes):
            if change.at <= now:
                return max(change.at, self.created)
        return self.created

    def properties(self, now: int) -> Properties:
        """Every property that has a value (or had one: then "") as of `now`."""
        properties = self.kind.base(self.subject)
        for change in self.changes:
            if change.at > now:
                break
            properties[change.property] = change.value
        properties["hs_object_id"] = str(self.id)
        properties[self.kind.modified] = to_iso(self.modified_at(now))
        return properties

    def histories(self, names: tuple[str, ...], properties: Properties, now: int) -> dict[str, list[Change]]:
        """The revisions of some properties as of `now`, newest first and cut short, as the CRM lists them.

        `properties`: the ones of the same instant. What was set at creation has one revision.
        """
        found = self.whole_histories(names, properties, now)
        return {name: revisions[: self.kind.keeps] for name, revisions in found.items()}

    def whole_histories(
        self, names: tuple[str, ...], properties: Properties, now: int
    ) -> dict[str, list[Change]]:
        """The same, with what the CRM has forgotten: newest first, all of them."""
        found: dict[str, list[Change]] = {name: [] for name in names}
        for change in self.changes:
            if change.property in found and change.at <= now:
                found[change.property].append(change)
        is_late = self.kind.late.issuperset(names)
        born = {} if is_late else self.kind.base(self.subject)
        for name, revisions in found.items():
            value = born.get(name) if revisions else properties.get(name)
            if value is not None:
                revisions.insert(0, Change(self.created, name, value, "FORM", None, None))
            revisions.reverse()
        return found
