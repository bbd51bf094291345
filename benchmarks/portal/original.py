"""The original: a small company's CRM, synced on two evenings by the job's own first stage."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nightly.job import Wish, perform
from progress import Silent
from project import Project
from sandbox.company import Company
from sandbox.instants import from_datetime
from sandbox.server import SandboxServer, running

ROOT = Path(__file__).parents[2]
FIRST_EVENING = datetime(2026, 11, 23, 20)
EVENING = timedelta(days=4)
"""Until the second evening: one day changes three leads in a thousand, too few for a night of 1 %."""


@dataclass(frozen=True)
class Original:
    """Two project folders: `first` as the first night's sync left it, `second` as the next night's did."""

    contacts: int
    first: Path
    second: Path


def synced(folder: Path, contacts: int, seed: int = 1) -> Original:
    """Sync a company of `contacts` into `folder/first` and, four days later, `folder/second`.

    Raises:
        click.ClickException: a sync failed.
    """
    first, second = folder / "first", folder / "second"
    first.mkdir(parents=True)
    shutil.copy(ROOT / "sandbox" / "agreement.yml", first)
    with running(Company(contacts, seed), now=from_datetime(FIRST_EVENING)) as server:
        _sync(first, server, FIRST_EVENING)
        shutil.copytree(first, second, symlinks=True)
        server.set_now(from_datetime(FIRST_EVENING + EVENING))
        _sync(second, server, FIRST_EVENING + EVENING)
    return Original(contacts, first, second)


def _sync(folder: Path, server: SandboxServer, now: datetime) -> None:
    os.environ["SOURCES__HUBSPOT__BASE_URL"] = server.base_url
    os.environ["SOURCES__HUBSPOT__ACCESS_TOKEN"] = server.token
    perform(Project(folder), Wish(("sync",), as_of=now), Silent())
