"""Real nights in real processes, killed where asked: forked from one that has imported everything."""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.cli import warmed
from tests.cli.process import Ended

PATIENCE_SECONDS = 900.0
LOOK_SECONDS = 0.01


@dataclass
class Folder:
    """A project folder and how to reach its CRM."""

    root: Path
    settings: dict[str, str]

    @property
    def log(self) -> Path:
        """Where a run says what it begins."""
        return self.root / ".smarketing" / "logs" / "smarketing.jsonl"

    def copy(self, root: Path) -> "Folder":
        """The same folder elsewhere."""
        shutil.copytree(self.root, root, symlinks=True)
        return self.sibling(root)

    def sibling(self, root: Path) -> "Folder":
        """Another folder with the same CRM; nothing is made."""
        return Folder(root, self.settings)

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self.root)

    def start(self, *words: str, **settings: str) -> ForkServerProcess:
        """Begin a command, and do not wait for its end."""
        bare = {"PATH": os.environ["PATH"], "HOME": str(self.root.parent)}
        return warmed.forked(
            ["--project-dir", str(self.root), *words],
            self.root.parent,
            bare | self.settings | settings,
            warmed.Streams(self.output, self.output),
        )

    @property
    def output(self) -> Path:
        """What the last command wrote to its streams."""
        return self.root.parent / f"{self.root.name}.out"

    def run(self, *words: str, **settings: str) -> Ended:
        """A command to its end."""
        process = self.start(*words, **settings)
        process.join(PATIENCE_SECONDS)
        assert process.exitcode is not None, "it does not end"
        return Ended(process.exitcode, "", self.output.read_text(encoding="utf-8"))

    def killed(self, words: tuple[str, ...], due: Callable[[], bool]) -> bool:
        """Start a command and kill it (SIGKILL) as soon as `due` says so; False if it ended before."""
        process = self.start(*words)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while process.is_alive() and not due():
            assert time.monotonic() < deadline, "it does not end"
            time.sleep(LOOK_SECONDS)
        process.kill()
        process.join()
        return process.exitcode == -9

    def in_stage(self, stage: str, seconds: float) -> Callable[[], bool]:
        """True once a run that begins after this call is so many seconds into `stage`."""
        start = self.log.stat().st_size if self.log.exists() else 0
        begun: list[float] = []

        def due() -> bool:
            if not begun and self.log.exists():
                with self.log.open("rb") as log:
                    log.seek(start)
                    if f'"{stage} begins"'.encode() in log.read():
                        begun.append(time.monotonic())
            return bool(begun) and time.monotonic() - begun[0] >= seconds

        return due

    def seconds(self) -> dict[str, float]:
        """How long each stage of the last run took."""
        last = json.loads((self.root / ".smarketing" / "runs.json").read_text(encoding="utf-8"))[0]
        return {stage: last[f"{stage}_seconds"] for stage in ("sync", "build", "check", "publish")}
