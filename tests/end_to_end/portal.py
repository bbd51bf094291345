"""A company's CRM on a real port, the real command on a folder, and what was published there."""

import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from sandbox.company import Company
from sandbox.server import SandboxServer
from tests.cli.process import ROOT, Ended, Smarketing

NOW = datetime(2026, 11, 24, 20)
SIGNED = ROOT / "sandbox" / "agreement.yml"


@dataclass(frozen=True)
class Portal:
    """One company: its story, its CRM, and a project folder that reads it."""

    company: Company
    server: SandboxServer
    folder: Path

    def night(self, now: datetime = NOW) -> Ended:
        """Run the nightly job at `now`, the company's clock set to the same instant."""
        self.server.set_now(now)
        return self.command("run", "--as-of", f"{now.isoformat()}Z")

    def command(self, *words: str) -> Ended:
        """Any command, with this CRM's address and token in its environment."""
        return Smarketing(self.folder)(*words, **self._settings)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The same, not waiting for its end."""
        return Smarketing(self.folder).start(*words, **self._settings)

    @property
    def _settings(self) -> dict[str, str]:
        return {
            "SOURCES__HUBSPOT__BASE_URL": self.server.base_url,
            "SOURCES__HUBSPOT__ACCESS_TOKEN": self.server.token,
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a reader of the current publication gets."""
        return published_rows(self.folder, sql)


def new_folder(folder: Path, agreement: str) -> Path:
    """A project folder that holds an agreement, and nothing else."""
    folder.mkdir(parents=True)
    (folder / "agreement.yml").write_text(agreement, encoding="utf-8")
    return folder


def published_rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Query `published/warehouse.duckdb` as a BI tool does."""
    with duckdb.connect(str(folder / "published" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()
