"""What publishing costs beside a bare copy: `python -m benchmarks.publish [--contacts N] [--repeats R]`.

A portal is grown (see `benchmarks.portal`), built and checked by the real commands, and published in a
process of its own: a first night, one on which 1 % of the leads changed, and one without a change. The
baseline, taken in the same run, is `copy from database` of the published tables into a new file, and each
table as Parquet. The report and the comparison with the publication before are timed apart. Prints Markdown.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import by_hand
from benchmarks.portal import Original, grow, move_on, synced
from benchmarks.portal.original import ROOT

NIGHTS = ("first", "1 %", "quiet")
PARTS = ("publish", "bare copy", "tables", "comparison", "report", "checksums", "peak MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work; needs some 8 GB for a million contacts")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_publish_once(asked.one)))
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        original = synced(folder / "original", 10_000)
        took = _measure(original, folder, asked.contacts, asked.repeats)
    print(f"{asked.contacts:,} contacts; seconds, median (lowest to highest) of {asked.repeats}\n")
    print(f"| night | {' | '.join(PARTS)} | ratio |")
    print("|---" * (len(PARTS) + 2) + "|")
    for night, each in took.items():
        _print(night, each)


def _measure(
    original: Original, folder: Path, contacts: int, repeats: int
) -> dict[str, list[dict[str, float]]]:
    copies = max(1, contacts // original.contacts)
    project = folder / "project"
    grow(original, project, copies)
    took: dict[str, list[dict[str, float]]] = {}
    for night in NIGHTS:
        if night == "1 %":
            move_on(original, project, copies, 0.01)
        for stage in ("build", "check"):
            command = [sys.executable, "-m", "cli", "--project-dir", str(project), "-q", stage]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        shown = (project / "published").readlink() if (project / "published").is_symlink() else None
        for _ in range(repeats):
            _show(project, shown)
            one = _in_a_process(project)
            one["bare copy"] = by_hand.publish(project).wall
            took.setdefault(night, []).append(one)
    return took


def _show(project: Path, shown: Path | None) -> None:
    """Have the publication before this night shown again, as if the last try had not been."""
    link = project / "published"
    for made in (project / "publications").glob("*"):
        if shown is None or made.name > shown.name:
            subprocess.run(["rm", "-rf", str(made)], check=True)
    link.unlink(missing_ok=True)
    if shown:
        link.symlink_to(shown, target_is_directory=True)


def _in_a_process(project: Path) -> dict[str, float]:
    watch = [sys.executable, "-S", str(ROOT / "benchmarks" / "timed.py")]
    command = [*watch, sys.executable, "-m", "benchmarks.publish", "--one", str(project)]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    parts, whole = (json.loads(line) for line in said.splitlines()[-2:])
    found: dict[str, float] = parts | {"peak MB": whole["peak"]}
    return found


def _publish_once(root: Path) -> dict[str, float]:
    """Publish what is built, imports paid before; the seconds of the whole and of its parts."""
    import agreement
    from nightly.ledger import Ledger
    from progress import Silent
    from project import Project, Run
    from publish import changes, manifest, publish, publishing, report
    from publish.tables import copy_tables
    from warehouse import open_warehouse

    took = dict.fromkeys(("comparison", "report", "checksums", "tables"), 0.0)
    changes.attribute = _timed(took, "comparison", changes.attribute)
    report.write = _timed(took, "report", report.write)
    manifest.write = _timed(took, "checksums", manifest.write)
    vars(publishing)["copy_tables"] = _timed(took, "tables", copy_tables)
    project = Project(root)
    signed, warehouse = agreement.load(project.agreement_file), open_warehouse(project)
    as_of = next(entry.as_of for entry in Ledger(project, warehouse).latest() if entry.as_of)
    run = Run(f"{time.time_ns()}", as_of)
    begun = time.perf_counter()
    publish(project, signed, warehouse, run, Silent())
    took["publish"] = time.perf_counter() - begun
    took["tables"] -= took["comparison"]
    return took


def _timed(took: dict[str, float], part: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return work(*args, **named)
        finally:
            took[part] += time.perf_counter() - begun

    return timed


def _print(night: str, each: list[dict[str, float]]) -> None:
    cells = [_cell([one[part] for one in each], 0 if part == "peak MB" else 1) for part in PARTS]
    ratio = [one["publish"] / one["bare copy"] for one in each]
    print(f"| {night} | {' | '.join(cells)} | {_cell(ratio, 2)} |", flush=True)


def _cell(values: list[float], digits: int) -> str:
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


if __name__ == "__main__":
    main()
