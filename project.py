"""The project folder: where everything of one installation lives, and one run's identity."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """The folder that holds `agreement.yml`, `profiles.yml`, secrets and all output.

    `target` is the profile output asked for on the command line; None means the profile's own.
    """

    root: Path
    target: str | None = None

    @property
    def agreement_file(self) -> Path:
        """What both departments signed."""
        return self.root / "agreement.yml"

    @property
    def profiles_file(self) -> Path:
        """Where the warehouse is; may be missing, which means DuckDB in this folder."""
        return self.root / "profiles.yml"

    @property
    def state_dir(self) -> Path:
        """State, logs and the lock: ours alone."""
        return self.root / ".smarketing"

    @property
    def publications_dir(self) -> Path:
        """One immutable folder for each publication."""
        return self.root / "publications"

    @property
    def published(self) -> Path:
        """The link to the current publication's folder; absent before the first."""
        return self.root / "published"


@dataclass(frozen=True)
class Run:
    """One night. `run_id` sorts by start; `as_of` is its *now*: UTC, naive, to the millisecond."""

    run_id: str
    as_of: datetime
