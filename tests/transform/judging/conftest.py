"""The judging marts, built once for each seed over upstream marts made at random."""

from dataclasses import dataclass

import pytest

from tests.transform.judging.bench import Bench, bench
from tests.transform.judging.made_up import AGREEMENT, AS_OF, SPEND, made_up
from tests.transform.raw import Rows


@dataclass(frozen=True)
class Judged:
    """What went in, and a bench that holds what came out."""

    tables: dict[str, Rows]
    bench: Bench


@pytest.fixture(scope="session", params=[1, 2])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """All judging marts over the rows that the seed makes."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "spend.csv").write_text(SPEND, encoding="utf-8")
    tables = made_up(request.param)
    bed = bench(folder, AGREEMENT, AS_OF)
    bed.build(tables)
    return Judged(tables, bed)
