"""A small company behind a real port, and a project folder whose syncs are aimed at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

import agreement as agreement_room
import sandbox
from agreement import Agreement
from extract import SyncOutcome, declaration, sync
from progress import Progress, Silent
from project import Project, Run
from sandbox.company import Company
from sandbox.server import SandboxServer, running
from settings import HubSpot, Settings, Sources
from warehouse import Warehouse, open_warehouse

NOW = datetime(2026, 11, 24, 20)
SMALL = 150


@dataclass
class Night:
    """A project folder, and how a night is run in it."""

    project: Project
    agreement: Agreement
    settings: Settings
    numbers: Iterator[int]

    @property
    def warehouse(self) -> Warehouse:
        return open_warehouse(self.project)

    def sync(self, as_of: datetime = NOW, *, progress: Progress | None = None, **wishes: Any) -> SyncOutcome:
        run = Run(f"run-{next(self.numbers):03}", as_of)
        return sync(
            self.project,
            self.agreement,
            self.warehouse,
            self.settings,
            run,
            progress or Silent(),
            **wishes,
        )


Folder = Callable[..., Night]


@pytest.fixture(scope="session")
def signed() -> Agreement:
    return agreement_room.load(Path(sandbox.__file__).parent / "agreement.yml")


@pytest.fixture
def company() -> Company:
    return Company(SMALL, seed=7)


@pytest.fixture
def crm(company: Company) -> Iterator[SandboxServer]:
    with running(company, now=NOW) as server:
        yield server


def night_in(folder: Path, signed: Agreement, base_url: str, token: str | None = "pat-sandbox") -> Night:
    """A project folder whose CRM is at an address, with the sandbox's token unless told otherwise."""
    hubspot = HubSpot(
        access_token=token and SecretStr(token), base_url=base_url, timeout_seconds=5, quota_share=1
    )
    return Night(Project(folder), signed, Settings(sources=Sources(hubspot=hubspot)), count(1))


@pytest.fixture
def folder(tmp_path: Path, signed: Agreement) -> Folder:
    """Makes the test's own project folder."""
    return partial(night_in, tmp_path, signed)


@pytest.fixture
def night(crm: SandboxServer, folder: Folder, unhurried: None) -> Night:
    return folder(crm.base_url)


@pytest.fixture
def unhurried(crm: SandboxServer) -> Iterator[None]:
    """A CRM that takes as many searches as it is asked."""
    with without_pacing(crm):
        yield


@contextmanager
def without_pacing(crm: SandboxServer) -> Iterator[None]:
    """Searches as often as they come, on both sides: how they are paced is shown elsewhere."""
    declared = declaration.load("hubspot")
    limits = declared.limits.model_copy(update={"searches_per_second": 1000})
    fast = declared.model_copy(update={"limits": limits})
    crm.portal.limiter.quota = replace(crm.portal.limiter.quota, searches_per_second=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declaration, "load", lambda crm: fast)
        yield
