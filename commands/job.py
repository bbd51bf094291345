"""The nightly job, whole and stage by stage."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from commands.front import Shared, example
from commands.table import print_table

if TYPE_CHECKING:
    from nightly import Night
    from nightly.stages import Name

full_refresh = click.option("--full-refresh", is_flag=True, help="Start over instead of going on.")


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant, as UTC without zone; one that names no zone is UTC."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """`value` to the millisecond; what is no instant is a usage error."""
        from nightly.clock import to_instant

        try:
            return to_instant(datetime.fromisoformat(str(value)))
        except ValueError:
            self.fail(f"'{value}' is not an instant like 2026-11-24T20:00:00Z.", param, ctx)


as_of_option = click.option(
    "--as-of", type=Instant(), help="Take this instant for now, instead of when the sync begins."
)


@click.command(epilog=example("smarketing run", "smarketing -q run --as-of 2026-11-24T20:00:00Z"))
@as_of_option
@click.pass_obj
def run(shared: Shared, as_of: datetime | None) -> None:
    """The nightly job: sync, build, check, publish."""
    from nightly import ORDER

    night = _perform(shared, ORDER, as_of=as_of)
    _tell_published(shared, night)


@click.command(epilog=example("smarketing sync", "smarketing sync --full-refresh --object deals"))
@full_refresh
@click.option(
    "--object",
    "objects",
    multiple=True,
    metavar="NAME",
    help="With --full-refresh: start over with this object only; may be given several times.",
)
@click.option(
    "--confirm-purge",
    is_flag=True,
    help="Remove for good all records that vanished from the CRM, however many they are.",
)
@as_of_option
@click.pass_obj
def sync(
    shared: Shared,
    full_refresh: bool,
    objects: tuple[str, ...],
    confirm_purge: bool,
    as_of: datetime | None,
) -> None:
    """Copy from the CRM what has changed since the last time.

    What earlier runs saw of histories stays, also with --full-refresh, and so does the ledger.
    """
    if objects and not full_refresh:
        raise click.UsageError("--object chooses what --full-refresh starts over with: add it, too.")
    night = _perform(
        shared,
        ("sync",),
        as_of=as_of,
        full_refresh=full_refresh,
        objects=objects,
        confirm_purge=confirm_purge,
    )
    shared.tell(f"Loaded {night.entry.rows_loaded:,} rows in {night.entry.requests:,} requests.")


@click.command(epilog=example("smarketing build", "smarketing build --docs"))
@full_refresh
@click.option("--docs", is_flag=True, help="Also write a page that says what every table and column means.")
@click.pass_obj
def build(shared: Shared, full_refresh: bool, docs: bool) -> None:
    """Work out the marts from what was synced last.

    Only leads that changed, or whose clock ran on, are worked out anew; with --full-refresh all of them. What
    earlier runs saw of histories stays either way.
    """
    night = _perform(shared, ("build",), full_refresh=full_refresh, docs=docs)
    shared.tell(f"Built the marts as of {_as_of(night)}.")


@click.command(epilog=example("smarketing check"))
@click.pass_obj
def check(shared: Shared) -> None:
    """Judge the marts by the agreement."""
    night = _perform(shared, ("check",))
    shared.tell(f"Checked the marts as of {_as_of(night)}: nothing against publishing them.")
    if shared.verbosity >= 0:
        print_rules(night)


@click.command(epilog=example("smarketing publish", "smarketing publish --format xlsx --mart sla_compliance"))
@click.option(
    "--format",
    "formats",
    type=click.Choice(["csv", "xlsx"]),
    multiple=True,
    help="Also as CSV or Excel files, in the publication's folder `exports`.",
)
@click.option(
    "--mart", "marts", multiple=True, metavar="NAME", help="Only this table of them; without it, every mart."
)
@click.pass_obj
def publish(shared: Shared, formats: tuple[str, ...], marts: tuple[str, ...]) -> None:
    """Show the world the marts that were checked last."""
    if marts and not formats:
        raise click.UsageError("--mart chooses what --format exports: name a format, too.")
    night = _perform(shared, ("publish",), formats=formats, tables=marts)
    _tell_published(shared, night)
    if formats:
        shared.tell(f"Exports: {night.project.published / 'exports'}")


def print_rules(night: "Night") -> None:
    """One line for each rule judged, on stdout."""
    rows = [
        (
            r.rule,
            r.agreement_version,
            r.severity,
            r.evaluated,
            r.violations,
            _percent(r.rate),
            _percent(r.tolerance),
            r.verdict,
        )
        for r in night.results
    ]
    print_table(("rule", "version", "severity", "leads", "broken", "rate", "tolerance", "verdict"), rows)


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share:.1%}"


def _perform(
    shared: Shared,
    stages: "tuple[Name, ...]",
    as_of: datetime | None = None,
    full_refresh: bool = False,
    docs: bool = False,
    **more: Any,
) -> "Night":
    from nightly import Wish, perform

    return perform(shared.project, Wish(stages, as_of, full_refresh, docs, **more), shared.progress())


def _tell_published(shared: Shared, night: "Night") -> None:
    under = f" under {night.entry.agreement_version}" if night.entry.agreement_version else ""
    shared.tell(f"Published {night.entry.publication_id} as of {_as_of(night)}{under}.")
    shared.tell(f"Report: {night.project.published / 'report.html'}")


def _as_of(night: "Night") -> str:
    from nightly.clock import shown

    return shown(night.entry.as_of)
