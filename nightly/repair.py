"""A working file that is damaged: set aside, and put back as it was at the last publication."""

import shutil
from datetime import datetime
from pathlib import Path

from errors import UsageProblem
from nightly.clock import run_id
from nightly.ledger import Ledger, recent
from nightly.safekeeping import audit_from, copy_of
from nightly.troubles import is_damage
from progress import Progress
from project import Project
from publish.forgetting import note_of, noted
from warehouse import Warehouse

MAGIC, MAGIC_AT = b"DUCK", 8
FORGOTTEN = "forgotten"


def mark_damaged(project: Project) -> None:
    """Let the next run put the working file back, however well it opens."""
    _mark(project).touch(mode=0o600)


def aside_of(project: Project) -> Path:
    """Where the last damaged working file lies, if there ever was one."""
    return project.state_dir / "damaged"


def forgotten_then(project: Project) -> str:
    """A mark of those who had been deleted for privacy when the damaged file was set aside."""
    note = aside_of(project) / FORGOTTEN
    return note.read_text(encoding="utf-8") if note.is_file() else ""


def is_broken(project: Project, warehouse: Warehouse) -> bool:
    """Whether the working file was found damaged, or is no DuckDB file at first sight.

    Opens nothing: to look into the file itself would keep a run that begins at that instant from opening it.
    """
    if warehouse.engine != "duckdb" or not warehouse.exists:
        return False
    with warehouse.path.open("rb") as file:
        file.seek(MAGIC_AT)
        return file.read(len(MAGIC)) != MAGIC or _mark(project).exists()


def mend(project: Project, warehouse: Warehouse, begun: datetime, progress: Progress, *, syncs: bool) -> None:
    """See that the working file can be opened; put it back if it cannot, or was found damaged before.

    Raises:
        UsageProblem: it is damaged, and what was asked for does not begin with a sync.
    """
    if warehouse.engine != "duckdb" or not warehouse.exists:
        _mark(project).unlink(missing_ok=True)
        return
    file: Path = warehouse.path
    if not _mark(project).exists() and _opens(warehouse):
        return
    if not syncs:
        raise UsageProblem(f"The working file {file} is damaged. `smarketing run` puts it back, and goes on.")
    aside = _set_aside(project, file, begun)
    back = _restored(project, warehouse, file)
    progress.say(f"The working file was damaged, and is set aside as {aside}. {back}")
    _know_again(project, warehouse)
    _mark(project).unlink(missing_ok=True)


def _opens(warehouse: Warehouse) -> bool:
    try:
        with warehouse.connect() as connection:
            connection.execute("select count(*) from duckdb_columns()").fetchall()
    except Exception as error:
        if is_damage(error):
            return False
        raise
    return True


def _set_aside(project: Project, file: Path, begun: datetime) -> Path:
    """Only the newest damaged file is kept: it holds personal data, and may be large."""
    folder = aside_of(project)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    (folder / FORGOTTEN).write_text(noted(project), encoding="utf-8")
    aside = folder / f"{run_id(begun)}.duckdb"
    file.replace(aside)
    log = file.with_name(f"{file.name}.wal")
    if log.exists():
        log.replace(aside.with_name(f"{aside.name}.wal"))
    return aside


def _restored(project: Project, warehouse: Warehouse, file: Path) -> str:
    """Put back what there is, the best first; says what it was."""
    kept = copy_of(project)
    if kept.is_file():
        draft = file.with_name(f"{file.name}.restoring")
        shutil.copyfile(kept, draft)
        draft.replace(file)
        if _opens(warehouse):
            note_of(project).unlink(missing_ok=True)  # its audit may be older than the last who were erased
            return "It is back as the last publication left it; what has changed since is synced now."
        file.unlink()
    published = project.published / "warehouse.duckdb"
    if published.is_file():
        with warehouse.connect() as connection:
            audit_from(published, connection)
        return "Its ledger is back from the last publication; the CRM is read from the start."
    return "Nothing had been published yet; the CRM is read from the start."


def _know_again(project: Project, warehouse: Warehouse) -> None:
    """What the ledger's mirror knows of runs since then goes back into the ledger."""
    ledger = Ledger(project, warehouse)
    try:
        mirrored = recent(project)
    except (ValueError, TypeError):
        return
    known = {entry.run_id: entry for entry in ledger.latest()}
    for entry in mirrored:
        if known.get(entry.run_id) != entry:
            ledger.write(entry)


def _mark(project: Project) -> Path:
    return project.state_dir / "damaged.mark"
