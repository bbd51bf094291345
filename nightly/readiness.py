"""What must hold before a run touches anything, and what a stage alone builds upon."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import agreement
import settings
from agreement import Agreement
from errors import UsageProblem
from nightly.clock import shown
from nightly.ledger import Entry
from nightly.stages import ORDER, Name
from project import Project
from settings import Settings
from warehouse import Warehouse, open_warehouse


@dataclass(frozen=True)
class Configuration:
    """All that is read before the first step."""

    agreement: Agreement
    warehouse: Warehouse
    settings: Settings


def configuration(project: Project, stages: tuple[Name, ...]) -> Configuration:
    """Read and judge the configuration; nothing is made in the folder.

    Raises:
        UsageProblem: the folder, the agreement, the profile or a setting is not usable.
    """
    if not project.root.is_dir():
        raise UsageProblem(f"There is no folder {project.root}. `smarketing init {project.root}` makes it.")
    if "%" in str(project.root):
        raise UsageProblem(
            f"There is a % in {project.root}, where dlt cannot work. Move or rename the folder."
        )
    if not project.agreement_file.is_file():
        raise UsageProblem(
            f"There is no agreement.yml in {project.root}. `smarketing init` writes one to start from; "
            "`smarketing demo` shows the whole job without one."
        )
    signed = agreement.load(project.agreement_file)
    warehouse = open_warehouse(project)
    found = settings.load(project)
    token = found.sources.hubspot.access_token
    if stages[0] == "sync" and not (token and token.get_secret_value().strip()):
        raise UsageProblem(
            f"There is no access token for HubSpot. Put SOURCES__HUBSPOT__ACCESS_TOKEN=... into "
            f"{project.root / '.env'} or into the environment: a private app of your portal has one."
        )
    if stages[0] != "sync" and not warehouse.exists:
        raise UsageProblem(_never_synced(project))
    return Configuration(signed, warehouse, found)


def standing_on(
    stages: tuple[Name, ...], ledger: list[Entry], project: Project
) -> tuple[datetime, tuple[str, ...]]:
    """What stages that do not begin with `sync` build upon: the as_of of the last sync, the last refusals.

    `ledger` is newest first.

    Raises:
        UsageProblem: the stage before was never done, or something before it was begun anew since.
    """
    before = ORDER[: ORDER.index(stages[0])]
    touched = [entry for entry in ledger if set(entry.stages.split()) & set(before)]
    synced = [entry for entry in touched if entry.sync_seconds is not None]
    if not synced or synced[0].as_of is None:
        raise UsageProblem(_never_synced(project))
    last = touched[0]
    if getattr(last, f"{before[-1]}_seconds") is None:
        raise UsageProblem(
            f"`{stages[0]}` needs a finished `{before[-1]}`, and the last run to change anything before it "
            f"({last.run_id}: {last.stages.replace(' ', ', ')}; {last.status}) did not get that far. "
            f"Run `smarketing {_missing(last, before)}` first, or `smarketing run` for everything."
        )
    return synced[0].as_of, tuple((last.refusals or "").splitlines())


def by_the_clock(begun: datetime, ledger: list[Entry]) -> datetime:
    """What is now, for a run that was not told: this machine's time, unless it was later before.

    `ledger` is newest first.

    Raises:
        UsageProblem: the last sync was later than now: a clock that was set back would judge by the past.
    """
    last = next((entry.as_of for entry in ledger if "sync" in entry.stages.split() and entry.as_of), None)
    if last and begun < last:
        raise UsageProblem(
            f"By this machine's clock it is {shown(begun)}, and the last run was as of {shown(last)}, "
            "which is later. Nothing was done. Set the clock right (`timedatectl` shows whether it is "
            "synchronised), or say what is now with `smarketing run --as-of INSTANT`."
        )
    return begun


def version_in_force(signed: Agreement, as_of: datetime) -> str | None:
    """The version that holds at `as_of`, by the agreement's local day; None before the first."""
    today = as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(signed.timezone)).date()
    version = signed.version_at(today)
    return version.version if version else None


def _missing(last: Entry, before: tuple[Name, ...]) -> str:
    """The first stage to do again: the one after the last that `last` finished."""
    done = [stage for stage in before if getattr(last, f"{stage}_seconds") is not None]
    asked = last.stages.split()
    return before[before.index(done[-1]) + 1] if done else asked[0]


def _never_synced(project: Project) -> str:
    return f"Nothing has been synced in {project.root} yet. Run `smarketing sync` first, or `smarketing run`."
