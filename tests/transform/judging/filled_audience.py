"""What a sync would leave of visits, pages, posts and mass emails, from the made-up company's figures."""

from datetime import date, timedelta

from sandbox.audience.catalogue import CONTENTS
from sandbox.audience.mail import sent_by
from sandbox.audience.website import traffic
from sandbox.company import Company
from sandbox.instants import to_datetime
from tests.transform.raw import Rows

MEDIA = {"landing-pages": "page", "site-pages": "page", "blog-posts": "post"}


def audience(company: Company, now: int) -> dict[str, Rows]:
    """Rows of `visits`, `content_analytics` and `marketing_emails` at `now`."""
    known = traffic(company.story, now)
    visits: Rows = [
        {"day": _date(day), "source": source, "visits": figures.visits, "visitors": figures.visitors}
        for day, sources in known.by_source.items()
        for source, figures in sources.items()
        if figures.visits
    ]
    contents: Rows = [
        {
            "content_type": MEDIA[content.kind],
            "content_id": str(content.id),
            "name": content.name,
            "day": _date(day),
            "views": read[content.id].views,
            "contacts_created": read[content.id].contacts,
        }
        for day, read in known.by_content.items()
        for content in CONTENTS
        if content.id in read
    ]
    emails: Rows = [
        {
            "id": str(sent.mailing.id),
            "name": sent.mailing.name,
            "published_at": to_datetime(sent.mailing.sent_at),
            "audience": sent.selected,
            "delivered": sent.delivered,
            "opened": sent.opened,
            "clicked": sent.clicked,
        }
        for sent in sent_by(company.story, now)
    ]
    return {"visits": visits, "content_analytics": contents, "marketing_emails": emails}


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)
