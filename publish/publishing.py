"""One publication from start to link: copy, report, manifest, seal, point, prune."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import settings
from privacy import treatment_key
from publish import changes, data_docs, exports, folder, forgetting, manifest, report, retention
from publish.history import current, history
from publish.publication import DATABASE, REPORT, Publication, read
from publish.tables import copy_tables
from publish.treatment import treatments

if TYPE_CHECKING:
    from agreement.model import Agreement
    from progress import Progress
    from project import Project, Run
    from warehouse import Warehouse


@dataclass(frozen=True)
class _Night:
    project: "Project"
    agreement: "Agreement"
    warehouse: "Warehouse"
    run: "Run"
    refusals: tuple[str, ...]
    key: bytes
    wanted: exports.Exports


def publish(  # noqa: PLR0913 -- every stage is called alike
    project: "Project",
    agreement: "Agreement",
    warehouse: "Warehouse",
    run: "Run",
    progress: "Progress",
    *,
    refusals: tuple[str, ...] = (),
    wanted: exports.Exports = exports.NO_EXPORTS,
) -> Publication:
    """Show the world what the working file holds; with `refusals`, the new audit beside the marts that stand.

    `wanted` are copies for spreadsheets, beside Parquet.

    Raises:
        Locked: another process is publishing.
        UsageProblem: `published` is not a link of ours, the hash key is too short, or a table
            wanted is not there.
        OSError: no space or no permission; what was shown before is still shown.
    """
    asked = settings.load(project).publish
    night = _Night(project, agreement, warehouse, run, refusals, treatment_key(project), wanted)
    with folder.only_publisher(project):
        folder.assert_linkable(project)
        folder.clear_debris(project)
        unclean = forgetting.forget(project, warehouse, progress, asked.readable_by)
        made = _make(night, asked.readable_by, unclean)
        warehouse.show(made.publication_id, made.database)
        folder.point_to(project, made.path)
        for left in unclean:
            folder.remove(left.path)
        pruned = retention.prune(project, asked.keep)
        warehouse.keep_only({one.publication_id for one in history(project)})
    progress.say(f"{'Refused' if refusals else 'Published'} as {made.publication_id}.")
    if pruned:
        progress.say(f"Removed {len(pruned)} old publication{'s' if len(pruned) > 1 else ''}.")
    return made


def _make(night: _Night, readable_by: str, unclean: tuple[Publication, ...]) -> Publication:
    """A complete, sealed folder that nothing points to yet. What fails midway leaves nothing behind.

    Nothing is taken from publications that are `unclean`: they are about to go.
    """
    making = folder.begin(night.project)
    try:
        contents = _fill(making, night, folder.free_id(night.project, night.run.run_id), unclean)
        final = folder.seal(making, contents.publication_id, readable_by)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    made = read(final)
    if made is None:
        raise RuntimeError(f"The publication in {final} cannot be read back.")
    return made


def _fill(
    making: Path, night: _Night, publication_id: str, unclean: tuple[Publication, ...]
) -> manifest.Contents:
    """Tables first, the report from them, the manifest over everything."""
    asked = treatments(night.agreement)
    shown = current(night.project)
    standing = None if shown in unclean else shown
    comparison = _comparison(night, publication_id, standing, unclean)
    contents = manifest.Contents(
        publication_id=publication_id,
        status="refused" if night.refusals else "published",
        refusals=night.refusals,
        marts_from=standing if night.refusals else None,
        rows=copy_tables(
            making,
            night.warehouse,
            asked,
            night.key,
            marts=standing if night.refusals else "working",
            comparison=comparison,
            wanted=night.wanted,
        ),
        privacy=asked,
        compared_with=comparison.previous.publication_id if comparison else None,
    )
    page = report.Page(night.agreement, night.run, contents, _lead_page(night.project))
    report.write(page, making / DATABASE, making / REPORT)
    data_docs.take_along(night.project, making)
    manifest.write(making, contents, night.agreement, night.run)
    return contents


def _comparison(
    night: _Night, publication_id: str, standing: Publication | None, unclean: tuple[Publication, ...]
) -> changes.Comparison | None:
    """With the certified marts shown before; None if there are none, or if they go on being shown.

    The same night published once more (in another format, say) is compared with the night before it, too.
    """
    if night.refusals or standing is None or standing.marts_from is None:
        return None
    now = (night.run.as_of, manifest.fingerprint(night.agreement))
    shown = (standing, *(one for one in history(night.project) if one.status == "published"))
    for previous in shown:
        if previous not in unclean and (previous.marts_as_of, previous.marts_fingerprint) != now:
            same = previous.marts_fingerprint == now[1]
            return _compared(night, publication_id, previous, same=same)
    return None


def _compared(night: _Night, publication_id: str, previous: Publication, *, same: bool) -> changes.Comparison:
    signed = night.agreement
    return changes.Comparison(
        publication_id,
        previous,
        same,
        columns=tuple(signed.columns),
        stages=tuple(stage.stage for stage in signed.stages),
        timezone=signed.timezone,
    )


def _lead_page(project: "Project") -> str | None:
    """The address of a lead's page in the CRM up to its id; None unless the portal's number is configured."""
    hubspot = settings.load(project).sources.hubspot
    return f"{hubspot.app_url}/contacts/{hubspot.portal_id}/record/0-1/" if hubspot.portal_id else None
