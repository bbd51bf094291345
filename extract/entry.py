"""The sync: everything on the first night, what changed on later ones, and the proof that all is there."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from agreement import Agreement
from extract import again, clock, declaration, offered, proof, purging, stored
from extract.client import Client
from extract.loading import Loader
from extract.mending import Remainder, mend
from extract.merging import settle
from extract.night import Night
from extract.own import with_own
from extract.room import roomy
from extract.source import Source
from progress import Progress
from project import Project, Run
from settings import Settings
from warehouse import Warehouse

WORKERS = 12


@dataclass(frozen=True)
class SyncOutcome:
    """What a sync did: rows written to raw tables, requests sent to the CRM.

    `quota_of_day`: the portal's requests of a day, and how many are left; None where the CRM does not say.
    """

    rows_loaded: int
    requests: int
    quota_of_day: tuple[int, int] | None = None


def sync(  # noqa: PLR0913, PLR0917 -- the stages share one signature
    project: Project,
    agreement: Agreement,
    warehouse: Warehouse,
    settings: Settings,
    run: Run,
    progress: Progress,
    *,
    full_refresh: bool = False,
    objects: tuple[str, ...] = (),
    confirm_purge: bool = False,
    by_the_clock: bool = False,
) -> SyncOutcome:
    """Bring `raw_<crm>` up to the CRM and write `audit.sync_proof`.

    `full_refresh` reads every record again, of all objects or of those named in `objects`; histories that
    were seen before stay. `confirm_purge` removes whatever vanished from the CRM, however much it is.
    `by_the_clock` says that `run.as_of` is this machine's time, which then has to be the CRM's.

    Raises:
        UsageProblem: there is no access token, or no object of such a name.
        WrongClock: it is not the CRM's; nothing was loaded.
        CrmUnreadable: the CRM refuses us or cannot be reached. What arrived is kept; the next run goes on.
    """
    hubspot = settings.sources.hubspot
    declared = with_own(declaration.load(agreement.crm), hubspot.objects).following(agreement)
    again.must_be_known(declared, objects)
    with ExitStack() as held:
        client = held.enter_context(Client(hubspot, declared.limits.searches_per_second))
        pool = held.enter_context(ThreadPoolExecutor(WORKERS))
        source = Source(client, declared, pool)
        offer = offered.ask(source)
        if by_the_clock and client.clocks:
            clock.must_agree(*client.clocks)
        loader = Loader(project, warehouse)
        held.enter_context(roomy(warehouse))
        night = Night(
            source,
            offer.shapes,
            warehouse,
            loader,
            run,
            progress,
            denied=offer.denied,
            purge_confirmed=confirm_purge,
        )
        if "purged_records" in stored.tables(warehouse):
            purging.purge(warehouse, night.kinds)
        places = again.places(loader.cursors, full_refresh=full_refresh, objects=objects)
        listed = night.load_records(places)
        settle(warehouse, night.kinds)
        purging.forget_returned(warehouse, night.kinds)
        left = [mend(night, shape, just_listed=shape.object.name in listed) for shape in night.shapes]
        night.load_links(leave_out=listed)
        _tell(night, left, settings.checks.proof_tolerance)
        return SyncOutcome(loader.rows, client.requests, client.quota_of_day)


def _tell(night: Night, left: list[Remainder], tolerance: int) -> None:
    """Write the proof, and say what in it needs somebody's attention."""
    lines = [
        proof.prove(
            night.warehouse, night.run, shape.object, night.counts[shape.object.name], remainder, tolerance
        )
        for shape, remainder in zip(night.shapes, left, strict=True)
    ]
    lines += [proof.absent(night.run, name, why) for name, why in sorted(night.denied.items())]
    proof.write(night.warehouse, night.run, lines)
    for line in lines:
        if line.verdict == "absent":
            night.progress.say(f"{line.object} are left out, for they are optional: {line.detail}")
        elif line.detail is not None:
            night.progress.say(line.detail)
