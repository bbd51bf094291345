"""Records that no story knows of: created by hand on top of it."""

from dataclasses import dataclass, field

from sandbox.records.rows import Change, Kind, Properties, Row


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A record as it was created."""

    id: int
    created_at: int
    properties: Properties = field(default_factory=dict)


def made_row(made: Made, kind: Kind) -> Row:
    """The row of a record made by hand: of its type's kind in all but where its properties come from."""
    return Row(made.created_at, kind._replace(base=_base, changes=_changes, late=frozenset()), made)


def _base(made: Made) -> Properties:
    return dict(made.properties)


def _changes(made: Made) -> list[Change]:
    return []
