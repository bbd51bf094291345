"""One record of the CRM: what it was created with, and every change to it, replayed up to an instant."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sandbox.instants import to_iso
from sandbox.staff import Owner

Properties = dict[str, str | None]
WORKFLOW = "53110042"


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
    """How a type of record is shown: its last-modified property, and what a subject of the story becomes."""

    modified: str
    base: Callable[[Any], Properties]
    changes: Callable[[Any], list[Change]]


class Row:
    """A record of one subject of the story. `changes` are oldest first, as the CRM has them."""

    __slots__ = ("changes", "created", "id", "kind", "subject")

    def __init__(self, created: int, kind: Kind, subject: Any) -> None:
        self.id: int = subject.id
        self.created, self.kind, self.subject = created, kind, subject
        self.changes = kind.changes(subject)

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

    def history(self, name: str, now: int) -> list[Change]:
        """The revisions of a property as of `now`, newest first, as the CRM lists them."""
        revisions = [change for change in self.changes if change.property == name and change.at <= now]
        if not revisions and (value := self.kind.base(self.subject).get(name)) is not None:
            revisions = [Change(self.created, name, value, "FORM", None, None)]
        return revisions[::-1]
