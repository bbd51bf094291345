"""What a shell and a terminal expect: completion, and no colour where none is wanted."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import NOBODY_LISTENS, ROOT, TOKEN

COLOUR = b"\x1b[3"


def _complete(words: str, shell: str = "bash") -> list[str]:
    """What is offered for the last of `words`."""
    ended = subprocess.run(
        [sys.executable, "-c", "from cli import main; main(prog_name='smarketing')"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "_SMARKETING_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": f"smarketing {words}",
            "COMP_CWORD": str(len(f"smarketing {words}".split(" ")) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.partition(",")[2] for line in ended.stdout.split()]


def test_commands_and_options_are_completed() -> None:
    assert _complete("roll") == ["rollback"]
    assert {"run", "report", "rollback"} <= set(_complete("r"))
    assert _complete("sync --full") == ["--full-refresh"]
    assert _complete("agreement che") == ["check"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_readme_says_how(shell: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"_SMARKETING_COMPLETE={shell}_source smarketing" in readme
    ended = subprocess.run(
        [sys.executable, "-c", "from cli import main; main(prog_name='smarketing')"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "_SMARKETING_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=False,
    )
    # Click asks bash for its version first; a machine without it has no completion to miss.
    assert "smarketing" in ended.stdout, ended.stderr


def _on_a_terminal(folder: Path, **environment: str) -> bytes:
    """What `sync` draws on a terminal while nobody answers it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "--project-dir", str(folder), "sync"],
        cwd=folder.parent,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "SOURCES__HUBSPOT__ACCESS_TOKEN": TOKEN,
            "SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS,
        }
        | environment,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    drawn = b""
    try:
        while some := os.read(ours, 4096):
            drawn += some
    except OSError:
        pass  # Linux says so when the other end is closed
    finally:
        os.close(ours)
        process.wait()
    return drawn


def test_no_color_is_respected(folder: Path) -> None:
    assert COLOUR in _on_a_terminal(folder)
    assert COLOUR not in _on_a_terminal(folder, NO_COLOR="1")
