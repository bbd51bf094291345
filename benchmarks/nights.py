"""What a night costs: `python -m benchmarks.nights [--contacts N ...] [--repeats R]`.

For each size a portal is grown (see `benchmarks.portal`), and build, check and publish are run on it as real
commands, each a process of its own: a first night, a night on which 1 % of the leads changed, and a night
without a change. The fixed cost is that of the same commands on a portal of a hundred contacts: imports,
dbt's parse and its work for each node. Baselines are taken in the same run. Prints Markdown.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.by_hand import build_seconds, publish_seconds
from benchmarks.portal import Original, grow, move_on, synced
from benchmarks.portal.original import ROOT

STAGES = ("build", "check", "publish")
NIGHTS = ("first", "1 %", "quiet")
ORIGINAL = 2_000
TINY = 100


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds on the wall and of the processors, megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work; needs some 6 GB for a million contacts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        tiny, original = synced(folder / "tiny", TINY), synced(folder / "original", ORIGINAL)
        print("| contacts | night | stage | seconds (spread) | CPU s | peak MB | by hand s |")
        print("|---|---|---|---|---|---|---|")
        for contacts in (TINY, *asked.contacts):
            _measure(tiny if contacts == TINY else original, folder, contacts, asked.repeats)


def _measure(original: Original, folder: Path, contacts: int, repeats: int) -> None:
    copies = max(1, contacts // original.contacts)
    costs: dict[tuple[str, str], list[Cost]] = {}
    hand: dict[str, list[float]] = {stage: [] for stage in STAGES}
    for attempt in range(repeats):
        project = folder / f"{contacts}-{attempt}"
        grow(original, project, copies)
        for night in NIGHTS:
            if night == "1 %":
                move_on(original, project, copies, 0.01)
            for stage in STAGES:
                costs.setdefault((night, stage), []).append(_timed(project, stage))
            if night == "first":
                hand["build"].append(build_seconds(project))
                hand["publish"].append(publish_seconds(project))
        subprocess.run(["rm", "-rf", str(project)], check=True)
    for (night, stage), each in costs.items():
        _print(contacts, night, stage, each, hand[stage] if night == "first" else [])


def _timed(project: Path, stage: str) -> Cost:
    """Run one stage as cron would, and ask the system what it took.

    Raises:
        RuntimeError: it failed.
    """
    watch = [sys.executable, "-S", str(ROOT / "benchmarks" / "timed.py")]
    command = [sys.executable, "-m", "cli", "--project-dir", str(project), "-q", stage]
    ended = subprocess.run([*watch, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    took = json.loads(ended.stdout.splitlines()[-1])
    if took.pop("code"):
        raise RuntimeError(f"{stage} failed: {ended.stdout}")
    return Cost(**took)


def _print(contacts: int, night: str, stage: str, costs: list[Cost], hand: list[float]) -> None:
    walls = [cost.wall for cost in costs]
    spread = f"{statistics.median(walls):.1f} ({min(walls):.1f}-{max(walls):.1f})"
    cpu, peak = (statistics.median(values) for values in zip(*((c.cpu, c.peak) for c in costs), strict=True))
    baseline = f"{statistics.median(hand):.1f}" if hand else ""
    print(
        f"| {contacts:,} | {night} | {stage} | {spread} | {cpu:.1f} | {peak:.0f} | {baseline} |", flush=True
    )


if __name__ == "__main__":
    main()
