"""The digest: what the page says first, ready for an e-mail, as HTML and as text, its charts as pictures."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.report import charts
from publish.report.formats import words

if TYPE_CHECKING:
    from jinja2 import Environment

HTML, TEXT, PICTURES = "digest.html", "digest.txt", "digest"


def write(said: dict[str, Any], environment: "Environment", folder: Path) -> None:
    """Write `digest.html`, `digest.txt` and the pictures in `digest/` beside the page.

    Args:
        said: what the page was made from.
        environment: the page's, with its filters.
        folder: the publication's.
    """
    drawn = _pictures(said)
    if drawn:
        (folder / PICTURES).mkdir()
    for name, (_, picture) in drawn.items():
        (folder / PICTURES / name).write_bytes(picture)
    shown = {f"{PICTURES}/{name}": label for name, (label, _) in drawn.items()}
    for file in (HTML, TEXT):
        template = environment.get_template(f"{file}.j2")
        (folder / file).write_text(template.render(said, pictures=shown), encoding="utf-8")


def _pictures(said: dict[str, Any]) -> dict[str, tuple[str, bytes]]:
    """By file name: what each shows, in words, and the picture."""
    found = {}
    for number, (response, _) in enumerate(said["responses"] or [], start=1):
        s = response.summary
        label = (
            f"{words(response.commitment)}: {s['met']:,} in time, {s['breached'] - s['never']:,} late, "
            f"{s['never']:,} never answered"
        )
        found[f"response-{number}.png"] = (label, charts.response_picture(response))
    if said["months"]:
        label = "Handoffs by month, accepted, rejected, recycled and pending"
        found["verdicts.png"] = (label, charts.verdict_picture(said["months"]))
    return found
