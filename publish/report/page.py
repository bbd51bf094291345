"""The page: every section's figures, written through templates that escape what they are given."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.manifest import Contents, fingerprint, version_in_force
from publish.report import (
    charts,
    commitments,
    digest,
    explore,
    formats,
    funnel,
    handoffs,
    moves,
    pace,
    quality,
    scores,
)
from publish.report.promises import Promises
from publish.report.source import Row, Source, open_source

if TYPE_CHECKING:
    from jinja2 import Environment

    from agreement.model import Agreement
    from project import Run

HERE = Path(__file__).parent
FORMATS = (
    "words",
    "lower_words",
    "number",
    "percent",
    "points",
    "signed",
    "duration",
    "business",
    "day",
    "observed",
)


@dataclass(frozen=True)
class Page:
    """What a page says besides figures: definitions, whose *now* it is, and what was refused and why.

    `lead_page` is the address of a lead in the CRM up to its id; None: leads are not links.
    """

    agreement: "Agreement"
    run: "Run"
    contents: Contents
    lead_page: str | None = None


def write(page: Page, database: Path, file: Path) -> None:
    """Write the report of the publication whose DuckDB file is `database` to `file`; a digest beside it."""
    agreement, contents = page.agreement, page.contents
    standing = contents.marts_from
    as_of = (standing.marts_as_of if standing else None) or page.run.as_of
    stages = [stage.stage for stage in agreement.stages]
    with open_source(database, as_of, agreement.timezone, stages) as source:
        said = _gather(source, agreement, as_of)
    said |= {"contents": contents, "run": page.run, "marts_as_of": as_of}
    environment = _environment(agreement, page.lead_page)
    file.write_text(environment.get_template("page.html.j2").render(said), encoding="utf-8")
    digest.write(said, environment, file.parent)


def _gather(source: Source, agreement: "Agreement", as_of: datetime) -> dict[str, Any]:
    promises = Promises(agreement)
    version = version_in_force(agreement, as_of)
    said: dict[str, Any] = {"agreement": agreement, "promises": promises, "version": version}
    said["fingerprint"] = fingerprint(agreement)
    said |= dict.fromkeys(
        ("sides", "funnel", "responses", "months", "pending", "rules", "violations", "moves")
    )
    if source.has("marts.sla_compliance"):
        said["sides"] = commitments.sides(source, promises, version.version if version else None)
        said["slices"] = commitments.slices(source) if source.has("marts.leads") else {}
        said["headline"] = commitments.headline(said["sides"])
    if source.has("marts.sla_compliance", "audit.publication_changes"):
        said["moves"] = moves.moves(source)
    if source.has("marts.leads", "marts.lifecycle_stages"):
        said["funnel"] = funnel.read(source)
    if source.has("marts.leads", "marts.lead_handoffs"):
        said |= _gather_handoffs(source, promises, version)
    explorable = explore.rows(source, promises)
    said["explore_rows"] = explore.as_json(explorable) if explorable else None
    said |= _gather_scores(source, promises)
    if source.has("audit.rule_results"):
        said["rules"] = quality.rules(source, promises)
    if source.has("audit.lead_quality_violations"):
        said["violations"] = quality.violations(source)
    return said | _gather_evidence(source)


def _rep_targets(source: Source, promises: Promises) -> list[Row]:
    if not source.has("marts.sla_compliance", "marts.leads"):
        return []
    return [row | {"pace": pace.pace(promises, row)} for row in source.rows("rep_targets")]


def _gather_scores(source: Source, promises: Promises) -> dict[str, Any]:
    agreement = promises.agreement
    stages = [stage.stage for stage in agreement.stages]
    return {
        "scorecards": scores.scorecards(source),
        "reps": source.rows("rep_weeks") if source.has("marts.rep_weeks") else [],
        "rep_targets": _rep_targets(source, promises),
        "broadcasts": source.rows("broadcasts") if source.has("marts.broadcasts") else [],
        "broadcasts_best": source.rows("broadcasts_best") if source.has("marts.broadcasts") else [],
        "spots": source.rows("weak_spots") if source.has("marts.weak_spots") else [],
        "cohorts": scores.cohorts(source, stages) if source.has("marts.funnel_cohorts") else [],
    }


def _gather_handoffs(source: Source, promises: Promises, version: Any) -> dict[str, Any]:
    responses = handoffs.responses(source, promises, version)
    months = handoffs.by_month(source)
    return {
        "responses": [(response, charts.response_chart(response)) for response in responses],
        "months": months,
        "verdict_chart": charts.verdict_chart(months) if months else None,
        "reasons": source.rows("rejection_reasons"),
        "pending": source.rows("pending"),
        "late": source.rows("late_by_owner"),
        "unanswered": handoffs.by_owner(source, "unanswered"),
        "too_few": handoffs.by_owner(source, "too_few_attempts"),
        "routing": source.rows("routing_months"),
    }


def _gather_evidence(source: Source) -> dict[str, Any]:
    asked = {
        "proof": ("sync_proof", "audit.sync_proof"),
        "checks": ("structural_checks", "audit.check_results"),
        "runs": ("runs", "audit.runs"),
        "set_aside": ("set_aside", "marts.leads"),
        "quarantined": ("quarantined", "marts.leads"),
        "freshness": ("freshness", "marts.lead_handoffs"),
    }
    return {name: source.rows(query) if source.has(table) else None for name, (query, table) in asked.items()}


def _environment(agreement: "Agreement", lead_page: str | None) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {name: getattr(formats, name) for name in FORMATS}
    environment.filters["instant"] = partial(formats.instant, timezone=agreement.timezone)
    environment.globals |= {"period": formats.period, "kpi": scores.kpi, "better": scores.better}
    environment.globals["kpi_anchor"] = scores.anchor
    environment.globals["pace"] = pace.pace
    environment.globals |= {"moved_value": moves.value, "moved_by": moves.difference}
    environment.globals["moved_anchor"] = moves.anchor
    environment.globals["named_causes"] = moves.NAMES
    environment.globals["slug"] = formats.slug
    environment.globals["lead_page"] = lead_page
    environment.globals["style"] = Markup((HERE / "style.css").read_text(encoding="utf-8"))  # noqa: S704 -- ours
    script = (HERE / "explore.js").read_text(encoding="utf-8")
    environment.globals["script"] = Markup(script)  # noqa: S704 -- ours
    hashed = hashlib.sha256(script.encode()).digest()
    environment.globals["script_hash"] = base64.b64encode(hashed).decode()
    return environment
