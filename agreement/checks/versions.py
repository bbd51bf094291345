"""Versions: one at a time, with definitions of stages that are there."""

from agreement.checks import promises, waivers
from agreement.checks.funnel import stage_names
from agreement.checks.names import called, unique, unknown
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems


def check(agreement: Mapping, problems: Problems) -> None:
    """Every version, and all of them beside each other."""
    versions = list(agreement.parts("versions"))
    unique(versions, "version", problems, "`versions`")
    _one_at_a_time(versions, problems)
    for version in versions:
        _rules(version, stage_names(agreement), problems)
        promises.check(version, agreement, problems)
        waivers.check(version, agreement, problems)


def _one_at_a_time(versions: list[Mapping], problems: Problems) -> None:
    begins: dict[str, str] = {}
    for version in versions:
        day, name = version.values.get("effective_from"), called(version, "version", "version")
        if not isinstance(day, Scalar):
            continue
        if day.text in begins:
            problems.add(
                day,
                f"{begins[day.text].capitalize()} takes effect on {day.text}, and so does {name}.",
                "a day of its own for each: one version holds until the next begins",
                example="effective_from: 2027-01-01",
            )
        begins.setdefault(day.text, name)


def _rules(version: Mapping, stages: list[str], problems: Problems) -> None:
    definitions = version.part("definitions")
    for name in definitions.values:
        if stages and name not in stages:
            unknown(definitions.keys[name], "stage", stages, problems)
    rules = [rule for name in definitions.values for rule in definitions.parts(name)]
    unique(rules, "rule", problems, called(version, "version", "version"))
