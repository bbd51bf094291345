"""Teams and owners: only such as the CRM has."""

from collections.abc import Iterator

from agreement.nodes import Mapping, Scalar
from agreement.portal import Portal
from agreement.problems import Problems, nearest


def check(agreement: Mapping, portal: Portal, problems: Problems) -> None:
    """Teams and owners: names and addresses in any case, as the models compare them."""
    people = {**portal.owners, **portal.former_owners}
    known = {"team": portal.teams, "owner": frozenset((*people, *people.values()))}
    for value in references(agreement):
        scope, _, name = value.text.partition(":")
        _somebody(value, scope, name.strip(), known[scope], problems, prefix=f"{scope}:")
    for version in agreement.parts("versions"):
        for waiver in version.parts("waivers"):
            for scope, names in known.items():
                named = waiver.values.get(scope)
                if isinstance(named, Scalar):
                    _somebody(named, scope, named.text, names, problems)


def references(agreement: Mapping) -> Iterator[Scalar]:
    """Everything of the form `team:x` or `owner:x`, in the order of the file's parts."""
    for part in (agreement.part("owner_calendars"), agreement.part("departments")):
        for name in part.values:
            yield from part.scalars(name)
    yield from agreement.scalars("unassigned_owners")


def _somebody(  # noqa: PLR0913, PLR0917 -- a sentence needs its words
    value: Scalar, scope: str, name: str, known: frozenset[str], problems: Problems, prefix: str = ""
) -> None:
    if name.lower() in {one.lower() for one in known}:
        return
    near = nearest(name, known)
    meant = f'"{prefix}{near}"' if near else None
    expected = "a team's name in the CRM" if scope == "team" else "an owner's email address in the CRM"
    problems.add(value, f"The CRM has no {scope} '{name}'.", expected, nearest=meant, example=meant)
