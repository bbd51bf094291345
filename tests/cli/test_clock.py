"""A clock that was put forward or back between two nights: a sentence, and the next night is whole."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.process import Smarketing, contents, ledger, published
from tests.cli.shifted import own_clock

pytestmark = pytest.mark.slow
SECOND_NIGHT = "2026-11-25T20:00:00Z"


@pytest.mark.parametrize("days", [3650, -3], ids=["forward", "back"])
def test_a_first_night_by_a_wrong_clock_loads_nothing(
    smarketing: Smarketing, folder: Path, settings: dict[str, str], tmp_path: Path, days: int
) -> None:
    clock = own_clock(tmp_path)
    clock.jump(timedelta(days=days).total_seconds())
    ended = smarketing.anew("-q", "run", **settings, **clock.settings)
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    (said,) = ended.stderr.splitlines()
    assert said.startswith("Error: By this machine's clock it is ")
    assert " UTC, and by the CRM's " in said
    assert "Nothing was loaded. Set the clock right" in said
    assert ledger(folder) == [("failed", 2)]
    asked = smarketing.anew("doctor", **settings, **clock.settings)
    assert asked.code == 2
    clock.jump(0)
    mended = smarketing.anew("-q", "sync", **settings, **clock.settings)
    assert mended.code == 0, mended.stderr
    assert ledger(folder) == [("failed", 2), ("finished", 0)], "runs stay in their order"


def test_a_clock_put_back_between_two_nights(project: Path, settings: dict[str, str], tmp_path: Path) -> None:
    clock, before, nights = own_clock(tmp_path), contents(project / "publications"), ledger(project)
    clock.jump((datetime(2020, 1, 1) - datetime.now()).total_seconds())
    ended = Smarketing(project).anew("-q", "run", **settings, **clock.settings)
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    assert "By this machine's clock it is 2019-12-31" in ended.stderr or "2020-01-01" in ended.stderr
    assert "which is later. Nothing was done. Set the clock right" in ended.stderr
    assert (ledger(project), contents(project / "publications")) == (nights, before)
    told = Smarketing(project).anew("-q", "run", "--as-of", SECOND_NIGHT, **settings, **clock.settings)
    assert told.code == 0, told.stderr
    assert ledger(project) == [*nights, ("published", 0)], (
        "a run by an earlier clock is the newest all the same"
    )
    newest = published(project, "select max(as_of) from audit.runs")
    assert newest == [(datetime.fromisoformat(SECOND_NIGHT).replace(tzinfo=None),)]
    assert len(list((project / "publications").iterdir())) == 2
