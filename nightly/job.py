"""One run: configuration judged, lock held, ledger written, stages in their order, and an honest end."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime

import click

from errors import ChecksFailed, CrmUnreadable
from nightly import heartbeat, logs, readiness, signals, telemetry
from nightly.clock import now
from nightly.ending import close, explained, last_words, of_run, published_id
from nightly.ledger import Entry, Ledger, next_id
from nightly.lock import held, our_name
from nightly.notices import notify
from nightly.privately import private
from nightly.repair import mend
from nightly.secrets import Mask, mask_of
from nightly.stages import WORK, Name, Night, told
from nightly.troubles import plainly
from nightly.watchdog import Watchdog, watched
from progress import Progress
from project import Project, Run

LOG = logging.getLogger(__name__)
# The exit code of a stage that took too long: a slow sync is a CRM that could not be read.
SLOW: dict[Name, int] = {"sync": CrmUnreadable.exit_code, "build": 1, "check": 1, "publish": 1}


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line; `formats` and `tables` are exported when publishing.

    `objects`: only these are refreshed. `confirm_purge`: whatever vanished from the CRM was deleted there.
    """

    stages: tuple[Name, ...]
    as_of: datetime | None = None
    full_refresh: bool = False
    docs: bool = False
    formats: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    confirm_purge: bool = False


def perform(project: Project, wish: Wish, progress: Progress) -> Night:
    """Do the stages of `wish`.

    Returns:
        The night as it ended: its row in the ledger, the publication's folder.

    Raises:
        UsageProblem: something is not configured; the folder is as it was.
        Locked: another run is at work; the folder is as it was.
        CrmUnreadable: the CRM could not be read.
        Stopped: a signal asked it to stop, or it took longer than the settings allow.
        ChecksFailed: the checks refused to publish; every reason is named.
        click.ClickException: anything else, in one sentence that says where the log is.
    """
    found = readiness.configuration(project, wish.stages)
    mask = mask_of(found.settings, found.warehouse)
    with (
        plainly(project.root),
        private(found.warehouse),
        held(project),
        found.warehouse.alone(our_name()),
        signals.caught() as caught,
    ):
        begun = now()
        name = next_id(project, begun)
        with logs.written(project, name, mask):
            said = logs.Recorded(progress, mask)
            trace = telemetry.begun(found.settings, said)
            seen = telemetry.Traced(said, trace)
            mend(project, found.warehouse, begun, seen, syncs=wish.stages[0] == "sync")
            night = replace(_prepared(project, wish, found, seen, (name, begun)), trace=trace)
            return _to_its_end(night, wish, caught, mask)


def _prepared(
    project: Project,
    wish: Wish,
    found: readiness.Configuration,
    progress: Progress,
    start: tuple[str, datetime],
) -> Night:
    name, begun = start
    ledger = Ledger(project, found.warehouse)
    refusals: tuple[str, ...] = ()
    if wish.stages[0] == "sync":
        as_of = wish.as_of or readiness.by_the_clock(begun, ledger.latest())
    else:
        as_of, refusals = readiness.standing_on(wish.stages, ledger.latest(), project)
    entry = Entry(
        name,
        begun,
        as_of=as_of,
        agreement_version=readiness.version_in_force(found.agreement, as_of),
        stages=" ".join(wish.stages),
    )
    run = Run(entry.run_id, as_of)
    return Night(
        project,
        found.agreement,
        found.warehouse,
        found.settings,
        run,
        progress,
        ledger,
        entry,
        full_refresh=wish.full_refresh,
        docs=wish.docs,
        formats=wish.formats,
        tables=wish.tables,
        objects=wish.objects,
        confirm_purge=wish.confirm_purge,
        by_the_clock=wish.as_of is None,
        refusals=refusals,
        published_before=published_id(project),
    )


def _to_its_end(night: Night, wish: Wish, caught: signals.Signals, mask: Mask) -> Night:
    """Do the work and write down what became of it, whatever that is."""
    failure: click.ClickException | None = None
    with watched(caught, lambda stop: last_words(stop, night)) as dog:
        try:
            with dog.within("The run", night.settings.timeouts.run_minutes, "TIMEOUTS__RUN_MINUTES", 1):
                _work(night, wish, dog)
        except BaseException as error:  # noqa: BLE001 -- the ledger is written whatever happens, then it is raised
            caught.ignore()
            failure = explained(error, night, dog.stopped(), mask)
        caught.ignore()
        dog.over()
    close(night, failure)
    notify(night)
    night.trace.end(of_run(night.entry), night.entry.exit_code or 0)
    if failure:
        raise failure
    heartbeat.beat(night.settings.heartbeat, night.progress)
    return night


def _work(night: Night, wish: Wish, dog: Watchdog) -> None:
    for dead in night.ledger.begin(night.entry):
        night.progress.say(f"The run {dead} was killed before it ended; this one makes up for it.")
    for stage in wish.stages:
        minutes = getattr(night.settings.timeouts, f"{stage}_minutes")
        with dog.within(stage.capitalize(), minutes, f"TIMEOUTS__{stage.upper()}_MINUTES", SLOW[stage]):
            _do(stage, night)
        if dog.stopped():
            raise KeyboardInterrupt  # a library swallowed it; this is where we notice
    _judge(night)


def _do(stage: Name, night: Night) -> None:
    started = time.monotonic()
    LOG.info("%s begins", stage)
    with night.progress.track(stage.capitalize()):
        WORK[stage](night)
        night.trace.tell(told(stage, night))
    seconds = time.monotonic() - started
    setattr(night.entry, f"{stage}_seconds", round(seconds, 3))
    night.ledger.write(night.entry)
    night.progress.say(f"{stage.capitalize()} took {seconds:.1f} s.")


def _judge(night: Night) -> None:
    """Raise if the checks found something against publishing, now or, for `publish` alone, before."""
    if night.refusals:
        because = "\n".join(f"  - {refusal}" for refusal in night.refusals)
        raise ChecksFailed(f"The checks refuse to publish; the last certified marts stand.\n{because}")
