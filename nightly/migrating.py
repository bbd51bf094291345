"""Moving up from the DuckDB file to a server: nothing is lost, and nothing is fetched again."""

from dataclasses import replace

from errors import UsageProblem
from nightly.lock import held, our_name
from project import Project
from publish import current
from warehouse import Adopted, open_warehouse


def migrate(project: Project, to: str) -> Adopted:
    """Copy all that the working file knows, cursors included, to the server of the target `to`.

    What is published is shown there, too. The file stays as it is.

    Raises:
        UsageProblem: there is no working file, `to` is no server, or it holds tables already.
        Locked: a run is at work.
    """
    source, target = open_warehouse(project), open_warehouse(replace(project, target=to))
    if source.engine != "duckdb" or target.engine == "duckdb":
        raise UsageProblem(
            f"migrate moves from a DuckDB file to a server; '{source.target}' is of type {source.engine}, "
            f"'{target.target}' of type {target.engine}."
        )
    if not source.exists:
        raise UsageProblem(
            f"There is nothing to move: there is no {source.path}. "
            f"`smarketing --target {to} run` begins on the server."
        )
    with held(project), target.alone(our_name()):
        adopted = target.adopt(source.path)
        published = current(project)
        if published is not None:
            target.show(published.publication_id, published.database)
    return adopted
