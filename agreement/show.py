"""The agreement in plain English, as the two departments read and sign it."""

from agreement import sentences, terms
from agreement.changes import changes
from agreement.document import Block, Format, Heading, Paragraph, Points, render
from agreement.english import words
from agreement.model import Agreement
from agreement.promises import Version
from agreement.words import DEPARTMENTS


def show(agreement: Agreement, format: Format = "text") -> str:
    """The newest version, what its words mean, and what changed since the version before.

    Every number and name comes from the agreement; the text is the same for the same agreement.
    """
    now = agreement.versions[-1]
    title = f"Agreement between marketing and sales at {agreement.company}"
    blocks: list[Block] = [Heading(1, title), Paragraph(_in_force(now))]
    blocks += _promises(now, agreement.currency)
    blocks += _rules(now)
    blocks += _points("Waivers", [("", sentences.waiver(one)) for one in now.waivers])
    blocks += _changes(agreement)
    for heading, entries in (
        ("The funnel", terms.funnel(agreement)),
        ("Kinds of leads", terms.sorts(agreement)),
        ("Touches", terms.touches(agreement)),
        ("Business hours", terms.hours(agreement)),
        ("People", terms.others(agreement)),
    ):
        blocks += _points(heading, entries)
    blocks.append(Paragraph(f"Fingerprint of this agreement: {agreement.fingerprint[:16]}."))
    return render(blocks, format)


def _points(heading: str, entries: list[tuple[str, str]]) -> list[Block]:
    return [Heading(2, heading), Points(tuple(entries))] if entries else []


def _in_force(version: Version) -> str:
    signed = "; ".join(f"for {party} by {who}" for party, who in version.signed.items())
    says_who = f" Signed {signed}." if signed else " Not signed yet."
    return f"Version {version.version}, in force from {sentences.day(version.effective_from)}.{says_who}"


def _promises(version: Version, currency: str) -> list[Block]:
    blocks: list[Block] = []
    for party in DEPARTMENTS:
        heading = "What both promise" if party == "shared" else f"What {party} promises"
        mine = [one for one in version.commitments if one.department == party]
        blocks += _points(
            heading, [(words(one.commitment), sentences.commitment(one, currency)) for one in mine]
        )
    return blocks


def _rules(version: Version) -> list[Block]:
    blocks: list[Block] = []
    for stage, rules in version.definitions.items():
        heading = f"What must hold for every {words(stage)}"
        blocks += _points(heading, [(words(one.rule), sentences.rule(one)) for one in rules])
    return blocks


def _changes(agreement: Agreement) -> list[Block]:
    if len(agreement.versions) < 2:
        return []
    before, now = agreement.versions[-2:]
    found = changes(before, now, agreement.currency)
    heading = f"What changed since version {before.version}"
    return _points(heading, found or [("", "Nothing that was promised or defined.")])
