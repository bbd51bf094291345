"""What there is to read: how things stand, the ledger of broken rules, the report; and the way back."""

import json
from typing import TYPE_CHECKING, Any

import click

from commands.front import Shared, example
from commands.job import Instant
from commands.table import plain, print_rows, print_table
from errors import UsageProblem

NARROW = ("lead_id", "rule", "first_seen_at", "owner_name", "observed")

if TYPE_CHECKING:
    from nightly.status import Status
    from publish import Publication


@click.command(epilog=example("smarketing status", "smarketing status --json"))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def status(shared: Shared, as_json: bool) -> None:
    """What is published, and how the last runs ended.

    As of when, under which agreement, how long each stage took; and who is at work now.
    """
    from nightly.status import status as status_of

    found = status_of(shared.project)
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False, default=plain))
    else:
        _print_status(found)


@click.command(
    epilog=example("smarketing violations --rule mql_reachable", "smarketing violations --all --format csv")
)
@click.option("--rule", help="Only this rule.")
@click.option("--stage", help="Only rules of this stage.")
@click.option("--owner", help="Only leads of this owner: an id, or a part of the name.")
@click.option("--department", help="Only rules this department answers for.")
@click.option("--since", type=Instant(), help="Only what was first seen at or after this instant.")
@click.option("--all", "resolved_too", is_flag=True, help="Also what has been resolved since.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.pass_obj
def violations(shared: Shared, /, form: str, **wanted: Any) -> None:
    """Which lead breaks which rule, since when, and whose it is."""
    from publish import violations as ledger

    rows = ledger.violations(shared.project, ledger.Filter(**wanted))
    if form != "table":
        print_rows(ledger.COLUMNS, rows, form)
        return
    places = [ledger.COLUMNS.index(name) for name in NARROW]
    print_table(NARROW, [[row[i] for i in places] for row in rows])
    click.echo(f"{len(rows):,} violation{'' if len(rows) == 1 else 's'}.")


@click.command(epilog=example("smarketing report", "smarketing report --open"))
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def report(shared: Shared, open_it: bool) -> None:
    """Where the report is."""
    from publish import current

    published = current(shared.project)
    if published is None:
        raise UsageProblem(f"There is no report in {shared.project.root} yet. `smarketing run` makes one.")
    page = shared.project.published / published.report.name
    click.echo(page)
    if open_it and click.launch(str(page)) != 0:
        raise click.ClickException(f"No browser could be started here. Open {page} yourself.")


@click.command(epilog=example("smarketing rollback", "smarketing rollback 20261124T200000.000Z"))
@click.argument("publication", required=False)
@click.pass_obj
def rollback(shared: Shared, publication: str | None) -> None:
    """Put an earlier publication back.

    By default the last certified one before the current. The next run publishes on top of it.
    """
    from publish import rollback as put_back

    shown = put_back(shared.project, publication)
    shared.tell(f"{shown.publication_id} is published again. The next run publishes on top of it.")


def _print_status(found: "Status") -> None:
    from nightly.clock import shown

    click.echo(f"Published: {_described(found.published)}")
    if found.at_work:
        click.echo(f"At work:   {found.at_work}")
    if not found.runs:
        click.echo("Runs:      none yet. `smarketing run` is the first.")
        return
    click.echo()
    print_table(
        ("run", "status", "exit", "rows", "asked", "sync", "build", "check", "publish"),
        [
            (
                r.run_id,
                r.status,
                r.exit_code,
                r.rows_loaded,
                r.requests,
                *_seconds(r.sync_seconds, r.build_seconds, r.check_seconds, r.publish_seconds),
            )
            for r in found.runs
        ],
    )
    for line in (*found.slower, *([f"The last sync sent {found.quota}"] if found.quota else [])):
        click.echo(f"\n{line}")
    if reason := found.runs[0].reason:
        click.echo(f"\n{shown(found.runs[0].finished_at)}: {reason}")


def _seconds(*values: float | None) -> list[str]:
    return [f"{value:.1f}s" if value is not None else "" for value in values]


def _described(published: "Publication | None") -> str:
    from nightly.clock import shown

    if published is None:
        return "nothing yet"
    under = (
        f"under {published.agreement_version}"
        if published.agreement_version
        else "before the agreement took effect"
    )
    if published.status == "published":
        return f"{published.publication_id}, as of {shown(published.as_of)}, {under}"
    marts = (
        f"the marts are of {shown(published.marts_as_of)}"
        if published.marts_from
        else "there are no marts yet"
    )
    return f"{published.publication_id}, refused as of {shown(published.as_of)}, {under}; {marts}"
