"""A portal's own objects: each is one more entry of the declaration, in the settings."""

from typing import Any

from pydantic import ValidationError

from errors import UsageProblem
from extract.declaration import Declaration, Object
from extract.raw import TABLES

SETTING = "SOURCES__HUBSPOT__OBJECTS"


def with_own(declared: Declaration, entries: dict[str, dict[str, Any]]) -> Declaration:
    """The declaration with the portal's own objects, associated with those of all portals and each other.

    Raises:
        UsageProblem: an entry is not one of an object, its name is taken, or it leads nowhere.
    """
    taken = {one.name for one in declared.objects}
    own = {name: _object(name, entry, taken) for name, entry in entries.items()}
    more = tuple(_associated(one, own, taken) for one in own.values())
    return declared.model_copy(update={"objects": (*declared.objects, *more)})


def _object(name: str, entry: dict[str, Any], taken: set[str]) -> Object:
    if name in taken | TABLES.keys() or not name.isidentifier():
        raise UsageProblem(f"{SETTING}: {name} needs a name of its own, in letters, digits and _.")
    try:
        one = Object.model_validate({"name": name, "path": name} | entry)
    except ValidationError as error:
        wrong = error.errors()[0]
        place = "__".join(str(part).upper() for part in (name, *wrong["loc"]))
        raise UsageProblem(f"{SETTING}__{place}: {wrong['msg']}.") from None
    return one


def _associated(one: Object, own: dict[str, Object], taken: set[str]) -> Object:
    links = []
    for link in one.associations:
        if link.to not in taken | own.keys():
            others = ", ".join(sorted(taken | own.keys()))
            raise UsageProblem(
                f"{SETTING}: {one.name} has an association to {link.to}, and not to one of {others}."
            )
        path = own[link.to].path if link.to in own else None
        links.append(link.model_copy(update={"path": path}))
    return one.model_copy(update={"associations": tuple(links)})
