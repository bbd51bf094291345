"""The real command in a process of its own, and what a folder holds."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "http://127.0.0.1:9"
TOKEN = "pat-na1-not-a-real-one-0123456789"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Smarketing:
    """`smarketing --project-dir FOLDER ...` as cron starts it: no terminal, a bare environment."""

    folder: Path

    def __call__(self, *words: str, **settings: str) -> Ended:
        process = self.start(*words, **settings)
        stdout, stderr = process.communicate()
        return Ended(process.returncode, stdout, stderr)

    def start(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        """Begin, and do not wait for the end."""
        bare = {"PATH": os.environ["PATH"], "HOME": str(self.folder.parent), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "cli", "--project-dir", str(self.folder), *words],
            cwd=self.folder.parent,
            env=bare | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def contents(folder: Path) -> dict[str, str]:
    """Every file below `folder` with a hash of what it holds; links by what they point to."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() or path.is_symlink()
    }


def status_of(project: Path) -> dict[str, Any]:
    """What `status --json` says."""
    status: dict[str, Any] = json.loads(Smarketing(project)("status", "--json").stdout)
    return status


def published(project: Path, query: str) -> list[tuple[Any, ...]]:
    """The answer of the publication."""
    with duckdb.connect(str(project / "published" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def ledger(project: Path) -> list[tuple[Any, ...]]:
    """Status and exit code of every run, the oldest first."""
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute("select status, exit_code from audit.runs order by run_id").fetchall()
