"""Would a run work tonight? Everything that it needs, looked at without changing anything."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from errors import CrmUnreadable, Locked, UsageProblem
from nightly import engines, readiness
from nightly.clock import now, shown
from nightly.findings import Finding
from nightly.ledger import Entry, recent
from nightly.lock import holder
from nightly.repair import is_broken
from nightly.safekeeping import copy_of
from nightly.stages import ORDER
from project import Project

MEGABYTE = 1_000_000
LEAST_FREE = 300 * MEGABYTE
SMALL_SKEW = timedelta(minutes=5)
LONGEST_AGE = timedelta(hours=36)


def examine(project: Project) -> Iterator[Finding]:
    """Look at everything, the cheapest first. A problem means that a run would not publish."""
    try:
        found = readiness.configuration(project, ORDER)
    except UsageProblem as problem:
        yield _problem("configuration", problem.message, "Mend it, then ask again.", problem.exit_code)
        return
    yield Finding("configuration", "ok", "The agreement, the profile and the settings are in order.")
    yield engines.versions()
    yield _folder(project)
    yield _lock(project)
    runs = _runs(project)
    yield _working_file(project, found)
    yield _disk(project)
    yield from _crm(found, runs)
    yield _last_publication(project)


def _problem(check: str, said: str, todo: str, exit_code: int) -> Finding:
    return Finding(check, "problem", said, todo, exit_code)


def _folder(project: Project) -> Finding:
    try:
        for folder in (project.root, project.state_dir):
            if folder.is_dir():
                with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
                    pass
    except OSError as error:
        todo = "Give the folder to the user who runs this, on a disk that is not read-only."
        return _problem("folder", f"{project.root} cannot be written to: {error.strerror}.", todo, 2)
    return Finding("folder", "ok", f"{project.root} can be written to.")


def _lock(project: Project) -> Finding:
    if who := holder(project):
        return _problem("lock", f"A run is at work: {who}.", "Wait until it has ended.", Locked.exit_code)
    return Finding("lock", "ok", "Nobody is at work.")


def _working_file(project: Project, found: readiness.Configuration) -> Finding:
    try:
        there = found.warehouse.exists
    except UsageProblem as problem:
        todo = "Start the server, or correct the target in profiles.yml."
        return _problem("warehouse", problem.message, todo, UsageProblem.exit_code)
    if not there:
        return Finding("warehouse", "ok", "It is empty: the first run reads the whole CRM.")
    if holder(project):
        return Finding("warehouse", "ok", "It is in use, and was not looked at.")
    if is_broken(project, found.warehouse):
        kept = "from the copy of the last publication" if copy_of(project).exists() else "by reading all"
        return Finding(
            "warehouse", "warning", "The working file is damaged.", f"The next run mends it {kept}."
        )
    return Finding("warehouse", "ok", f"The {found.warehouse.engine} warehouse is there.")


def _disk(project: Project) -> Finding:
    """A run makes a publication and a copy of what is kept; the working file may grow by as much."""
    free = shutil.disk_usage(project.root).free
    shown_now = project.published.resolve()
    files = [*shown_now.rglob("*")] if shown_now.is_dir() else []
    size = sum(file.stat().st_size for file in files if file.is_file())
    kept = copy_of(project).stat().st_size if copy_of(project).exists() else 0
    needed = LEAST_FREE + 2 * (size + kept)
    said = f"{free / MEGABYTE:,.0f} MB are free; a night may need {needed / MEGABYTE:,.0f} MB."
    if free < needed:
        return _problem("disk", said, "Make room, or keep fewer publications (PUBLISH__KEEP).", 1)
    return Finding("disk", "ok", said)


def _crm(found: readiness.Configuration, runs: list[Entry]) -> Iterator[Finding]:
    from extract.examining import examine as examine_crm

    try:
        seen = examine_crm(found.settings.sources.hubspot, found.agreement.crm)
    except CrmUnreadable as problem:
        yield _problem("crm", problem.message, "Then ask again.", problem.exit_code)
        yield _clock(None, runs)
        return
    for refusal in seen.refused:
        yield _problem("token", refusal, "Grant it in HubSpot, then ask again.", CrmUnreadable.exit_code)
    if not seen.refused:
        scopes = f" It has {len(seen.scopes)} scopes." if seen.scopes is not None else ""
        yield Finding("token", "ok", f"The token reads all {seen.read} parts that a sync needs.{scopes}")
    yield _quota(seen.quota_of_day, runs)
    yield _clock(seen.clock, runs)


def _quota(of_day: tuple[int, int] | None, runs: list[Entry]) -> Finding:
    if of_day is None:
        return Finding("quota", "ok", "The CRM states no daily limit.")
    limit, left = of_day
    usual = max((run.requests or 0 for run in runs[:7]), default=0)
    said = f"{left:,} of today's {limit:,} requests are left; a night took {usual:,} at most lately."
    if left <= usual:
        todo = "Run after midnight (the portal's), or see what else uses the portal."
        return _problem("quota", said, todo, CrmUnreadable.exit_code)
    return Finding("quota", "ok", said)


def _clock(crm: datetime | None, runs: list[Entry]) -> Finding:
    from extract.clock import LARGEST_SKEW

    here = now()
    try:
        readiness.by_the_clock(here, runs)
    except UsageProblem as problem:
        return _problem("clock", problem.message, "See `timedatectl`.", problem.exit_code)
    if crm is None:
        return Finding("clock", "ok", f"It is {shown(here)} here; the CRM did not say what it is there.")
    skew = abs(here - crm)
    said = f"It is {shown(here)} here, and {shown(crm)} by the CRM's clock."
    todo = "Set the clock right: `timedatectl set-ntp true`."
    if skew > LARGEST_SKEW:
        return _problem("clock", said, todo, UsageProblem.exit_code)
    if skew > SMALL_SKEW:
        return Finding("clock", "warning", said, todo)
    return Finding("clock", "ok", said)


def _last_publication(project: Project) -> Finding:
    from publish import current

    found = current(project)
    if found is None:
        return Finding("publication", "ok", "Nothing has been published yet.")
    published = f"{found.publication_id} is shown, as of {shown(found.as_of)}"
    if found.status != "published":
        return Finding("publication", "warning", f"{published}; it was refused.", "Its report says why.")
    if now() - found.as_of > LONGEST_AGE:
        todo = "`smarketing status` says how the last runs ended; is the schedule on?"
        return Finding("publication", "warning", f"{published}: older than a day and a half.", todo)
    return Finding("publication", "ok", f"{published}.")


def _runs(project: Project) -> list[Entry]:
    try:
        return recent(project)
    except (ValueError, TypeError):
        return []


def exit_code(findings: list[Finding]) -> int:
    """What a run would end with: 0 only if it would work."""
    return next((one.exit_code for one in findings if one.state == "problem"), 0)
