"""Properties appear, disappear and change their type: the raw tables follow, and it is said aloud."""

from extract.definitions import Shape
from extract.loading import Loader
from extract.parcels import Cursor
from progress import Progress

_DLT_TYPES = {"text": "text", "number": "decimal", "bool": "bool", "date": "date", "datetime": "timestamp"}
NEW = "new"
FORMER = "former"


def follow(
    loader: Loader, shapes: list[Shape], cursors: dict[str, Cursor], progress: Progress
) -> dict[str, Cursor]:
    """Drop columns that no longer hold; where to go on with each object, given what changed about it.

    An object with a property of another type, one that is back, or a history not kept before, starts again.
    The names of new properties are in the cursor under `new`: records may have had them all along. Under
    `former` are those that went: what comes back may bring values that were cleared, which no search finds.
    """
    return {
        shape.object.name: _follow(loader, shape, cursors.get(shape.object.name, {}), progress)
        for shape in shapes
    }


def _follow(loader: Loader, shape: Shape, cursor: Cursor, progress: Progress) -> Cursor:
    table = shape.object.name
    stored = loader.types(table)
    if not stored:
        return {}
    _drop(loader, shape, stored)
    if not cursor:
        return {}
    before: dict[str, str] = cursor.get("kinds", {})
    now = shape.kinds
    for name in sorted(before.keys() - now.keys()):
        progress.say(f"{table}: the portal has no property {name} any more.")
    retyped = [name for name in sorted(before.keys() & now.keys()) if before[name] != now[name]]
    for name in retyped:
        progress.say(
            f"{table}: {name} was {before[name]} and is {now[name]} now; all {table} are read again."
        )
    former = sorted({*cursor.get(FORMER, ()), *before} - now.keys())
    new = sorted(now.keys() - before.keys())
    back = set(new) & set(cursor.get(FORMER, ()))
    if retyped or back or not set(shape.history) <= set(cursor.get("history", ())):
        return {FORMER: former}
    if new and cursor["listing"]:
        return {FORMER: former}
    if new:
        progress.say(f"{table}: the portal has new properties: {', '.join(new)}.")
    return cursor | {NEW: new, FORMER: former}


def _drop(loader: Loader, shape: Shape, stored: dict[str, str]) -> None:
    wanted = {column.name: _DLT_TYPES[column.kind] for column in shape.columns}
    fixed = set(shape.schema.names) - wanted.keys()
    stale = [name for name in sorted(stored.keys() - fixed) if wanted.get(name) != stored[name]]
    if stale:
        loader.drop_columns(shape.object.name, stale)
