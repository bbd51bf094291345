"""The real command in a process of its own, and what a folder holds."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from tests.cli import warmed

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
        """To its end: forked from a process that has imported everything, which saves seconds each time."""
        with tempfile.TemporaryDirectory() as place:
            streams = warmed.Streams(Path(place, "output"), Path(place, "errors"))
            process = warmed.forked(self._words(words), self._at, self._bare | settings, streams)
            process.join()
            assert process.exitcode is not None
            said = (path.read_text(encoding="utf-8") for path in (streams.output, streams.errors))
            return Ended(process.exitcode, *said)

    def anew(self, *words: str, **settings: str) -> Ended:
        """To its end, in a process that has imported nothing: some settings must be there before Python."""
        process = self.start(*words, **settings)
        stdout, stderr = process.communicate()
        return Ended(process.returncode, stdout, stderr)

    def start(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        """Begin such a process, and do not wait for its end."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *self._words(words)],
            cwd=self._at,
            env=self._bare | {"PYTHONPATH": str(ROOT)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _words(self, words: Sequence[str]) -> list[str]:
        return ["--project-dir", str(self.folder), *words]

    @property
    def _at(self) -> Path:
        return self.folder.parent

    @property
    def _bare(self) -> dict[str, str]:
        shared = ("PATH", "SMARKETING_CACHE_DIR")
        return {name: os.environ[name] for name in shared} | {"HOME": str(self._at)}


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
