"""Whether a run would work tonight."""

import json
from dataclasses import asdict

import click

from commands.front import Shared, example

SIGNS = {"ok": "ok", "warning": "look", "problem": "MEND"}


@click.command(epilog=example("smarketing doctor", "smarketing doctor --json"))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Say whether a run would work, and what to do if not.

    Configuration, token and scopes, quota left, engine versions, free disk, clock, folder, lock and the last
    publication. Changes nothing. Ends 0 only if a run would work, else as the run would end.
    """
    from nightly.doctor import examine, exit_code

    shared: Shared = context.obj
    findings = []
    for one in examine(shared.project):
        findings.append(one)
        if not as_json and (shared.verbosity >= 0 or one.state == "problem"):
            todo = f" {one.todo}" if one.todo else ""
            click.echo(f"{SIGNS[one.state]:<5} {one.check:<14} {one.said}{todo}")
    code = exit_code(findings)
    if as_json:
        shown = [{key: value for key, value in asdict(one).items() if key != "exit_code"} for one in findings]
        click.echo(
            json.dumps({"ready": code == 0, "exit_code": code, "checks": shown}, indent=2, ensure_ascii=False)
        )
    context.exit(code)
