"""The command line: parse, call one function, print. Heavy libraries wait for the command that needs them."""

from pathlib import Path

import click

from commands.agreement import agreement
from commands.demo import demo
from commands.examined import doctor
from commands.explain import explain
from commands.front import Front, Shared, example
from commands.job import build, check, publish, run, sync
from commands.migrate import migrate
from commands.reading import report, rollback, status, violations
from commands.setup import init, sandbox


@click.group(
    cls=Front,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=example("smarketing demo", "smarketing --project-dir /srv/sla -q run"),
)
@click.option(
    "--project-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    show_default="the current folder",
    help="The folder of agreement.yml, profiles.yml, secrets and all output.",
)
@click.option("--target", help="Which output of profiles.yml to use; by default the profile's own.")
@click.option("-v", "--verbose", is_flag=True, help="Also show what the libraries write to the log.")
@click.option("-q", "--quiet", is_flag=True, help="Show only what went wrong.")
@click.version_option(package_name="smarketing", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, project_dir: Path, target: str | None, verbose: bool, quiet: bool) -> None:
    """Keep the agreement between marketing and sales: read the CRM, judge it, publish what holds.

    Exit codes: 0 published, 1 unexpected failure, 2 usage or configuration, 3 checks failed, 4 the CRM
    could not be read, 75 another run is at work.
    """
    if verbose and quiet:
        raise click.UsageError("-v and -q exclude each other.")
    context.obj = Shared.of(project_dir, target, verbosity=verbose - quiet)


for command in (
    demo,
    init,
    doctor,
    run,
    sync,
    build,
    check,
    publish,
    status,
    violations,
    explain,
    report,
    rollback,
    migrate,
    agreement,
    sandbox,
):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="smarketing")
