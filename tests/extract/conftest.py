"""A small company behind a real port, and a project folder whose syncs are aimed at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
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


@pytest.fixture
def folder(tmp_path: Path, signed: Agreement) -> Folder:
    """A project folder whose CRM is at an address, with the sandbox's token unless told otherwise."""

    def make(base_url: str, token: str | None = "pat-sandbox") -> Night:
        hubspot = HubSpot(
            access_token=token and SecretStr(token), base_url=base_url, timeout_seconds=5, quota_share=1
        )
        return Night(Project(tmp_path), signed, Settings(sources=Sources(hubspot=hubspot)), count(1))

    return make


@pytest.fixture
def night(crm: SandboxServer, folder: Folder, unhurried: None) -> Night:
    return folder(crm.base_url)


@pytest.fixture
def unhurried(crm: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CRM that takes as many searches as it is asked: how they are paced is shown elsewhere."""
    declared = declaration.load("hubspot")
    limits = declared.limits.model_copy(update={"searches_per_second": 1000})
    fast = declared.model_copy(update={"limits": limits})
    monkeypatch.setattr(declaration, "load", lambda crm: fast)
    crm.portal.limiter.quota = replace(crm.portal.limiter.quota, searches_per_second=0)
