"""Commitments: about stages, segments and teams that are there, and not against themselves."""

import re
from collections.abc import Iterator
from decimal import Decimal

from agreement.checks.calendars import teams
from agreement.checks.conditions import reached
from agreement.checks.funnel import stage_names, unique, unknown
from agreement.nodes import Mapping, Node, Scalar
from agreement.problems import Problems
from agreement.quantities import Duration

FORMS = {"month": ("2026-10", 7), "quarter": ("2026-Q4", 7), "week": ("2026-W45", 8), "year": ("2026", 4)}
PATTERNS = {"month": r"\d{4}-\d\d", "quarter": r"\d{4}-Q\d", "week": r"\d{4}-W\d\d", "year": r"\d{4}"}


def check(version: Mapping, agreement: Mapping, problems: Problems) -> None:
    """All commitments of one version."""
    parties = version.part("commitments")
    promised = [one for party in parties.values for one in parties.parts(party)]
    unique(promised, "commitment", problems, f"version '{version.text('version')}'")
    stages = stage_names(agreement)
    for one in promised:
        for key in ("deliver", "deliver_value", "convert"):
            stage = one.values.get(key)
            if isinstance(stage, Scalar) and stages and stage.text not in stages:
                unknown(stage, "stage", stages, problems)
        _schedules(one, problems)
        _parts(one, agreement, problems)
        _attempts(one, problems)
    _responses([one for one in promised if "respond_within" in one.values], problems)


def _schedules(one: Mapping, problems: Problems) -> None:
    per = one.text("per") or "month"
    for schedule in _targets(one):
        if isinstance(schedule, Mapping):
            for name, key in schedule.keys.items():
                if name in schedule.values and not re.fullmatch(PATTERNS[per], name):
                    problems.add(
                        key,
                        f"The target for {name} is not for a {per}, but it is promised per {per}.",
                        f"a {per} such as {FORMS[per][0]}",
                        example=f"target: {{{FORMS[per][0]}: 18}}",
                    )


def _targets(one: Mapping) -> Iterator[Node]:
    if "target" in one.values:
        yield one.values["target"]
    by = one.part("by")
    for kind in by.values:
        yield from by.part(kind).values.values()


def _parts(one: Mapping, agreement: Mapping, problems: Problems) -> None:
    """Targets of slices: of slices that are there, and none above the whole."""
    segments = {part.text("segment") or "" for part in agreement.parts("segments")}
    types = {part.text("lead_type") or "" for part in agreement.parts("lead_types")}
    known = {"segment": segments, "lead_type": types, "team": teams(agreement)}
    by, whole = one.part("by"), one.text("target")
    for kind in by.values:
        slices = by.part(kind)
        for name, target in slices.values.items():
            if kind in known and name not in known[kind] and (known[kind] or kind != "team"):
                unknown(slices.keys[name], kind.replace("_", " "), known[kind], problems)
            if whole and isinstance(target, Scalar) and Decimal(target.text) > Decimal(whole):
                problems.add(
                    target,
                    f"The target for {kind.replace('_', ' ')} '{name}' is {target.text}, more than the"
                    f" {whole} of the whole.",
                    "a part that is not more than the whole",
                )


def _attempts(one: Mapping, problems: Problems) -> None:
    attempts, days, within = one.text("attempts"), one.text("across_days"), one.text("within")
    if attempts and days and int(days) > int(attempts):
        problems.add(
            one.values["across_days"],
            f"{attempts} attempts cannot be made on {days} different days.",
            "at least one attempt for each day",
        )
    if days and within:
        length = Duration.parse(within)
        if length.unit == "days" and int(days) > length.amount + 1:
            problems.add(
                one.values["across_days"],
                f"There are not {days} different days within {within}.",
                "no more days than the time allows",
            )


def _responses(promised: list[Mapping], problems: Problems) -> None:
    """The first response commitment that fits a handoff counts: one for all must be the last."""
    for place, one in enumerate(promised[:-1]):
        if "where" not in one.values and "where" not in one.keys:
            later = promised[place + 1]
            problems.add(
                later,
                f"No handoff is left for '{later.text('commitment')}': '{one.text('commitment')}' comes"
                " before it and is for all leads.",
                "the one for all leads last: the first that fits counts",
            )
            break
    reached(promised, "commitment", "the commitments", problems)
