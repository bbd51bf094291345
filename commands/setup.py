"""To begin with: a new project folder; and a CRM to try things on."""

from contextlib import suppress
from pathlib import Path

import click

from commands.demo import contacts, seed
from commands.front import Shared, example
from errors import UsageProblem


@click.command(epilog=example("smarketing init", "smarketing init /srv/sla"))
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.pass_obj
def init(shared: Shared, folder: Path | None) -> None:
    """Write the files of a new project.

    They are agreement.yml, profiles.yml, .env.example, a crontab line and a systemd timer.
    None is overwritten.
    """
    from nightly.folder import create

    root = folder or shared.project.root
    for file in create(root):
        shared.tell(str(file))
    shared.tell(
        f"\nNext: make agreement.yml yours, copy .env.example to .env and put the token in, then\n"
        f"  smarketing --project-dir {root} agreement check\n"
        f"  smarketing --project-dir {root} run"
    )


@click.group(epilog=example("smarketing sandbox serve --contacts 5000 --port 8089"))
def sandbox() -> None:
    """A CRM to try things on: HubSpot's API over a made-up company."""


@sandbox.command(epilog=example("smarketing sandbox serve --contacts 5000 --seed 3 --port 8089"))
@contacts
@seed
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8089, show_default=True, help="Where; 0: any free one."
)
def serve(contacts: int, seed: int, port: int) -> None:
    """Serve it on this machine until Ctrl-C, and say how to read it."""
    from sandbox.server import serve as serve_sandbox

    try:
        with suppress(KeyboardInterrupt):
            serve_sandbox(contacts, seed, port, announce=click.echo)
    except OSError as error:
        raise UsageProblem(f"Port {port} cannot be had ({error.strerror}). Give another --port.") from None
