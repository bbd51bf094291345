"""First nights of made-up companies, run once for each module that looks at them."""

from collections.abc import Iterator

import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder


def _first_night(seed: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    company = Company(700, seed=seed)
    with running(company, now=NOW) as server:
        folder = new_folder(tmp_path_factory.mktemp("night") / "sla", SIGNED.read_text(encoding="utf-8"))
        portal = Portal(company, server, folder)
        ended = portal.night()
        assert ended.code == 0, ended.stderr
        yield portal


@pytest.fixture(scope="module", params=[1, 2, 3], ids=["seed 1", "seed 2", "seed 3"])
def any_company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Each of three companies after its first night."""
    yield from _first_night(request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One company after its first night, for tests that go on from there."""
    yield from _first_night(4, tmp_path_factory)
