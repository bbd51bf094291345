"""Moving up to a server."""

import click

from commands.front import Shared, example


@click.command(epilog=example("smarketing migrate --to postgres"))
@click.option("--to", required=True, metavar="TARGET", help="An output of profiles.yml that is a server.")
@click.pass_obj
def migrate(shared: Shared, to: str) -> None:
    """Take everything from the DuckDB file to a server.

    Seen history, ledger, runs and cursors move along, so that nothing is fetched again. The file stays as it
    is.
    """
    from nightly.migrating import migrate as move

    adopted = move(shared.project, to)
    shared.tell(f"Copied {adopted.tables} tables with {adopted.rows:,} rows to '{to}'.")
    shared.tell(f"From now on: `target: {to}` in profiles.yml, or `smarketing --target {to} run`.")
