"""Which publications there are, which one is shown, and how to go back to an earlier one."""

from errors import UsageProblem
from project import Project
from publish import folder
from publish.publication import Publication, order, read
from warehouse import open_warehouse


def current(project: Project) -> Publication | None:
    """The publication that `published` points to; None before the first."""
    if not project.published.is_symlink():
        return None
    return read(project.root / project.published.readlink())


def history(project: Project) -> tuple[Publication, ...]:
    """All complete publications that are kept, refused ones included, the newest first."""
    if not project.publications_dir.is_dir():
        return ()
    names = [path.name for path in project.publications_dir.iterdir() if not path.name.startswith(".")]
    found = (read(project.publications_dir / name) for name in sorted(names, key=order, reverse=True))
    return tuple(publication for publication in found if publication is not None)


def rollback(project: Project, publication_id: str | None = None) -> Publication:
    """Show an earlier publication again: the named one, else the last certified one before the current.

    Nothing is deleted; the next run publishes on top.

    Raises:
        UsageProblem: there is no such publication, or none to go back to.
    """
    with folder.only_publisher(project):
        chosen = _named(project, publication_id) if publication_id else _previous(project)
        open_warehouse(project).show(chosen.publication_id, chosen.database)
        folder.point_to(project, chosen.path)
    return chosen


def _named(project: Project, publication_id: str) -> Publication:
    kept = {publication.publication_id: publication for publication in history(project)}
    if publication_id not in kept:
        known = ", ".join(kept) or "none"
        raise UsageProblem(f"There is no publication '{publication_id}'. Kept are: {known}.")
    return kept[publication_id]


def _previous(project: Project) -> Publication:
    shown = current(project)
    for candidate in history(project):
        earlier = shown is None or order(candidate.publication_id) < order(shown.publication_id)
        if earlier and candidate.status == "published":
            return candidate
    raise UsageProblem("There is no earlier certified publication to go back to.")
