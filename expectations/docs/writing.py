"""Writes the page: a single file, made from the verdicts, that needs nothing from anywhere.

Great Expectations' own site fetches its styles and scripts from ten places on the internet, so it neither
works offline nor keeps to itself who reads it; and it names expectations rather than rules.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from expectations.docs.rules import RuleDoc, rule_docs
from expectations.judged import Judgement
from expectations.outcome import RuleResult, StructuralResult
from project import Project, Run

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement

HERE = Path(__file__).parent
FOLDER = "data_docs"
"""In `.smarketing` between the check and the publication, which takes it along."""


@dataclass(frozen=True)
class Checked:
    """What one check found: `results` belong to `judged`, in this order; no `refusals`: publishable."""

    judged: Sequence[Judgement]
    results: Sequence[RuleResult]
    structure: Sequence[StructuralResult]
    refusals: Sequence[str]


def write(
    project: Project,
    connection: "duckdb.DuckDBPyConnection",
    agreement: "Agreement",
    run: Run,
    checked: Checked,
) -> None:
    """Put the page of this check in the place of the last one's, in `.smarketing/data_docs`."""
    page = _page(agreement, run, checked, rule_docs(connection, checked.judged, checked.results))
    project.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f"{FOLDER}-", dir=project.state_dir))
    try:
        (making / "index.html").write_text(page, encoding="utf-8")
        shutil.rmtree(project.state_dir / FOLDER, ignore_errors=True)
        making.rename(project.state_dir / FOLDER)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _page(agreement: "Agreement", run: Run, checked: Checked, rules: Sequence[RuleDoc]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["local"] = lambda at: _local(at, agreement.timezone)
    failing = [one for one in checked.structure if one.verdict != "passed"]
    said: dict[str, Any] = {
        "agreement": agreement,
        "run": run,
        "rules": rules,
        "stages": list(dict.fromkeys((one.version, one.stage) for one in rules)),
        "refusals": checked.refusals,
        "failing": failing,
        "tables": _tables(checked.structure),
        "style": Markup((HERE / "style.css").read_text(encoding="utf-8")),  # noqa: S704 -- ours
    }
    return environment.get_template("index.html.j2").render(said)


def _tables(structure: Sequence[StructuralResult]) -> list[tuple[str, list[StructuralResult]]]:
    names = dict.fromkeys(one.table_name for one in structure)
    return [(name, [one for one in structure if one.table_name == name]) for name in names]


def _local(at: datetime, timezone: str) -> str:
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return f"{local.day} {local:%b %Y, %H:%M}"
