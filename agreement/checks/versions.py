"""Versions: one at a time; their rules, commitments and waivers about things that are there."""

from datetime import date

from agreement.checks.calendars import teams
from agreement.checks.funnel import stage_names, unique, unknown
from agreement.checks.promises import check as check_promises
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems


def check(agreement: Mapping, problems: Problems) -> None:
    """Every version, and all of them beside each other."""
    versions = list(agreement.parts("versions"))
    unique(versions, "version", problems, "`versions`")
    begins: dict[str, str] = {}
    for version in versions:
        day, name = version.values.get("effective_from"), version.text("version") or "?"
        if isinstance(day, Scalar):
            if day.text in begins:
                problems.add(
                    day,
                    f"The versions '{begins[day.text]}' and '{name}' both take effect on {day.text}.",
                    "a day of its own for each: one version holds until the next begins",
                )
            begins.setdefault(day.text, name)
        _rules(version, stage_names(agreement), problems)
        check_promises(version, agreement, problems)
        _waivers(version, agreement, problems)


def _rules(version: Mapping, stages: list[str], problems: Problems) -> None:
    definitions = version.part("definitions")
    for name in definitions.values:
        if stages and name not in stages:
            unknown(definitions.keys[name], "stage", stages, problems, " to define")
    rules = [rule for name in definitions.values for rule in definitions.parts(name)]
    unique(rules, "rule", problems, f"version '{version.text('version')}'")


def _waivers(version: Mapping, agreement: Mapping, problems: Problems) -> None:
    definitions, commitments = version.part("definitions"), version.part("commitments")
    known = {
        "rule": {rule.text("rule") or "" for name in definitions.values for rule in definitions.parts(name)},
        "commitment": {
            one.text("commitment") or "" for name in commitments.values for one in commitments.parts(name)
        },
        "segment": {segment.text("segment") or "" for segment in agreement.parts("segments")},
        "team": teams(agreement),
    }
    for waiver in version.parts("waivers"):
        for what, names in known.items():
            named = waiver.values.get(what)
            if isinstance(named, Scalar) and named.text not in names and (names or what != "team"):
                where = f" in version '{version.text('version')}'" if what in ("rule", "commitment") else ""
                unknown(named, what, names, problems, where)
        begins, until = waiver.text("from"), waiver.text("until")
        if begins and until and date.fromisoformat(begins) > date.fromisoformat(until):
            problems.add(
                waiver.values["until"],
                f"The waiver ends on {until}, before it begins on {begins}.",
                "an end that is not before the beginning",
            )
