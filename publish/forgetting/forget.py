"""Takes people out of every kept publication: new files beside the old ones, then one rename for each.

Whoever has an old file open goes on reading it; whoever opens it anew reads the new one. The manifest goes
last. A job that is cut off is done again by the next: a note of its end is written only when all folders are
done.
"""

import json
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish import folder, manifest
from publish.forgetting import pages, people, tables, working
from publish.history import history
from publish.publication import MANIFEST, Publication

if TYPE_CHECKING:
    from progress import Progress
    from project import Project
    from warehouse import Warehouse

LOG = logging.getLogger(__name__)


def forget(
    project: "Project", warehouse: "Warehouse", progress: "Progress", readable_by: str
) -> tuple[Publication, ...]:
    """Make every kept publication one without people whom the CRM has erased, and the working file's audit.

    To be called by the only publisher.

    Returns:
        Those in which that could not be done: their folders must go.
    """
    ids = people.purged(warehouse)
    if people.mark(ids) == people.noted(project):
        return ()
    kept = history(project)
    everybody = people.with_merged(ids, kept) if ids else []
    if everybody:
        working.scrub(warehouse, everybody)
    left = tuple(one for one in kept if not _forgotten(one, everybody, readable_by))
    if ids:
        warehouse.keep_only(())  # a server's copies: `rollback` loads them anew, from the folders
        progress.say(f"People deleted for privacy are gone from {len(kept) - len(left)} kept publications.")
    if not left:
        people.note_of(project).write_text(people.mark(ids), encoding="utf-8")
    return left


def _forgotten(kept: Publication, ids: list[str], readable_by: str) -> bool:
    try:
        _rewrite(kept.path, ids, readable_by)
    except Exception:
        LOG.exception("publication %s cannot be rewritten, and goes", kept.publication_id)
        return False
    return True


def _rewrite(kept: Path, ids: list[str], readable_by: str) -> None:
    if not ids:
        return
    making = kept.parent / f"{folder.MAKING}{kept.name}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    try:
        made = tables.rewrite(kept, making, ids)
        pages.rewrite(kept, making, ids)
        said = json.loads((kept / MANIFEST).read_text(encoding="utf-8"))
        now = _manifest(said, made.rows, kept, making, ids)
        if now != said:
            _replace(kept, making, now, readable_by)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _manifest(
    said: dict[str, Any], rows: dict[str, int], kept: Path, making: Path, ids: list[str]
) -> dict[str, Any]:
    """Every file as it will be; some may have been replaced by a job that was cut off."""
    files = manifest.files_of(kept) | manifest.files_of(making)
    del files[MANIFEST]
    return said | {
        "refusals": [pages.scrubbed(one, ids) for one in said["refusals"]],
        "rows": rows,
        "files": dict(sorted(files.items())),
    }


def _replace(kept: Path, making: Path, said: dict[str, Any], readable_by: str) -> None:
    """Make the new files durable, and move each into the place of the old one; the manifest last."""
    text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    new = sorted(path for path in making.rglob("*") if path.is_file())
    (making / MANIFEST).write_text(text, encoding="utf-8")
    folder.settle(making, readable_by)
    for path in [*new, making / MANIFEST]:
        path.replace(kept / path.relative_to(making))
    folder.settle_places(kept)
