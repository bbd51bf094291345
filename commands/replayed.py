"""What a draft would have changed, on the screen: only what differs, and how much does not."""

from typing import TYPE_CHECKING, Any

import click

from commands.table import print_table, shown

if TYPE_CHECKING:
    from nightly.replay import Replay

NAMED_AT_MOST = 10
SAME = ("actual", "target", "status")


def print_replay(found: "Replay") -> None:
    """Leads, rules, clocks, periods, and whether the checks would let it be published."""
    from nightly.clock import shown as shown_instant

    told = found.differences
    as_of = shown_instant(found.as_of)
    click.echo(f"By {found.version} from {found.since} on, against what is signed; as of {as_of}.\n")
    _print_qualified(told.qualified)
    _print_rules(told.rules)
    click.echo("\nClocks of handoffs since then\n")
    print_table(
        ("measure", "handoffs signed", "draft", "breached signed", "draft", "gained", "lost"),
        [tuple(row.values()) for row in told.clocks],
    )
    _print_periods(told.periods)
    for refusal in found.refusals:
        click.echo("\n" + click.wrap_text(f"It would not publish: {refusal}", 100, subsequent_indent="  "))


def _print_qualified(row: dict[str, Any]) -> None:
    click.echo(
        f"Marketing qualified leads that count: {row['signed_leads']:,} as signed, {row['draft_leads']:,} by "
        f"the draft; {len(row['gained']):,} gained, {len(row['lost']):,} lost."
    )
    for what in ("gained", "lost"):
        if row[what]:
            click.echo(f"  {what}: {_named(row[what])}")


def _print_rules(rows: list[dict[str, Any]]) -> None:
    click.echo("\nLeads that break a rule\n")
    columns = ("rule", "stage", "signed_violations", "draft_violations")
    print_table(
        ("rule", "stage", "signed", "draft", "gained", "lost"),
        [(*(row[name] for name in columns), len(row["gained"]), len(row["lost"])) for row in rows],
    )
    for row in rows:
        for what in ("gained", "lost"):
            if row[what]:
                click.echo(f"  {row['rule']} {what}: {_named(row[what])}")


def _print_periods(rows: list[dict[str, Any]]) -> None:
    changed = [row for row in rows if any(row[f"signed_{name}"] != row[f"draft_{name}"] for name in SAME)]
    click.echo(f"\nCommitments: {len(changed)} of {len(rows)} periods differ\n")
    if changed:
        print_table(
            ("commitment", "period from", "signed", "", "draft", ""),
            [
                (
                    row["commitment"],
                    shown(row["period_start"])[:10],
                    _of(row, "signed"),
                    row["signed_status"],
                    _of(row, "draft"),
                    row["draft_status"],
                )
                for row in changed
            ],
        )


def _of(row: dict[str, Any], side: str) -> str:
    actual, target = row[f"{side}_actual"], row[f"{side}_target"]
    if actual is None and target is None:
        return ""
    return f"{shown(actual) or '-'} of {shown(target) or '-'}"


def _named(ids: list[str]) -> str:
    more = len(ids) - NAMED_AT_MOST
    return ", ".join(ids[:NAMED_AT_MOST]) + (f" and {more:,} more" if more > 0 else "")
