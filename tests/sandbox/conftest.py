"""One company and one running sandbox for all tests of this room; tests that switch something put it back."""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.company import Company
from sandbox.edits.desk import Desk
from sandbox.instants import DEFAULT_NOW
from sandbox.limits import UNLIMITED
from sandbox.server import SandboxServer, running
from sandbox.truth import Truth


@pytest.fixture(scope="session")
def company() -> Company:
    return Company(contacts=2500, seed=7)


@pytest.fixture(scope="session")
def truth(company: Company) -> Truth:
    return company.truth()


@pytest.fixture(scope="session")
def _server(company: Company) -> Iterator[SandboxServer]:
    with running(company) as server:
        yield server


@pytest.fixture
def server(_server: SandboxServer) -> Iterator[SandboxServer]:
    yield _server
    _server.set_now(DEFAULT_NOW)
    _server.faults.clear()
    _server.portal.limiter.quota = UNLIMITED
    _server.portal.latency = 0.0


@pytest.fixture
def http(server: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.base_url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def portal() -> Iterator[SandboxServer]:
    with running(Company(contacts=60, seed=3)) as server:
        yield server


@pytest.fixture
def desk(portal: SandboxServer) -> Desk:
    return portal.desk


@pytest.fixture
def crm(portal: SandboxServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {portal.token}"}
    with httpx.Client(base_url=portal.base_url, headers=headers, timeout=20) as client:
        yield client
