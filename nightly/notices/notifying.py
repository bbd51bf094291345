"""After a run: is there anything that people must know, and did they get it. The run has ended as it has."""

import json
import logging

import click

from nightly.notices.messages import Message, at_risk, heads, refused
from nightly.notices.sending import send
from nightly.stages import Night
from publish import Publication, current, history
from publish.publication import MANIFEST
from publish.turned import turned_at_risk

LOG = logging.getLogger(__name__)


def notify(night: Night) -> None:
    """Tell whoever is configured. What goes wrong is a warning on stderr and in the log."""
    urls = night.settings.notifications.urls
    if not urls:
        return
    try:
        problems = [problem for message in messages(night) for problem in send(urls, message)]
    except Exception as error:
        LOG.exception("the notifications could not be made")
        problems = [f"The notifications could not be made: {type(error).__name__}."]
    for problem in problems:
        LOG.warning("%s", problem)
        click.echo(f"Warning: {problem}", err=True)


def messages(night: Night) -> list[Message]:
    """What this night gives reason to say, and the publication before it did not yet."""
    shown = current(night.project)
    if shown is None or night.entry.publication_id != shown.publication_id:
        return []
    before = _before(night)
    report = str(night.project.published / shown.report.name)
    if shown.status == "refused":
        known = heads(_refusals(before)) if before and before.status == "refused" else set()
        return [refused(night.agreement, night.refusals, report)] if heads(night.refusals) - known else []
    turned = turned_at_risk(before, shown) if before else []
    return [at_risk(night.agreement, turned, report)] if turned else []


def _before(night: Night) -> Publication | None:
    """The publication that stood when the night began, if it is kept."""
    return next((one for one in history(night.project) if one.publication_id == night.published_before), None)


def _refusals(publication: Publication) -> list[str]:
    said = json.loads((publication.path / MANIFEST).read_text(encoding="utf-8"))
    return list(said["refusals"])
