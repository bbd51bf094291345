"""Stages, verdicts, departments and columns: each thing in one place only, and in a place that is there."""

from agreement.conditions.columns import AS_OF, FIXED
from agreement.nodes import Mapping, Scalar
from agreement.problems import Problems, nearest
from agreement.words import CRM, MQL


def stage_names(agreement: Mapping) -> list[str]:
    """The stages' names, in order."""
    return [name for stage in agreement.parts("stages") if (name := stage.text("stage"))]


def check(agreement: Mapping, problems: Problems) -> None:
    """Everything about the funnel."""
    _stages(agreement, problems)
    _verdicts(agreement, problems)
    departments = agreement.part("departments")
    once(
        [(owner, f"`{name}`") for name in departments.values for owner in departments.scalars(name)],
        "one department for each team or owner",
        problems,
    )
    for name, key in agreement.part("columns").keys.items():
        if (
            name in FIXED
            or name == AS_OF
            or name in {f"became_{stage}_at" for stage in stage_names(agreement)}
        ):
            problems.add(
                key,
                f"`{name}` is a column that every lead has already.",
                "a name of its own",
                example=f"crm_{name}: ...",
            )


def once(listed: list[tuple[Scalar, str]], expected: str, problems: Problems) -> None:
    """Note what stands in two places; each scalar comes with the words for its place."""
    seen: dict[str, str] = {}
    for scalar, place in listed:
        if scalar.text in seen:
            problems.add(
                scalar, f"'{scalar.text}' is in {place} and already in {seen[scalar.text]}.", expected
            )
        seen.setdefault(scalar.text, place)


def unique(parts: list[Mapping], name: str, problems: Problems, where: str) -> None:
    """Note names that are given twice."""
    seen: dict[str, int] = {}
    for part in parts:
        value = part.values.get(name)
        if isinstance(value, Scalar):
            if value.text in seen:
                problems.add(
                    value,
                    f"There are two called '{value.text}' in {where}; the first is in line"
                    f" {seen[value.text]}.",
                    f"a {name.replace('_', ' ')} of another name, or one of the two",
                )
            seen.setdefault(value.text, value.line)


def _stages(agreement: Mapping, problems: Problems) -> None:
    stages = list(agreement.parts("stages"))
    unique(stages, "stage", problems, "`stages`")
    once(
        [(value, f"the stage '{stage.text('stage')}'") for stage in stages for value in stage.scalars(CRM)],
        "one stage for each value of the CRM",
        problems,
    )
    names = stage_names(agreement)
    if "stages" in agreement.values and MQL not in names:
        near = nearest(MQL, names) or next((one for one in names if one == "mql"), None)
        problems.add(
            agreement.values["stages"],
            f"`stages` has no stage called {MQL}.",
            f"{MQL} among them: it is where marketing hands a lead to sales",
            nearest=(f"{MQL} in place of {near}" if near else None),
            example=f"- {{stage: {MQL}, {CRM}: [...]}}",
        )


def _verdicts(agreement: Mapping, problems: Problems) -> None:
    verdicts = agreement.part("verdicts")
    once(
        [
            (status, f"`{name}`")
            for name in verdicts.values
            for status in verdicts.part(name).scalars("lead_status")
        ],
        "one verdict for each lead status",
        problems,
    )
    stage, names = verdicts.part("accepted").values.get("stage"), stage_names(agreement)
    if not isinstance(stage, Scalar) or MQL not in names:
        return
    above = names[names.index(MQL) + 1 :]
    if stage.text in names and stage.text not in above:
        problems.add(
            stage,
            f"`accepted` is the stage '{stage.text}', which does not come after {MQL}.",
            f"one of: {', '.join(above) or 'a stage after it, which there is not yet'}",
        )
    elif stage.text not in names:
        unknown(stage, "stage", names, problems)


def unknown(
    scalar: Scalar, what: str, known: "list[str] | set[str]", problems: Problems, where: str = ""
) -> None:
    """Note a name that is not there."""
    problems.add(
        scalar,
        f"There is no {what} called '{scalar.text}'{where}.",
        f"one of: {', '.join(known if isinstance(known, list) else sorted(known)) or f'a {what}'}",
        nearest=nearest(scalar.text, known),
    )
