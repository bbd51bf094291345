"""The agreement: is it sound."""

from pathlib import Path

import click

from commands.front import Shared, example


@click.group(epilog=example("smarketing agreement check"))
def agreement() -> None:
    """The file that both departments signed."""


@agreement.command(epilog=example("smarketing agreement check", "smarketing agreement check draft.yml"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.pass_obj
def check(shared: Shared, file: Path | None) -> None:
    """Validate it: every error at once, each with its line."""
    from agreement import load

    path = file or shared.project.agreement_file
    signed = load(path)
    rules = sum(len(rules) for version in signed.versions for rules in version.definitions.values())
    commitments = sum(len(version.commitments) for version in signed.versions)
    newest = signed.versions[-1]
    shared.tell(
        f"{path} is sound: {len(signed.versions)} version(s), {rules} rules, {commitments} commitments; "
        f"{newest.version} takes effect on {newest.effective_from}."
    )
