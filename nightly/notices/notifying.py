"""After a run: is there anything that people must know, and did they get it. The run has ended as it has."""

import json
import logging
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from nightly.notices.messages import Message, at_risk, heads, of_digest, refused
from nightly.notices.sending import send
from nightly.stages import Night
from publish import Publication, current, digest_of, history
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
    digest = digest_of(shown)
    turned = turned_at_risk(before, shown) if before else []
    found = [at_risk(night.agreement, turned, report, digest)] if turned else []
    if digest and _is_due(night, shown):
        found.append(of_digest(digest, report))
    return found


def _is_due(night: Night, shown: Publication) -> bool:
    """Whether `shown` is the first certified one of its local week, or day, that is kept."""
    how_often = night.settings.notifications.digest
    if how_often in ("always", "never"):
        return how_often == "always"
    certified = (one for one in history(night.project) if one.status == "published")
    last = next((one for one in certified if one.publication_id != shown.publication_id), None)
    days = [_local_day(night, one.as_of) for one in (last, shown) if one]
    if how_often == "weekly":
        days = [day - timedelta(days=day.weekday()) for day in days]
    return len(set(days)) == 2


def _local_day(night: Night, instant: datetime) -> date:
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(night.agreement.timezone)).date()


def _before(night: Night) -> Publication | None:
    """The publication that stood when the night began, if it is kept."""
    return next((one for one in history(night.project) if one.publication_id == night.published_before), None)


def _refusals(publication: Publication) -> list[str]:
    said = json.loads((publication.path / MANIFEST).read_text(encoding="utf-8"))
    return list(said["refusals"])
