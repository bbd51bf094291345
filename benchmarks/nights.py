"""What a night costs: `python -m benchmarks.nights [--contacts N ...] [--repeats R]`.

For each size a portal is grown (see `benchmarks.portal`), and build, check and publish are run on it as real
commands, each a process of its own: a first night, a night on which 1 % of the leads changed, and a night
without a change; then the report alone. The fixed cost is that of the same commands on a portal of a hundred
contacts: imports, dbt's parse and its work for each node. Baselines are taken in the same run. Prints
Markdown; what is compared are seconds of the processors, which other work on the machine hardly lengthens.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import by_hand
from benchmarks.figures import NIGHTS, STAGES, Cost, Size, table
from benchmarks.portal import Original, grow, move_on, synced
from benchmarks.portal.original import ROOT

ORIGINAL = 2_000
TINY = 100
LIBRARIES = "dlt, dbt.cli.main, dbt.adapters.duckdb, great_expectations"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work; needs some 10 GB for a million contacts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        for line in measured(Path(name), asked.contacts, asked.repeats):
            print(line, flush=True)


def measured(folder: Path, contacts: list[int], repeats: int) -> list[str]:
    """The lines of the whole report, after everything was measured; what is done is told on stderr."""
    tiny, original = synced(folder / "tiny", TINY), synced(folder / "original", ORIGINAL)
    sizes = [size(tiny, folder, TINY, repeats)]
    sizes += [size(original, folder, wanted, repeats) for wanted in contacts]
    imports = [timed([sys.executable, "-c", f"import {LIBRARIES}"]) for _ in range(repeats)]
    return table(sizes, imports)


def size(original: Original, folder: Path, contacts: int, repeats: int) -> Size:
    """Every cost of one size of portal."""
    copies = max(1, contacts // original.contacts)
    found = Size(copies * original.contacts)
    for attempt in range(repeats):
        project = folder / f"{contacts}-{attempt}"
        grow(original, project, copies)
        for night in NIGHTS:
            if night == "1 %":
                move_on(original, project, copies, 0.01)
            for stage in STAGES:
                cost = timed(stage_of(project, stage))
                found.add(night, stage, cost)
                print(f"{found.contacts:,} {night} {stage}: {cost}", file=sys.stderr, flush=True)
            if night == "first":
                found.hand["build"].append(by_hand.build(project).cpu)
                found.hand["publish"].append(by_hand.publish(project).cpu)
                found.hand["keep"].append(by_hand.keep(project).cpu)
                found.reports.append(timed([sys.executable, "-m", "benchmarks.one_report", str(project)]))
                print(f"{found.hand} {found.reports}", file=sys.stderr, flush=True)
        subprocess.run(["rm", "-rf", str(project)], check=True)
    return found


def stage_of(project: Path, stage: str) -> list[str]:
    """The command that does one stage, as cron would."""
    return [sys.executable, "-m", "cli", "--project-dir", str(project), "-q", stage]


def timed(command: list[str]) -> Cost:
    """Run a command, and ask the system what it took.

    Raises:
        RuntimeError: it failed.
    """
    watch = [sys.executable, "-S", str(ROOT / "benchmarks" / "timed.py")]
    ended = subprocess.run([*watch, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    took = json.loads(ended.stdout.splitlines()[-1])
    if took.pop("code"):
        raise RuntimeError(f"{' '.join(command)} failed: {ended.stdout}")
    return Cost(**took)


if __name__ == "__main__":
    main()
