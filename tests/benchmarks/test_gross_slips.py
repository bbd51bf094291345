"""Ratios that a gross slip would break: what a night costs beside what its libraries and its SQL cost.

Bounds are generous, and all are ratios of processor seconds taken in one run: a busy machine changes them
little. `python -m benchmarks.nights` measures; this only guards.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import pytest

from benchmarks import by_hand
from benchmarks.nights import LIBRARIES, stage_of, timed
from benchmarks.portal import grow, move_on, synced
from benchmarks.portal.original import Original


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def cpu(command: list[str], times: int = 1) -> float:
    return median(timed(command).cpu for _ in range(times))


def test_asking_for_help_costs_at_most_thrice_what_importing_click_does() -> None:
    helped = cpu([sys.executable, "-m", "cli", "--help"], 5)
    assert helped <= 3 * cpu(python("import click"), 5)


def test_nothing_compiles_grammars_whenever_a_library_is_imported() -> None:
    assert find_spec("rfc3987_syntax") is None, (
        "it costs every process two seconds: see the Makefile's `lock`"
    )


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    with pytest.MonkeyPatch.context() as environment:  # a sync leaves the portal's address in it
        for name in ("SOURCES__HUBSPOT__BASE_URL", "SOURCES__HUBSPOT__ACCESS_TOKEN"):
            environment.setenv(name, "")
        return synced(tmp_path_factory.mktemp("original"), 100)


@pytest.mark.slow
def test_a_hundred_times_the_contacts_cost_little_more_than_their_sql(
    original: Original, tmp_path: Path
) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    grow(original, small, 1)
    grow(original, large, 100)
    imports = cpu(python(f"import {LIBRARIES}"))
    fixed = {stage: cpu(stage_of(small, stage)) for stage in ("build", "check", "publish")}
    assert sum(fixed.values()) <= 9 * imports
    first = cpu(stage_of(large, "build"))
    assert first - fixed["build"] <= 8 * by_hand.build(large).cpu
    move_on(original, large, 100, 0.01)
    assert cpu(stage_of(large, "build")) <= 1.3 * first
