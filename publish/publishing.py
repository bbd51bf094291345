"""One publication from start to link: copy, report, manifest, seal, point, prune."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from privacy import treatment_key
from publish import copy, folder, manifest, report, retention
from publish.history import current
from publish.publication import DATABASE, REPORT, TABLES, Publication, read
from publish.treatment import further, treatments

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from agreement.model import Agreement
    from progress import Progress
    from project import Project, Run
    from warehouse import Warehouse

CERTIFIED = "certified"


def publish(  # noqa: PLR0913 - the stages share one signature
    project: "Project",
    agreement: "Agreement",
    warehouse: "Warehouse",
    run: "Run",
    progress: "Progress",
    *,
    refusals: tuple[str, ...] = (),
) -> Publication:
    """Show the world what the working file holds; with `refusals`, the new audit beside the marts that stand.

    Raises:
        Locked: another process is publishing.
        UsageProblem: `published` is not a link of ours, or the hash key is too short.
        OSError: no space or no permission; what was shown before is still shown.
    """
    wanted = settings.load(project).publish
    key = treatment_key(project)
    with folder.only_publisher(project):
        folder.assert_linkable(project)
        folder.clear_debris(project)
        standing = current(project) if refusals else None
        making = folder.begin(project)
        publication_id = folder.free_id(project, run.run_id)
        try:
            rows = _copy_tables(making, warehouse, agreement, key, refused=bool(refusals), standing=standing)
            contents = manifest.Contents(
                publication_id,
                "refused" if refusals else "published",
                refusals,
                standing,
                rows,
                treatments(agreement),
            )
            report.write(making / REPORT, making / DATABASE, contents, agreement, run, wanted_links(project))
            manifest.write(making, contents, agreement, run)
            final = folder.seal(making, publication_id, wanted.readable_by)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        folder.point_to(project, final)
        pruned = retention.prune(project, wanted.keep)
    _tell(progress, final, rows, pruned)
    return _read_back(final)


def wanted_links(project: "Project") -> str | None:
    """The address of a lead's page in the CRM up to its id; None unless the portal's number is configured."""
    hubspot = settings.load(project).sources.hubspot
    return f"{hubspot.app_url}/contacts/{hubspot.portal_id}/record/0-1/" if hubspot.portal_id else None


def _copy_tables(
    making: Path,
    warehouse: "Warehouse",
    agreement: "Agreement",
    key: bytes,
    *,
    refused: bool,
    standing: Publication | None,
) -> dict[str, int]:
    """Fill the DuckDB file and the Parquet folder. Returns the rows of each published table."""
    (making / TABLES).mkdir()
    asked = treatments(agreement)
    with warehouse.connect() as connection:
        working = connection.execute("select current_database()").fetchone()
        assert working is not None
        copy.open_target(connection, making / DATABASE, key)
        chosen = [(table, asked) for table in copy.tables_of(connection, working[0], "audit")]
        if not refused:
            chosen += [(table, asked) for table in copy.tables_of(connection, working[0], "marts")]
        elif standing is not None:
            connection.execute(f"attach {copy.literal(standing.database)} as {CERTIFIED} (read_only)")
            remaining = further(asked, standing.privacy)
            chosen += [(table, remaining) for table in copy.tables_of(connection, CERTIFIED, "marts")]
        rows = {f"{t.schema}.{t.name}": copy.copy_table(connection, t, how) for t, how in chosen}
        for table, _ in chosen:
            copy.export_parquet(connection, table, making / TABLES)
        copy.close_target(connection)
    return dict(sorted(rows.items()))


def _read_back(final: Path) -> Publication:
    made = read(final)
    if made is None:
        raise RuntimeError(f"The publication in {final} cannot be read back.")
    return made


def _tell(progress: "Progress", final: Path, rows: dict[str, int], pruned: tuple[str, ...]) -> None:
    leads = f", {rows['marts.leads']:,} leads" if "marts.leads" in rows else ""
    progress.say(f"Published {final.name}: {len(rows)} tables{leads}.")
    if pruned:
        progress.say(f"Removed {len(pruned)} old publication{'s' if len(pruned) > 1 else ''}.")
