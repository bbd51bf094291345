"""A small company's second night, undisturbed: what every killed one must come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.chaos.nights import Folder
from tests.chaos.tables import Table, differing, tables_of
from tests.cli.process import ROOT

FIRST = datetime(2026, 11, 24, 20)
SECOND = FIRST + timedelta(days=6)
STAGES = ("sync", "build", "check", "publish")
# Of each stage's points the first so many are killed in a whole run, from its start. For the others the
# folder is a copy of what the stages before left, and the stage's own command is killed: the same code,
# without paying for what went before once more.
IN_WHOLE_RUNS = 2
ATTEMPTS = 4


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

    def survives(self, stage: str, share: float, *, whole: bool) -> None:
        """Kill at `share` of the stage's time, run again to the end, and compare every table."""
        point = f"{stage} {share:.2f}{' of a whole run' if whole else ''}"
        folder = self._killed(stage, share, whole)
        ended = folder.run(*_run(SECOND))
        assert ended.code == 0, f"after a kill at {point}: {ended.stderr}"
        assert differing(tables_of(folder.root), self.truth) == [], f"after a kill at {point}"
        folder.remove()

    def _killed(self, stage: str, share: float, whole: bool) -> Folder:
        """A machine is now faster, now slower: one that was over before it could be killed does not count."""
        words = _run(SECOND) if whole else _alone(stage)
        for attempt in range(ATTEMPTS):
            start = self.before["sync"] if whole else self.before[stage]
            folder = start.copy(self.place / f"{stage}-{share:.3f}-{attempt}")
            seconds = self.seconds[stage] * share * 0.9**attempt
            if folder.killed(words, folder.in_stage(stage, seconds)):
                return folder
            self.seconds[stage] = folder.seconds()[stage]  # as fast as the machine is now
            folder.remove()
        raise AssertionError(f"{stage} could not be killed at {share} of its time")


@contextmanager
def told(place: Path, contacts: int = 80, seed: int = 5) -> Iterator[Story]:
    """Live through both nights once, stage by stage and whole."""
    with running(Company(contacts=contacts, seed=seed), now=FIRST) as crm:
        settings = {"SOURCES__HUBSPOT__BASE_URL": crm.base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": crm.token}
        folder = Folder(place / "first", settings)
        folder.root.mkdir()
        (folder.root / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
        _well(folder, *_run(FIRST))
        _edit(crm)
        undisturbed = folder.copy(place / "undisturbed")
        _well(undisturbed, *_run(SECOND))
        before = {"sync": folder}
        for stage, following in pairwise(STAGES):
            before[following] = before[stage].copy(place / f"before-{following}")
            _well(before[following], *_alone(stage))
        yield Story(crm, before, undisturbed.seconds(), tables_of(undisturbed.root), place)


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
