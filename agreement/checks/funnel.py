"""Stages, verdicts, departments and columns: each thing in one place only, and in a place that is there."""

from agreement.checks.names import called, once, unique, unknown
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
    owners = [(owner, f"`{name}`") for name in departments.values for owner in departments.scalars(name)]
    once(owners, "one department for each team or owner", problems)
    became = {f"became_{stage}_at" for stage in stage_names(agreement)}
    for name, key in agreement.part("columns").keys.items():
        if name in FIXED or name == AS_OF or name in became:
            found = f"`{name}` is a column that every lead has already."
            problems.add(
                key, found, "a name of its own", example=f"crm_{name}: {{{CRM}: {name}, type: string}}"
            )


def _stages(agreement: Mapping, problems: Problems) -> None:
    stages = list(agreement.parts("stages"))
    unique(stages, "stage", problems, "`stages`")
    values = [
        (value, called(stage, "stage", "the stage")) for stage in stages for value in stage.scalars(CRM)
    ]
    once(values, "one stage for each value of the CRM", problems)
    names = stage_names(agreement)
    if "stages" in agreement.values and MQL not in names:
        near = nearest(MQL, names) or next((one for one in names if one == "mql"), None)
        problems.add(
            agreement.values["stages"],
            f"`stages` has no stage called {MQL}.",
            f"{MQL} among them: it is where marketing hands a lead to sales",
            nearest=near and f"{MQL} in place of {near}",
            example=f"- {{stage: {MQL}, {CRM}: [marketingqualifiedlead]}}",
        )


def _verdicts(agreement: Mapping, problems: Problems) -> None:
    verdicts = agreement.part("verdicts")
    parts = [(name, verdicts.part(name)) for name in verdicts.values]
    statuses = [(status, f"`{name}`") for name, part in parts for status in part.scalars("lead_status")]
    once(statuses, "one verdict for each lead status", problems)
    stage, names = verdicts.part("accepted").values.get("stage"), stage_names(agreement)
    if not isinstance(stage, Scalar) or MQL not in names:
        return
    above = names[names.index(MQL) + 1 :]
    if stage.text not in names:
        unknown(stage, "stage", above, problems)
    elif stage.text not in above:
        problems.add(
            stage,
            f"`accepted` is the stage '{stage.text}', which does not come after {MQL}.",
            f"one of: {', '.join(above)}" if above else "a stage after it, but there is none",
            example=f"accepted: {{stage: {above[0] if above else 'sales_qualified_lead'}}}",
        )
