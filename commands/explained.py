"""A lead's story on the screen: colours on a terminal, plain lines in a pipe, eighty columns are enough."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from publish.explain.clocks import counted
from publish.report.formats import NOTHING, instant, lower_words, number, observed

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from publish.explain import Handoff, RuleVerdict, Story

STYLES = {
    "met": "green", "passed": "green", "accepted": "green", "breached": "bold red", "broken": "bold red",
    "unassigned": "red", "rejected": "red", "open": "yellow", "waived": "yellow", "error": "bold red",
}  # fmt: skip
AT_MOST = 100


def print_story(story: "Story") -> None:
    """Who it is, what happened, each handoff with its clocks, each rule, waivers, and what to beware of."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, AT_MOST)
    at = partial(instant, timezone=story.timezone)
    with console.capture() as written:
        _print_head(console, story, at)
        _print_events(console, story, at)
        for handoff in story.handoffs:
            _print_handoff(console, handoff, at, story.timezone)
        _print_rules(console, story, at)
        _print_rest(console, story)
    # A grid fills its cells with blanks.
    click.echo("\n".join(line.rstrip() for line in written.get().splitlines()))


def _print_head(console: "Console", story: "Story", at: Callable[[Any], str]) -> None:
    lead, shown = story.lead, story.publication
    stage = lead.get("stage")
    since = f", {lower_words(stage)} since {at(lead['stage_since'])}" if stage else ""
    console.print(_safe(f"Lead {story.lead_id}{since}"), style="bold")
    owner = lead.get("owner_name") or lead.get("owner_id")
    facts = {
        "owner": owner and f"{owner}{_in_brackets(lead.get('owner_team'))}",
        **{name: lead.get(name) for name in ("company_name", "segment", "lead_type", "source", "country")},
        **{name: _address(story, name) for name in ("email", "phone")},
        "merged": lead.get("merged_ids"),
        "excluded": lead.get("excluded_because"),
        "quarantined by": lead.get("quarantined_by"),
        "history": _known_since(lead, at),
        "archived": "yes, deleted in the CRM" if lead.get("is_archived") else None,
    }
    said = [f"{lower_words(name.removesuffix('_name'))} {value}" for name, value in facts.items() if value]
    console.print(_safe(" · ".join(said)) if lead else "Nothing else is published of it.")
    under = f"under {shown.agreement_version}" if shown.agreement_version else "before any version"
    console.print(
        _safe(f"As of {at(shown.as_of)} ({story.timezone}), {shown.publication_id}, {shown.status}, {under}.")
    )


def _known_since(lead: dict[str, Any], at: Callable[[Any], str]) -> str | None:
    since = lead.get("history_known_since")
    return f"known from {at(since)} on, the CRM remembers nothing earlier" if since else None


def _address(story: "Story", name: str) -> str | None:
    if name in story.hidden:
        return "not published" if story.lead else None
    value = story.lead.get(name)
    return f"{value[:12]}… (a code)" if value and story.publication.privacy.get(name) == "hash" else value


def _print_events(console: "Console", story: "Story", at: Callable[[Any], str]) -> None:
    _heading(console, "What happened")
    grid = _grid(("dim", 19), ("", 8), ("", None), ("dim", None))
    for event in story.events:
        who = f"by {event.who}" if event.who else ""
        evidence = f"says {lower_words(event.evidence)}" if event.evidence else ""
        grid.add_row(
            at(event.at),
            event.what,
            _safe(event.said),
            _safe(", ".join(part for part in (who, evidence) if part)),
        )
    console.print(grid)


def _print_handoff(console: "Console", handoff: "Handoff", at: Callable[[Any], str], timezone: str) -> None:
    facts = handoff.facts
    verdict = facts["verdict"]
    when = f" {at(facts['verdict_at'])}" if facts["verdict_at"] else ""
    late = f", {facts['late_touches']} logged late" if facts.get("late_touches") else ""
    _heading(console, f"Handoff of {at(facts['handed_off_at'])}: {verdict}{when}; {_attempts(facts)}{late}")
    if not handoff.clocks:
        console.print("  No commitment covers it.")
        return
    grid = _grid(("", 12), ("", None), ("dim", None))
    for clock in handoff.clocks:
        length = clock.promised or counted(clock.promised_minutes, clock.is_business)
        spent = counted(clock.counted_minutes, clock.is_business)
        started, due = (_short(moment, timezone) for moment in (clock.starts_at, clock.due_at))
        span = f"{started} to {due}, counted {spent}" if clock.starts_at else "never started"
        kind = f"calendar {clock.calendar}" if clock.is_business else "by the clock"
        grid.add_row(
            _styled(clock.status),
            _safe(f"{clock.commitment}, {length}: {clock.why}"),
            _safe(f"{span}, {kind}"),
        )
    console.print(grid)


def _short(moment: datetime | None, timezone: str) -> str:
    """A UTC instant at local time without its year, which the handoff above has."""
    if moment is None:
        return NOTHING
    return f"{moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)):%-d %b %H:%M}"


def _attempts(facts: dict[str, Any]) -> str:
    return f"{facts['attempts']} attempt{'' if facts['attempts'] == 1 else 's'}"


def _print_rules(console: "Console", story: "Story", at: Callable[[Any], str]) -> None:
    _heading(console, "Rules")
    if not story.rules:
        console.print("  None judges it.")
        return
    grid = _grid(("", 12), ("", None), ("dim", None))
    for one in story.rules:
        grid.add_row(_styled(one.verdict), _safe(_rule(story, one, at)), _safe(one.because or one.must))
    console.print(grid)


def _rule(story: "Story", one: "RuleVerdict", at: Callable[[Any], str]) -> str:
    seen = _seen(story, one)
    parts = [f"{one.rule} ({one.agreement_version}): {seen}"]
    if one.verdict in ("broken", "waived"):
        parts.append(f"must be {one.must}, {one.severity}, {one.department}'s to mend, since {at(one.since)}")
    if one.changed_by:
        parts.append(f"last set by {one.changed_by}")
    if one.waived_until:
        parts.append(f"waived until {one.waived_until}")
    return "; ".join(parts)


def _seen(story: "Story", one: "RuleVerdict") -> str:
    if one.observed is None:
        return "judged on its values at entry" if one.judged_at_entry else NOTHING
    said = observed(one.observed)
    for name in story.hidden:
        said = said.replace(f"{lower_words(name)} nothing", f"{lower_words(name)} not published")
    return said


def _print_rest(console: "Console", story: "Story") -> None:
    if story.waivers:
        _heading(console, "Waivers")
        for waiver in story.waivers:
            begins = f" from {waiver['from_']}" if waiver["from_"] else ""
            console.print(_safe(f"  {waiver['rule']}{begins} until {waiver['until']}: {waiver['reason']}"))
    won = [deal["amount"] for deal in story.deals if deal["is_won"] and deal["amount"] is not None]
    if story.deals:
        console.print(f"\nDeals: {len(story.deals)}, won {number(sum(won))}.")
    for note in story.notes:
        console.print(_safe(f"\nNote: {note}"), style="yellow")


def _heading(console: "Console", text: str) -> None:
    console.print()
    console.print(_safe(text), style="bold")


def _grid(*columns: tuple[str, int | None]) -> "Table":
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=False)
    for style, width in columns:
        grid.add_column(style=style, width=width, overflow="fold")
    return grid


def _styled(word: str) -> Any:
    from rich.text import Text

    return Text(lower_words(word), style=STYLES.get(word, ""))


def _in_brackets(text: str | None) -> str:
    return f" ({text})" if text else ""


def _safe(text: str) -> str:
    """A control character from the CRM must not steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
