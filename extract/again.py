"""What a run reads again from the start, and where it goes on otherwise."""

from difflib import get_close_matches

from errors import UsageProblem
from extract.audience.tables import TABLES
from extract.declaration import Declaration
from extract.parcels import Cursor


def must_be_known(declared: Declaration, names: tuple[str, ...]) -> None:
    """Hold names that somebody typed against what is read.

    Raises:
        UsageProblem: nothing has one of the names.
    """
    known = [*(one.name for one in declared.objects), *TABLES]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise UsageProblem(f"There is no object {name}.{meant} There are: {', '.join(known)}.")


def places(cursors: dict[str, Cursor], *, full_refresh: bool, objects: tuple[str, ...]) -> dict[str, Cursor]:
    """The cursors to go on from: none for what is read again, which is all if no `objects` are named."""
    if not full_refresh:
        return cursors
    return {name: place for name, place in cursors.items() if objects and name not in objects}
