"""Commitments: about stages, segments and teams that are there, and not against themselves."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from agreement.amounts import parse_length
from agreement.checks import reach
from agreement.checks.calendars import teams
from agreement.checks.funnel import stage_names
from agreement.checks.names import called, unique, unknown
from agreement.nodes import Mapping, Node, Scalar, as_written
from agreement.problems import Problems

# How a period of each length is called in a schedule of targets.
FORMS = {"month": "2026-10", "quarter": "2026-Q4", "week": "2026-W45", "year": "2026"}
PATTERNS = {"month": r"\d{4}-\d\d", "quarter": r"\d{4}-Q\d", "week": r"\d{4}-W\d\d", "year": r"\d{4}"}


def check(version: Mapping, agreement: Mapping, problems: Problems) -> None:
    """All commitments of one version."""
    parties, stages = version.part("commitments"), stage_names(agreement)
    promised = [one for party in parties.values for one in parties.parts(party)]
    unique(promised, "commitment", problems, called(version, "version", "version"))
    for one in promised:
        for key in ("deliver", "deliver_value", "convert"):
            stage = one.values.get(key)
            if isinstance(stage, Scalar) and stages and stage.text not in stages:
                unknown(stage, "stage", stages, problems)
        _schedules(one, problems)
        _slices(one, agreement, problems)
        _attempts(one, problems)
    _responses([one for one in promised if "respond_within" in one.values], problems)


def _schedules(one: Mapping, problems: Problems) -> None:
    per = one.text("per") or "month"
    for schedule in _targets(one):
        periods = schedule.keys if isinstance(schedule, Mapping) else {}
        for name, key in periods.items():
            if name in as_written(schedule) and not re.fullmatch(PATTERNS[per], name):
                found = f"The target for {name} is not for a {per}, but it is promised per {per}."
                example = f"target: {{{FORMS[per]}: 18}}"
                problems.add(key, found, f"a {per} such as {FORMS[per]}", example=example)


def _targets(one: Mapping) -> Iterator[Node]:
    if "target" in one.values:
        yield one.values["target"]
    by = one.part("by")
    for kind in by.values:
        yield from by.part(kind).values.values()


def _slices(one: Mapping, agreement: Mapping, problems: Problems) -> None:
    """Targets of slices: of slices that are there, and none above the whole."""
    sorts = {
        name: [part.text(name) or "" for part in agreement.parts(f"{name}s")]
        for name in ("segment", "lead_type")
    }
    known = {**sorts, "team": teams(agreement)}
    by, whole = one.part("by"), one.text("target")
    for kind in by.values:
        slices = by.part(kind)
        for name, target in slices.values.items():
            if kind in known and name not in known[kind] and (known[kind] or kind != "team"):
                unknown(slices.keys[name], kind.replace("_", " "), known[kind], problems)
            if whole and isinstance(target, Scalar) and Decimal(target.text) > Decimal(whole):
                found = (
                    f"The target for {name} is {target.text}, which is more than the {whole} of the whole."
                )
                expected = "parts that are not more than the whole"
                problems.add(target, found, expected, example=f"by: {{{kind}: {{{name}: {whole}}}}}")
        _sum(slices, kind, whole, problems)


def _sum(slices: Mapping, kind: str, whole: str | None, problems: Problems) -> None:
    """Every lead is in one slice of a kind at most: together they cannot be promised more than the whole."""
    parts = [Decimal(one.text) for one in slices.values.values() if isinstance(one, Scalar)]
    if whole and sum(parts) > Decimal(whole) >= max(parts, default=Decimal(0)):
        name = f"{kind.replace('_', ' ')}s"
        found = (
            f"The targets of the {name} add up to {sum(parts)}, which is more than the {whole} of the whole."
        )
        example = f"target: {sum(parts)}"
        problems.add(slices, found, "parts that add up to the whole, or to less", example=example)


def _attempts(one: Mapping, problems: Problems) -> None:
    attempts, days, within = one.text("attempts"), one.text("across_days"), one.text("within")
    if not days:
        return
    if attempts and int(days) > int(attempts):
        found = f"{attempts} attempts cannot be made on {days} different days."
        problems.add(
            one.values["across_days"], found, "no more days than attempts", example=f"across_days: {attempts}"
        )
    length = parse_length(within) if within else None
    # Two whole days can touch three days of the calendar.
    if length and length.unit == "days" and int(days) > length.amount + 1:
        found = f"There are not {days} different days within {within}."
        expected = "no more days than the time allows"
        problems.add(one.values["across_days"], found, expected, example=f"within: {days} business days")


def _responses(promised: list[Mapping], problems: Problems) -> None:
    """The first response commitment that fits a handoff counts: one for all must be the last."""
    for earlier, later in pairwise(promised):
        if "where" not in earlier.values and "where" not in earlier.keys:
            name = earlier.text("commitment")
            left_out = later.text("commitment")
            found = f"No handoff is left for '{left_out}': '{name}' comes before it and is for all."
            expected = "the one for all leads last: the first that fits counts"
            problems.add(later, found, expected, example=f"'{name}' at the end")
            break
    reach.check(promised, "commitment", problems)
