"""One lead's whole story."""

import json

import click

from commands.front import Shared, example
from commands.table import plain


@click.command(epilog=example("smarketing explain 70000002388", "smarketing explain 70000002388 --json"))
@click.argument("lead", metavar="LEAD")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def explain(shared: Shared, lead: str, as_json: bool) -> None:
    """One lead's story: stages, touches, clocks, rules, and why.

    LEAD is its id in the CRM, that of somebody merged into it, or an address. It reads what is published, and
    changes nothing.
    """
    from agreement import load
    from publish.explain import explain as story_of

    story = story_of(shared.project, load(shared.project.agreement_file), lead)
    if as_json:
        click.echo(json.dumps(story.as_json(), indent=2, ensure_ascii=False, default=plain))
        return
    from commands.explained import print_story

    print_story(story)
