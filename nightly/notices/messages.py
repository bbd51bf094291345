"""What a notification says: verdicts, counts and ids of leads, never a person's value (ruling 34)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agreement import Agreement
from publish import Digest
from publish.report.formats import lower_words, period
from publish.report.promises import Promises
from publish.turned import Running

NAMED_AT_MOST = 10
ADDRESS = re.compile(r"\S+@\S+")
# What an engine says of a value that it cannot use quotes the value.
QUOTING = re.compile(r"(could not be (?:checked|made)|failed): .*", re.DOTALL)


@dataclass(frozen=True)
class Message:
    """A subject line and a text of several lines.

    A mail about a published run carries `digest` below the text; where the digest is what is said
    (`is_digest`), other services get its text and, if they take any, its pictures.
    """

    title: str
    body: str
    digest: Digest | None = None
    is_digest: bool = False


def refused(agreement: Agreement, refusals: Sequence[str], report: str) -> Message:
    """A run was refused: why, and what stands meanwhile."""
    reasons = [f"- {_safe(refusal)}" for refusal in refusals[:NAMED_AT_MOST]]
    more = len(refusals) - len(reasons)
    reasons += [f"- and {more} more"] if more > 0 else []
    lines = ["The checks refuse to publish; the last certified numbers stand.", *reasons, f"Report: {report}"]
    return Message(f"{agreement.company}: not published", "\n".join(lines))


def of_digest(digest: Digest, report: str) -> Message:
    """A publication's digest as it is."""
    body = f"{digest.text.partition(chr(10))[2].strip()}\n\nReport: {report}"
    return Message(digest.subject, body, digest, is_digest=True)


def at_risk(
    agreement: Agreement, turned: Sequence[Running], report: str, digest: Digest | None = None
) -> Message:
    """Commitments that were on track, or had not begun, and now are at risk."""
    figure = Promises(agreement).figure
    lines = [
        f"- {lower_words(one.commitment)} ({one.department}), {period(one.period_start, one.period_end)}: "
        f"{figure(one.agreement_version, one.commitment, one.actual)} where "
        f"{figure(one.agreement_version, one.commitment, one.target)} is promised"
        for one in turned
    ]
    count = "A commitment is" if len(turned) == 1 else f"{len(turned)} commitments are"
    body = "\n".join([*lines, f"Report: {report}"])
    return Message(f"{agreement.company}: {count} at risk", body, digest)


def heads(refusals: Sequence[str]) -> set[str]:
    """What was refused, without the figures that change from run to run: `Rule mql_score`."""
    return {re.split(r" \(| failed| could not", refusal, maxsplit=1)[0] for refusal in refusals}


def _safe(refusal: str) -> str:
    return ADDRESS.sub("…", QUOTING.sub(r"\1.", refusal))
