"""What a draft of the agreement would have changed."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.front import Shared, example
from commands.plan import Day
from commands.table import plain

if TYPE_CHECKING:
    from nightly.replay import Replay


@click.command(
    epilog=example("smarketing agreement replay --draft draft.yml --since 2026-07-01"),
)
@click.option(
    "--draft",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The agreement as it may be signed; its newest version judges.",
)
@click.option("--since", type=Day(), required=True, help="The day from which on it judges.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def replay(shared: Shared, draft: Path, since: date, as_json: bool) -> None:
    """Judge the past by a draft, and show what would have changed.

    Leads qualified, rules broken, clocks run out, commitments met or missed, against what is signed. It works
    on a copy of what was synced last: the working file and what is published stay as they are.
    """
    from agreement import load
    from nightly.replay import replay as judged_again

    found = judged_again(shared.project, load(draft), since, shared.progress())
    if as_json:
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False, default=plain))
        return
    from commands.replayed import print_replay

    print_replay(found)


def _as_json(found: "Replay") -> dict[str, object]:
    about = {"version": found.version, "since": found.since, "as_of": found.as_of}
    return about | found.differences.as_json() | {"refusals": list(found.refusals)}
