"""The whole job on a made-up company, and how to look further."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.front import Shared, example
from commands.table import print_table

if TYPE_CHECKING:
    from nightly import Night
    from publish.headline import Headline

contacts = click.option(
    "--contacts",
    type=click.IntRange(50, 1_000_000),
    default=2_000,
    show_default=True,
    help="How many people the company's CRM has.",
)
seed = click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed tells the same story."
)


@click.command(epilog=example("smarketing demo", "smarketing demo /tmp/paradox --contacts 5000 --seed 3"))
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path("demo")
)
@contacts
@seed
@click.pass_obj
def demo(shared: Shared, folder: Path, contacts: int, seed: int) -> None:
    """The whole job on a made-up company, in ./demo.

    It makes the folder DIR and asks for no configuration. Again in the same folder, it is the next night.
    """
    from nightly.demo import Story
    from nightly.demo import demo as one_night
    from publish import current
    from publish.headline import headline

    night = one_night(folder, Story(contacts, seed), shared.progress())
    published = current(night.project)
    if published is None or shared.verbosity < 0:
        return
    found = headline(published)
    _print_verdict(night, found)
    click.echo(f"\nReport: {night.project.published / published.report.name}\n\nLook further:")
    for line in _further(folder, Story(contacts, seed) == Story(2_000, 1), found, contacts, seed):
        click.echo(f"  {line}")


def _print_verdict(night: "Night", found: "Headline") -> None:
    from nightly.clock import shown
    from publish.report.promises import Promises

    figure = Promises(night.agreement).figure
    entry = night.entry
    click.echo(f"\n{night.agreement.company}, {shown(entry.as_of)}, under {entry.agreement_version}\n")
    rows = [
        (
            p.department,
            p.commitment,
            p.period_start,
            figure(p.agreement_version, p.commitment, p.actual),
            figure(p.agreement_version, p.commitment, p.target),
            p.status,
        )
        for p in found.closed
    ]
    print_table(("department", "commitment", "period from", "actual", "target", "status"), rows)
    click.echo()
    for sentence in found.sentences():
        click.echo(click.wrap_text(sentence, width=shutil.get_terminal_size().columns))


def _further(folder: Path, as_default: bool, found: "Headline", contacts: int, seed: int) -> list[str]:
    program, place = _program(), shlex.quote(str(folder))
    us = f"{program} --project-dir {place}"
    same = "" if as_default else f" --contacts {contacts} --seed {seed}"
    return [
        f"{us} report --open",
        f"{us} violations --rule {next(iter(found.broken), 'mql_reachable')}",
        f"{us} status",
        f"{program} demo {place}{same}    # the next night",
        f"and any SQL client on {place}/published/warehouse.duckdb, such as",
        f"duckdb {place}/published/warehouse.duckdb 'from marts.sla_compliance'",
    ]


def _program() -> str:
    """How this command is called here: `make demo` installs where no PATH looks."""
    if shutil.which("smarketing"):
        return "smarketing"
    return shlex.quote(os.path.relpath(sys.argv[0]))
