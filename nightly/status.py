"""How things stand, without touching the working file: who only looks never disturbs a run."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from nightly.ledger import Entry, recent
from nightly.lock import holder
from nightly.usual import quota_used, slower
from project import Project
from publish import Publication, current


@dataclass(frozen=True)
class Status:
    """What is published, who is at work, the newest runs, newest first, and what was slow in the last."""

    published: Publication | None
    at_work: str | None
    runs: list[Entry]
    slower: list[str]
    quota: str | None

    def as_json(self) -> dict[str, Any]:
        """For programs: the published columns of the ledger under their names."""
        shown = self.published
        return {
            "published": shown
            and {
                "publication_id": shown.publication_id,
                "status": shown.status,
                "path": str(shown.path),
                "report": str(shown.report),
                "as_of": shown.as_of,
                "agreement_version": shown.agreement_version,
                "marts_from": shown.marts_from,
                "marts_as_of": shown.marts_as_of,
            },
            "at_work": self.at_work,
            "runs": [asdict(run) for run in self.runs],
            "slower_than_usual": self.slower,
            "quota_used": self.quota,
        }


def status(project: Project, runs: int = 10) -> Status:
    """How `project` stands. A run whose process is gone without a word is shown as killed."""
    at_work = holder(project)
    newest = [
        run if at_work or run.status != "running" else replace(run, status="killed")
        for run in recent(project)
    ]
    done = [run for run in newest if run.status != "running"]
    synced = next((said for run in done[:1] if (said := quota_used(run))), None)
    return Status(current(project), at_work, newest[:runs], slower(done), synced)
