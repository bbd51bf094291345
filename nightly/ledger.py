"""`audit.runs`: one row for each run, from its first moment on, whatever becomes of it."""

import json
from dataclasses import asdict, astuple, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nightly.clock import id_after, run_id
from nightly.state import write_json
from project import Project
from warehouse import Warehouse
from warehouse.audit import audit_table

if TYPE_CHECKING:
    import duckdb

Status = Literal["running", "finished", "published", "refused", "failed", "killed"]


@dataclass
class Entry:
    """One run. `stages` are those it was asked for, apart by blanks; `refusals` are what the checks found
    against publishing, a sentence a line; `reason` says why the run did not end well.

    `status` is `finished` when single stages did their work without publishing. `<stage>_seconds` is
    null unless the stage came to its end. `quota_limit` and `quota_left`: the CRM's requests of that day, and
    how many were left when the sync ended. Instants are UTC, naive, to the millisecond.
    """

    run_id: str
    started_at: datetime
    finished_at: datetime | None = None
    status: Status = "running"
    exit_code: int | None = None
    as_of: datetime | None = None
    rows_loaded: int | None = None
    requests: int | None = None
    sync_seconds: float | None = None
    build_seconds: float | None = None
    check_seconds: float | None = None
    publish_seconds: float | None = None
    publication_id: str | None = None
    agreement_version: str | None = None
    stages: str = ""
    refusals: str | None = None
    reason: str | None = None
    quota_limit: int | None = None
    quota_left: int | None = None


MIRRORED = 100
INSTANTS = ("started_at", "finished_at", "as_of")
NAMES = ", ".join(field.name for field in fields(Entry))


class Ledger:
    """The table in the warehouse, and `.smarketing/runs.json`: its newest rows, for whoever only looks.

    To look into the working file itself would keep a run that begins at that instant from opening it.
    """

    def __init__(self, project: Project, warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._mirror = _mirror(project)

    def begin(self, entry: Entry) -> list[str]:
        """Write `entry` as running.

        Runs that say so already are dead, as we hold the lock: they become `killed`, unless the mirror knows
        how they ended. Returns the ids of those that were killed.
        """
        ended = {one.run_id: one for one in _as_far_as_read(self._mirror) if one.status != "running"}
        dead = [one for one in self.latest() if one.status == "running"]
        for one in dead:
            self.write(ended.get(one.run_id, replace(one, status="killed")))
        self.write(entry)
        return sorted(one.run_id for one in dead if one.run_id not in ended)

    def note(self, entry: Entry) -> None:
        """Put `entry` into the mirror alone, for when the warehouse cannot be written to."""
        others = [one for one in _as_far_as_read(self._mirror) if one.run_id != entry.run_id]
        write_json(self._mirror, [asdict(one) for one in (entry, *others)][:MIRRORED])

    def write(self, entry: Entry) -> None:
        """Put `entry` in the place of what the ledger says of that run so far."""
        with self._warehouse.connect() as connection:
            audit_table("runs").put(connection, entry.run_id, [astuple(entry)])
            newest = _read(connection, MIRRORED)
        write_json(self._mirror, [asdict(one) for one in newest])

    def latest(self) -> list[Entry]:
        """All runs, newest first."""
        with self._warehouse.connect() as connection:
            audit_table("runs").create(connection)
            return _read(connection)


def next_id(project: Project, begun: datetime) -> str:
    """The id of a run that begins at `begun`: after all before, though the clock was set back meanwhile."""
    known = [one.run_id for one in _as_far_as_read(_mirror(project))]
    name = run_id(begun)
    return name if not known or max(known) < name else id_after(max(known))


def recent(project: Project) -> list[Entry]:
    """The newest runs, newest first, without touching the working file; none before the first."""
    return recent_in(_mirror(project))


def recent_in(mirror: Path) -> list[Entry]:
    """What a ledger's mirror has."""
    try:
        rows = json.loads(mirror.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Entry(**{name: _parsed(name, value) for name, value in row.items()}) for row in rows]


def _as_far_as_read(mirror: Path) -> list[Entry]:
    """What a mirror has; one that is torn has nothing, and is written anew."""
    try:
        return recent_in(mirror)
    except (ValueError, TypeError, AttributeError):
        return []


def _mirror(project: Project) -> Path:
    return project.state_dir / "runs.json"


def _read(connection: "duckdb.DuckDBPyConnection", limit: int | None = None) -> list[Entry]:
    query = f"select {NAMES} from audit.runs order by run_id desc limit ?"
    return [Entry(*row) for row in connection.execute(query, [limit]).fetchall()]


def _parsed(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value and name in INSTANTS else value
