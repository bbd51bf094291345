"""Where the cluster and the shared path are, from the options of a dbt profile."""

from pathlib import Path
from typing import Any

from errors import UsageProblem

NEEDED = ("path", "remote", "schema")


def shared_path(options: dict[str, Any], root: Path) -> Path:
    """The path, relative ones from `root`; the options' variables are already answered.

    Raises:
        UsageProblem: something that is needed is missing.
    """
    missing = [name for name in NEEDED if not options.get(name)]
    if missing:
        raise UsageProblem(f"The Spark target in profiles.yml lacks {' and '.join(missing)}.")
    return (root / str(options["path"])).resolve()
