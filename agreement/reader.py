"""Reads agreement.yml: the only place that does."""

from pathlib import Path

import yaml

from agreement.model import Agreement
from agreement.normalise import normalise
from errors import UsageProblem


def load(path: Path) -> Agreement:
    """Read and validate the agreement at `path`.

    Raises:
        UsageProblem: the file is missing or wrong; every error is listed with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageProblem(f"There is no agreement at {path}. `smarketing init` writes one.") from None
    return normalise(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 -- builds text, lists and mappings only
