"""To begin with: a new project folder, the whole job on a made-up company, its CRM alone."""

from pathlib import Path

import click

from commands.front import Shared, example

contacts = click.option(
    "--contacts", type=click.IntRange(50, 1_000_000), default=1_000, show_default=True, help="How many."
)
seed = click.option(
    "--seed", type=click.IntRange(0), default=7, show_default=True, help="The same seed tells the same story."
)


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
    from nightly.demo import Company
    from nightly.demo import demo as run_demo

    shown = run_demo(folder, Company(contacts, seed), shared.progress())
    shared.tell(shown)


@click.group(epilog=example("smarketing sandbox serve --contacts 5000 --port 8089"))
def sandbox() -> None:
    """A CRM to try things on: HubSpot's API over a made-up company."""


@sandbox.command(epilog=example("smarketing sandbox serve --contacts 5000 --seed 3 --port 8089"))
@contacts
@seed
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8089, show_default=True, help="Where to listen."
)
@click.pass_obj
def serve(shared: Shared, contacts: int, seed: int, port: int) -> None:
    """Serve it on this machine until Ctrl-C, and say how to read it."""
    from nightly.demo import serve as serve_sandbox

    serve_sandbox(contacts, seed, port)
