"""From a question about a lead to its story."""

import json
from typing import TYPE_CHECKING

from errors import UsageProblem
from project import Project
from publish.explain import clocks, rules, timeline
from publish.explain.finding import LEDGER, candidates
from publish.explain.reading import Reading, opened
from publish.explain.story import Row, Story
from publish.history import current
from publish.manifest import fingerprint
from publish.publication import MANIFEST, Publication

if TYPE_CHECKING:
    from agreement.model import Agreement

NAMED_AT_MOST = 10


def explain(project: Project, agreement: "Agreement", asked: str) -> Story:
    """The story of one lead, from the current publication and nothing else.

    Args:
        project: whose publication.
        agreement: says what rules and commitments mean.
        asked: the lead's id, that of a person merged into it, or an address.

    Raises:
        UsageProblem: nothing has been published, nobody is meant by `asked`, or several are.
    """
    published = current(project)
    if published is None:
        raise UsageProblem(f"Nothing has been published in {project.root} yet. `smarketing run` does.")
    with opened(published) as reading:
        return _told(agreement, published, reading, _one(project, published, reading, asked))


def _one(project: Project, published: Publication, reading: Reading, asked: str) -> str:
    found = candidates(project, published, reading, asked)
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(found[:NAMED_AT_MOST])
        raise UsageProblem(f"{len(found)} leads have that address: {named}. Ask for one by its id.")
    unseen = [column for column in ("email", "phone") if published.privacy.get(column) == "drop"]
    hint = f" No {' or '.join(unseen)} is published: ask by the id." if unseen else ""
    # What was asked may be a person's address: it is not repeated.
    raise UsageProblem(f"There is no such lead in the publication as of {published.as_of} UTC.{hint}")


def _told(agreement: "Agreement", published: Publication, reading: Reading, lead_id: str) -> Story:
    rows = reading.of("marts.leads", lead_id, "lead_id")
    lead = rows[0] if rows else {}
    spells = reading.of(LEDGER, lead_id, "first_seen_at, rule, violation_id")
    handoffs = clocks.handoffs(reading, agreement, lead_id)
    deals = reading.of("marts.deals", lead_id, "created_at, deal_id")
    facts = [handoff.facts for handoff in handoffs]
    return Story(
        lead_id=lead_id,
        publication=published,
        timezone=agreement.timezone,
        lead=lead,
        events=timeline.events(reading, agreement, lead, timeline.Told(lead_id, facts, deals, spells)),
        handoffs=tuple(handoffs),
        deals=tuple(deals),
        rules=rules.verdicts(reading, agreement, published, lead, spells),
        spells=tuple(spells),
        waivers=tuple(rules.waivers(agreement, lead_id, lead)),
        hidden=tuple(name for name, how in sorted(published.privacy.items()) if how == "drop"),
        notes=tuple(_notes(agreement, published, lead)),
    )


def _notes(agreement: "Agreement", published: Publication, lead: Row) -> list[str]:
    notes = []
    if published.status == "refused":
        whose = f"of {published.marts_from}" if published.marts_from else "missing: none was ever certified"
        notes.append(f"This run was refused: the ledger is its own, the other tables are {whose}.")
    if not lead:
        notes.append("Only the ledger of violations knows this lead: it is in no published table.")
    said = json.loads((published.path / MANIFEST).read_text(encoding="utf-8"))
    if said["agreement"].get("fingerprint") != fingerprint(agreement):
        notes.append("agreement.yml has changed since: its words may differ from those that judged.")
    return notes
