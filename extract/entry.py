"""The sync: everything on the first night, what changed on later ones, and the proof that all is there."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from agreement import Agreement
from extract import declaration, offered, proof, purging, stored
from extract.client import Client
from extract.loading import Loader
from extract.mending import mend
from extract.merging import settle
from extract.night import Night
from extract.room import roomy
from extract.streams import Source
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
) -> SyncOutcome:
    """Bring `raw_<crm>` up to the CRM and write `audit.sync_proof`.

    `full_refresh` reads every record again; histories that were seen before stay.

    Raises:
        UsageProblem: there is no access token.
        CrmUnreadable: the CRM refuses us or cannot be reached. What arrived is kept; the next run goes on.
    """
    declared = declaration.load(agreement.crm).following(agreement)
    hubspot = settings.sources.hubspot
    with ExitStack() as held:
        client = held.enter_context(Client(hubspot, declared.limits.searches_per_second))
        pool = held.enter_context(ThreadPoolExecutor(WORKERS))
        source = Source(client, declared, pool)
        offer = offered.ask(source)
        loader = Loader(project, warehouse)
        held.enter_context(roomy(warehouse))
        night = Night(source, offer.shapes, warehouse, loader, run, progress, denied=offer.denied)
        if "purged_records" in stored.tables(warehouse):
            purging.purge(warehouse, night.kinds)
        listed = night.load_records({} if full_refresh else loader.cursors)
        settle(warehouse, night.kinds)
        purging.forget_returned(warehouse, night.kinds)
        left = [mend(night, shape) for shape in night.shapes]
        night.load_links(leave_out=listed)
        proof.write(
            warehouse,
            run,
            [
                proof.prove(warehouse, run, shape.object, night.counts[shape.object.name], remainder)
                for shape, remainder in zip(night.shapes, left, strict=True)
            ],
        )
        return SyncOutcome(loader.rows, client.requests, client.quota_of_day)
