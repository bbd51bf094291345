"""A new project folder: an agreement to start from, where the warehouse is, a schedule."""

import shlex
import shutil
import sys
from pathlib import Path
from string import Template

from agreement.examples import TO_BEGIN_WITH
from errors import UsageProblem
from warehouse import DEFAULT_PROFILES

TEMPLATES = Path(__file__).parent / "templates"


def create(root: Path) -> list[Path]:
    """Write the files of a new project into `root`, which is made if it is missing. Returns them.

    Raises:
        UsageProblem: one of them is there already; then none is written.
    """
    contents = _contents(root.resolve())
    there = [name for name in contents if (root / name).exists()]
    if there:
        raise UsageProblem(
            f"{root} has {', '.join(there)} already, and nothing is overwritten. "
            "Move it away, or give another folder."
        )
    for name, text in contents.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [root / name for name in contents]


def _contents(root: Path) -> dict[str, str]:
    words = [_executable(), "--project-dir", str(root), "-q", "run"]
    return {
        "agreement.yml": TO_BEGIN_WITH.read_text(encoding="utf-8"),
        "profiles.yml": DEFAULT_PROFILES.read_text(encoding="utf-8"),
        ".env.example": _template("env.example"),
        # cron takes a bare % for a line break, systemd for a specifier.
        "schedule/crontab": _template("crontab", command=shlex.join(words).replace("%", r"\%")),
        "schedule/smarketing.service": _template(
            "smarketing.service", command=" ".join(_for_systemd(word) for word in words)
        ),
        "schedule/smarketing.timer": _template("smarketing.timer"),
    }


def _template(name: str, **values: str) -> str:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return Template(text).substitute(values) if values else text


def _executable() -> str:
    """This installation's command by its full path: cron's PATH does not have it."""
    beside = Path(sys.executable).with_name("smarketing")
    return str(beside) if beside.is_file() else shutil.which("smarketing") or "smarketing"


def _for_systemd(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(c.isspace() or c in "\"'\\" for c in word) else escaped
