"""The four stages: what each is called, what it needs, and what the ledger is told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from agreement import Agreement
from nightly.ledger import Entry, Ledger
from nightly.safekeeping import keep
from nightly.telemetry import Trace
from progress import Progress
from project import Project, Run
from settings import Settings
from warehouse import Warehouse

if TYPE_CHECKING:
    from expectations import RuleResult

Name = Literal["sync", "build", "check", "publish"]
ORDER: tuple[Name, ...] = ("sync", "build", "check", "publish")


@dataclass
class Night:
    """What the stages work with, and what they find.

    `entry` is the run's row in the ledger, `refusals` what the checks have against publishing,
    `published_before` the id of the publication that stood when the night began; `by_the_clock`: its as_of
    is this machine's time, and nobody's word.
    """

    project: Project
    agreement: Agreement
    warehouse: Warehouse
    settings: Settings
    run: Run
    progress: Progress
    ledger: Ledger
    entry: Entry
    full_refresh: bool = False
    docs: bool = False
    formats: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    confirm_purge: bool = False
    by_the_clock: bool = False
    refusals: tuple[str, ...] = ()
    results: "tuple[RuleResult, ...]" = ()
    published_before: str | None = None
    trace: Trace = field(default_factory=Trace)


def sync(night: Night) -> None:
    """CRM to raw tables."""
    from extract import sync as extract_sync

    outcome = extract_sync(
        night.project,
        night.agreement,
        night.warehouse,
        night.settings,
        night.run,
        night.progress,
        full_refresh=night.full_refresh,
        objects=night.objects,
        confirm_purge=night.confirm_purge,
        by_the_clock=night.by_the_clock,
    )
    night.entry.rows_loaded, night.entry.requests = outcome.rows_loaded, outcome.requests
    night.entry.quota_limit, night.entry.quota_left = outcome.quota_of_day or (None, None)
    night.progress.say(f"Loaded {outcome.rows_loaded:,} rows in {outcome.requests:,} requests.")


def build(night: Night) -> None:
    """Raw tables to marts."""
    from transform import build as transform_build

    transform_build(
        night.project,
        night.agreement,
        night.warehouse,
        night.run,
        night.progress,
        full_refresh=night.full_refresh,
    )
    if night.docs:
        from transform import document

        page = document(night.project, night.agreement, night.warehouse, night.progress)
        night.progress.say(f"What every table and column means: {page}")


def check(night: Night) -> None:
    """Marts to verdicts. What would stop publishing is kept in `refusals`, and in the ledger."""
    from expectations import check as expectations_check

    outcome = expectations_check(night.project, night.agreement, night.warehouse, night.run, night.progress)
    night.refusals, night.results = outcome.refusals, outcome.results
    night.entry.refusals = "\n".join(outcome.refusals) or None


def publish(night: Night) -> None:
    """Marts to what the world sees: a publication, or with `refusals` a refused one."""
    from nightly import leftovers
    from publish import Exports
    from publish import publish as publish_marts
    from publish.folder import MODES

    night.project.publications_dir.mkdir(exist_ok=True)
    night.project.publications_dir.chmod(MODES[night.settings.publish.readable_by][0])
    leftovers.clear(night.project, night.warehouse)
    publication = publish_marts(
        night.project,
        night.agreement,
        night.warehouse,
        night.run,
        night.progress,
        refusals=night.refusals,
        wanted=Exports(night.formats, night.tables),
    )
    night.entry.publication_id = publication.publication_id
    keep(night.project, night.warehouse)


def told(stage: Name, night: Night) -> dict[str, str | int | None]:
    """What a trace hears of a stage that is over: counts, and whose run it was."""
    entry = night.entry
    counts: dict[Name, dict[str, str | int | None]] = {
        "sync": {
            "smarketing.rows_loaded": entry.rows_loaded,
            "smarketing.requests": entry.requests,
            "smarketing.quota_left": entry.quota_left,
        },
        "build": {},
        "check": {
            "smarketing.rules": len(night.results),
            "smarketing.rules_failed": sum(one.verdict != "passed" for one in night.results),
            "smarketing.refusals": len(night.refusals),
        },
        "publish": {"smarketing.publication_id": entry.publication_id},
    }
    return {"smarketing.run_id": entry.run_id} | counts[stage]


WORK: dict[Name, Callable[[Night], None]] = {"sync": sync, "build": build, "check": check, "publish": publish}
