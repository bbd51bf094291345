"""From a draft to what it would have changed: marts by what is signed and by the draft, on one copy."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from agreement import Agreement
from errors import UsageProblem
from nightly import readiness, signals
from nightly.clock import now, run_id
from nightly.ledger import recent
from nightly.replay.differences import Differences, Since, compare, keep
from nightly.replay.scratch import Scratch, scratch
from progress import Progress
from project import Project, Run
from warehouse import open_warehouse


@dataclass(frozen=True)
class Replay:
    """What `version` of the draft would have changed, had it been in force since a local day.

    `as_of` is *now* of both; `refusals` are the sentences with which the checks would refuse to publish by
    the draft. Both were judged on the same copy of what was synced last.
    """

    version: str
    since: date
    as_of: datetime
    differences: Differences
    refusals: tuple[str, ...]


def replay(project: Project, draft: Agreement, since: date, progress: Progress) -> Replay:
    """Judge everything from the local day `since` on by the newest version of `draft`, at the latest.

    Stages, segments, exclusions and calendars of the draft hold for all of the past, as they always do.

    Raises:
        UsageProblem: nothing has been synced, the agreement is wrong, or `since` lies ahead.
        Locked: a run or another replay is at work.
        RuntimeError: the marts cannot be built by the draft; the message is dbt's.
    """
    found = readiness.configuration(project, ("build",))
    as_of, _ = readiness.standing_on(("build",), recent(project), project)
    begins = _midnight(since, draft.timezone)
    if begins >= as_of:
        raise UsageProblem(f"{since} is not past: what was synced last is as of {as_of} UTC.")
    run = Run(run_id(now()), as_of)
    signed = _grounded(project, found.agreement)
    judged = _grounded(project, in_force_since(draft, since))
    with signals.caught(), scratch(project, open_warehouse(project)) as copy:
        progress.say("Judging by what is signed.")
        _judge(copy, signed, run, progress)
        keep(copy.warehouse)
        progress.say(f"Judging by the draft's {draft.versions[-1].version}.")
        refusals = _judge(copy, judged, run, progress)
        differences = compare(copy.warehouse, Since(since, begins, _day(as_of, draft.timezone)))
    return Replay(draft.versions[-1].version, since, as_of, differences, refusals)


def in_force_since(draft: Agreement, since: date) -> Agreement:
    """The draft as if its newest version had taken effect on `since`, without what would begin after that.

    One that took effect before stays as it is.
    """
    *earlier, newest = draft.versions
    begins = min(since, newest.effective_from)
    before = [version for version in earlier if version.effective_from < begins]
    moved = newest.model_copy(update={"effective_from": begins})
    return draft.model_copy(update={"versions": (*before, moved)})


def _grounded(project: Project, signed: Agreement) -> Agreement:
    """The agreement with the file it names where it is: the copy's folder does not have it."""
    if signed.spend_file is None:
        return signed
    return signed.model_copy(update={"spend_file": str((project.root / signed.spend_file).resolve())})


def _judge(copy: Scratch, by: Agreement, run: Run, progress: Progress) -> tuple[str, ...]:
    """Build and check from the beginning: the ledger of the nights before says nothing here."""
    import expectations
    import transform

    transform.build(copy.project, by, copy.warehouse, run, progress, full_refresh=True)
    with copy.warehouse.connect() as connection:
        connection.execute("drop table if exists audit.lead_quality_violations")
    outcome = expectations.check(copy.project, by, copy.warehouse, run, progress)
    return outcome.refusals


def _midnight(day: date, timezone: str) -> datetime:
    local = datetime.combine(day, time.min, tzinfo=ZoneInfo(timezone))
    return local.astimezone(UTC).replace(tzinfo=None)


def _day(at: datetime, timezone: str) -> date:
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()
