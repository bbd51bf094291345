"""Visits and mass communication as they are at an instant."""

from collections import defaultdict
from datetime import date, timedelta

from sandbox.audience.catalogue import CONTENTS
from sandbox.audience.mail import Sent, sent_by
from sandbox.audience.website import Traffic, local_day, traffic
from sandbox.judging.facts import source_name
from sandbox.judging.shapes import BroadcastTruth, VisitTruth
from sandbox.plot.world import World

_MEDIA = {"landing-pages": "page", "site-pages": "page", "blog-posts": "post"}


def reach_at(world: World, now: int) -> tuple[tuple[VisitTruth, ...], tuple[BroadcastTruth, ...]]:
    """All visits, by day and source, and all broadcasts, by medium, id and day."""
    known = traffic(world, now)
    mails = [_mail(sent) for sent in sent_by(world, now)]
    return _visits(known), tuple(mails + _contents(known))


def _visits(known: Traffic) -> tuple[VisitTruth, ...]:
    sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for day, sources in known.by_source.items():
        for name, figures in sources.items():
            if figures.visits:
                found = sums[_date(day), source_name(name)]
                found[0] += figures.visits
                found[1] += figures.visitors
    return tuple(VisitTruth(*key, *figures) for key, figures in sorted(sums.items()))


def _mail(sent: Sent) -> BroadcastTruth:
    return BroadcastTruth(
        broadcast_id=str(sent.mailing.id),
        medium="email",
        name=sent.mailing.name,
        sent_on=_date(local_day(sent.mailing.sent_at)),
        audience=sent.selected,
        delivered=sent.delivered,
        opened=sent.opened,
        clicked=sent.clicked,
        leads_created=sent.leads,
        cost=None,
    )


def _contents(known: Traffic) -> list[BroadcastTruth]:
    return [
        BroadcastTruth(
            broadcast_id=str(page.id),
            medium=_MEDIA[page.kind],
            name=page.name,
            sent_on=_date(day),
            audience=None,
            delivered=None,
            opened=figures.views,
            clicked=None,
            leads_created=figures.contacts,
            cost=None,
        )
        for page in CONTENTS
        for day, read in known.by_content.items()
        if (figures := read.get(page.id)) is not None
    ]


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)
