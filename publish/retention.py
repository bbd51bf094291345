"""Which publications stay: the newest few, the current one, and the last certified one."""

from project import Project
from publish import folder
from publish.history import current, history


def prune(project: Project, keep: int) -> tuple[str, ...]:
    """Delete all but the newest `keep` publications. Returns the ids deleted, oldest first.

    The one that `published` points to, the one its marts came from, and the newest certified one always stay.
    """
    kept = history(project)
    shown = current(project)
    certified = [publication.publication_id for publication in kept if publication.status == "published"]
    safe = {publication.publication_id for publication in kept[:keep]} | set(certified[:1])
    if shown is not None:
        safe |= {shown.publication_id, shown.marts_from or ""}
    gone = [publication for publication in reversed(kept) if publication.publication_id not in safe]
    for publication in gone:
        folder.remove(publication.path)
    return tuple(publication.publication_id for publication in gone)
