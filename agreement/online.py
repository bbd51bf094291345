"""What an agreement names and the CRM does not have: problems, in the same words as those of the file."""

from collections.abc import Iterator
from pathlib import Path

from agreement.checks import crm_people, crm_properties
from agreement.nodes import Mapping
from agreement.portal import Portal
from agreement.problems import Problems
from agreement.reader import sound


def check_online(path: Path, portal: Portal) -> tuple[str, ...]:
    """Compare the agreement at `path`, which is sound by itself, with what the CRM has.

    Returns:
        Sentences about what the CRM has and the agreement does not name: not wrong, but worth knowing.

    Raises:
        UsageProblem: it names what is not there, so that figures would be wrong; every place is listed.
    """
    agreement, problems = sound(path), Problems()
    crm_properties.check(agreement, portal, problems)
    crm_people.check(agreement, portal, problems)
    problems.raise_if_any(path)
    return tuple(_notes(agreement, portal))


def _notes(agreement: Mapping, portal: Portal) -> Iterator[str]:
    listed = {value.text for value in crm_properties.lifecycle_values(agreement)}
    if more := sorted(portal.values(crm_properties.LIFECYCLE) - listed):
        yield (
            f"The CRM also has {', '.join(more)}, which no stage of the agreement lists: coming there "
            "changes no stage."
        )
    names = {value.text.partition(":")[2].strip().lower() for value in crm_people.references(agreement)}
    for name in sorted(names & {*portal.former_owners, *portal.former_owners.values()}):
        yield f"{name} is deactivated in the CRM: leads that are still theirs count as nobody's."
