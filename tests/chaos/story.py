"""A small company's second night, undisturbed: what every killed one must come to."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from filelock import FileLock

from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.chaos.nights import Folder
from tests.chaos.tables import Table, differing, tables_of
from tests.cli.process import ROOT

FIRST = datetime(2026, 11, 24, 20)
SECOND = FIRST + timedelta(days=6)
STAGES = ("sync", "build", "check", "publish")
ATTEMPTS = 4


@dataclass(frozen=True)
class Point:
    """Where to kill: at `share` of a stage's time, in a whole run or in the stage's own command.

    For the latter the folder is a copy of what the stages before left: the same code, without paying for
    what went before once more.
    """

    stage: str
    share: float
    whole: bool

    def __str__(self) -> str:
        return f"{self.stage} {self.share:.3f}{' of a whole run' if self.whole else ''}"

    @property
    def words(self) -> tuple[str, ...]:
        """The command that is killed."""
        return _run(SECOND) if self.whole else _alone(self.stage)


def _run(now: datetime) -> tuple[str, ...]:
    return ("-q", "run", "--as-of", f"{now.isoformat()}Z")


def _alone(stage: str) -> tuple[str, ...]:
    """The command of one stage of the second night."""
    return ("-q", stage, *(_run(SECOND)[2:] if stage == "sync" else ()))


@dataclass
class Story:
    """The CRM as it is on the second night; the folder as it was before each stage of it; the truth."""

    crm: SandboxServer
    before: dict[str, Folder]
    seconds: dict[str, float]
    truth: dict[str, Table]
    place: Path

    def survives(self, point: Point) -> None:
        """Kill there, run again to the end, and compare every table."""
        folder = self._killed(point)
        ended = folder.run(*_run(SECOND))
        assert ended.code == 0, f"after a kill at {point}: {ended.stderr}"
        assert differing(tables_of(folder.root), self.truth) == [], f"after a kill at {point}"
        folder.remove()

    def _killed(self, point: Point) -> Folder:
        """A machine is now faster, now slower: one that was over before it could be killed does not count."""
        stage = point.stage
        for attempt in range(ATTEMPTS):
            start = self.before["sync"] if point.whole else self.before[stage]
            shutil.rmtree(self.place / "sla", ignore_errors=True)  # what another kill was not survived in
            folder = start.copy(self.place / "sla")
            seconds = self.seconds[stage] * point.share * 0.9**attempt
            if folder.killed(point.words, folder.in_stage(stage, seconds)):
                return folder
            self.seconds[stage] = folder.seconds()[stage]  # as fast as the machine is now
            folder.remove()
        raise AssertionError(f"could not be killed at {point}")


@contextmanager
def told(place: Path, shared: Path) -> Iterator[Story]:
    """The story, lived once in `shared` for all processes of a test run; each has a CRM of its own."""
    with running(Company(contacts=80, seed=5), now=FIRST) as crm:
        settings = {"SOURCES__HUBSPOT__BASE_URL": crm.base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": crm.token}
        notes = shared / "story.json"
        with FileLock(shared / "story.lock"):
            if notes.exists():
                _edit(crm)
            else:
                notes.write_text(json.dumps(_lived(shared, crm, settings)), encoding="utf-8")
        known = json.loads(notes.read_text(encoding="utf-8"))
        before = {stage: Folder(shared / f"before-{stage}", settings) for stage in STAGES}
        truth = {name: (rows, checksum) for name, (rows, checksum) in known["truth"].items()}
        yield Story(crm, before, known["seconds"], truth, place)


def _lived(shared: Path, crm: SandboxServer, settings: dict[str, str]) -> dict[str, object]:
    """Live through both nights, stage by stage and whole."""
    folder = Folder(shared / "before-sync", settings)
    folder.root.mkdir()
    (folder.root / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    _well(folder, *_run(FIRST))
    _edit(crm)
    undisturbed = folder.copy(shared / "undisturbed")
    _well(undisturbed, *_run(SECOND))
    for stage, following in pairwise(STAGES):
        folder = folder.copy(shared / f"before-{following}")
        _well(folder, *_alone(stage))
    return {"seconds": undisturbed.seconds(), "truth": tables_of(undisturbed.root)}


def _well(folder: Folder, *words: str) -> None:
    ended = folder.run(*words)
    assert ended.code == 0, ended.stderr


def _edit(crm: SandboxServer) -> None:
    """What happens to records between the two nights, beside what the story tells."""
    crm.set_now(SECOND)
    leads = sorted(crm.truth_of_records().live["contacts"])
    crm.desk.archive("contacts", leads[3])
    crm.desk.merge("contacts", leads[10], leads[11])
    crm.desk.erase("contacts", leads[20])
    crm.desk.set("contacts", leads[30], "jobtitle", "Head of Everything")
