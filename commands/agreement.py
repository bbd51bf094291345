"""The agreement: is it sound, what does it say, what may it say."""

import json
from pathlib import Path
from typing import Literal

import click

from commands.front import Shared, example
from commands.plan import plan
from commands.replay import replay

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)


@click.group(epilog=example("smarketing agreement check"))
def agreement() -> None:
    """The file that both departments signed."""


@agreement.command(
    epilog=example("smarketing agreement check", "smarketing agreement check --online draft.yml")
)
@file_argument
@click.option("--online", is_flag=True, help="Also compare it with what the CRM has.")
@click.pass_obj
def check(shared: Shared, file: Path | None, online: bool) -> None:
    """Validate it: every error at once, each with its line.

    With --online also properties, stages, statuses, teams and owners that the CRM does not have.
    """
    from agreement import load

    path = file or shared.project.agreement_file
    signed = load(path)
    if online:
        _compare(shared, path, signed.crm)
    newest = signed.versions[-1]
    rules = sum(len(rules) for rules in newest.definitions.values())
    shared.tell(
        f"{path} is sound. Its newest version, {newest.version}, takes effect on {newest.effective_from} "
        f"with {_count(len(newest.commitments), 'commitment')} and {_count(rules, 'rule')}."
    )


@agreement.command(epilog=example("smarketing agreement show", "smarketing agreement show --format markdown"))
@file_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="For a screen, a wiki or a browser.",
)
@click.pass_obj
def show(shared: Shared, file: Path | None, form: Literal["text", "markdown", "html"]) -> None:
    """Print it in plain English, as both departments read it."""
    from agreement import load
    from agreement.show import show as in_words

    click.echo(in_words(load(file or shared.project.agreement_file), form))


@agreement.command(epilog=example("smarketing agreement schema > agreement.schema.json"))
def schema() -> None:
    """Print its JSON Schema, so that editors complete and underline."""
    from agreement.schema import schema as schema_of

    click.echo(json.dumps(schema_of(), indent=2, ensure_ascii=False))


agreement.add_command(plan)
agreement.add_command(replay)


def _compare(shared: Shared, path: Path, crm: str) -> None:
    from agreement.online import check_online
    from extract.portal import portal
    from settings import load

    for note in check_online(path, portal(load(shared.project), crm)):
        shared.tell(f"Note: {note}")
    shared.tell("The CRM has everything that the agreement names.")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
