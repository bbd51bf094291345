"""One publication: a complete folder that never changes, and what its manifest says about it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

MANIFEST = "publication.json"
DATABASE = "warehouse.duckdb"
REPORT = "report.html"
TABLES = "tables"

Status = Literal["published", "refused"]


@dataclass(frozen=True)
class Publication:
    """What one run showed the world.

    `status` "refused": the audit is this run's, the marts are those of the publication `marts_from` (None if
    nothing was ever certified). `as_of` is the run's *now*; `marts_as_of` that of the marts: UTC, naive.
    `marts_fingerprint` is of the agreement that the marts were judged by.
    """

    publication_id: str
    path: Path
    status: Status
    run_id: str
    as_of: datetime
    agreement_version: str | None
    marts_from: str | None
    marts_as_of: datetime | None
    marts_fingerprint: str | None
    privacy: dict[str, str]

    @property
    def database(self) -> Path:
        """The DuckDB file with the schemas marts and audit."""
        return self.path / DATABASE

    @property
    def report(self) -> Path:
        """The page for people."""
        return self.path / REPORT


def read(folder: Path) -> Publication | None:
    """The publication in `folder`, or None if it holds no readable manifest."""
    try:
        said: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Publication(
            publication_id=folder.name,
            path=folder,
            status=said["status"],
            run_id=said["run_id"],
            as_of=datetime.fromisoformat(said["as_of"]),
            agreement_version=said["agreement"]["version"],
            marts_from=said["marts_from"],
            marts_as_of=datetime.fromisoformat(said["marts_as_of"]) if said["marts_as_of"] else None,
            marts_fingerprint=said.get("marts_fingerprint"),
            privacy=said["privacy"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def order(publication_id: str) -> tuple[str, int]:
    """Sorts ids as they were made: by run, then by the suffix that a second publication of a run gets."""
    run, _, suffix = publication_id.partition("--")
    return run, int(suffix) if suffix.isdigit() else 1
