"""Waivers: of what is there, for somebody who is there, and with an end that is not before the beginning."""

from agreement.checks.calendars import teams
from agreement.checks.names import called, unknown
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems


def check(version: Mapping, agreement: Mapping, problems: Problems) -> None:
    """All waivers of one version."""
    here = f" in {called(version, 'version', 'version')}"
    known = {
        "rule": _named(version.part("definitions"), "rule"),
        "commitment": _named(version.part("commitments"), "commitment"),
        "segment": [part.text("segment") or "" for part in agreement.parts("segments")],
        "team": teams(agreement),
    }
    for waiver in version.parts("waivers"):
        for what, names in known.items():
            value = waiver.values.get(what)
            # Without any team in the file, there is nothing to compare a team with.
            if isinstance(value, Scalar) and value.text not in names and (names or what != "team"):
                unknown(value, what, names, problems, here if what in ("rule", "commitment") else "")
        begins, until = waiver.text("from"), waiver.text("until")
        if begins and until and begins > until:
            found = f"The waiver ends on {until}, before it begins on {begins}."
            problems.add(
                waiver.values["until"], found, "an end on or after its beginning", example=f"until: {begins}"
            )
        begun = version.text("effective_from")
        if until and begun and until < begun:
            found = f"The waiver ends on {until}, and its version takes effect on {begun}: it waives nothing."
            expected = "a last day on which the version holds"
            problems.add(waiver.values["until"], found, expected, example=f"until: {begun}")


def _named(groups: Mapping, name: str) -> list[str]:
    return [text for group in groups.values for part in groups.parts(group) if (text := part.text(name))]
