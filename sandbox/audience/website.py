"""Visits to the website, by local day, source and page: never fewer than contacts came of them."""

from collections import defaultdict
from typing import NamedTuple, TypeVar

from sandbox.audience.catalogue import CONTENTS, Content, published
from sandbox.audience.chance import share
from sandbox.audience.landing import landing_of
from sandbox.instants import DAY, HOUR, STORY_START
from sandbox.plot.world import World

LOCAL = 10 * HOUR  # Brisbane, without daylight saving
SOURCES = {
    "ORGANIC_SEARCH": ("organic", 46),
    "PAID_SEARCH": ("paid", 24),
    "DIRECT_TRAFFIC": ("direct", 40),
    "EMAIL_MARKETING": ("email", 12),
    "SOCIAL_MEDIA": ("social", 55),
    "PAID_SOCIAL": ("paid-social", 38),
    "REFERRALS": ("referrals", 22),
    "OTHER_CAMPAIGNS": ("other", 30),
    "AI_REFERRALS": ("ai-referrals", 18),
    "OFFLINE": ("offline", 0),
}
"""What the analytics call a contact's original source, and how many visits bring one contact."""


class Figures(NamedTuple):
    """What one day brought. `contacts` became known in one of the visits (or offline, without any)."""

    visits: int
    visitors: int
    views: int
    contacts: int


Key = TypeVar("Key", str, int)
Day = int  # whole local days since 1970


class Traffic(NamedTuple):
    """All figures by local day, and within it by CRM source and by content id; only those that are not 0."""

    by_source: dict[Day, dict[str, Figures]]
    by_content: dict[Day, dict[int, Figures]]


def local_day(at: int) -> Day:
    """The portal's day of an instant."""
    return (at + LOCAL) // DAY


def traffic(world: World, now: int) -> Traffic:
    """Everything that is known at `now`; the running day only so far."""
    sources, pages = _tally(world, now)
    by_source: dict[Day, dict[str, Figures]] = {}
    by_content: dict[Day, dict[int, Figures]] = {}
    for day in range(local_day(STORY_START), local_day(now) + 1):
        elapsed = min(1.0, (now + LOCAL - day * DAY) / DAY)
        named = {
            name: _figures(sources[day, name], _idle(day, n, often, elapsed), day + n)
            for n, (name, (_, often)) in enumerate(SOURCES.items())
        }
        readable = CONTENTS[: published(min(now, (day + 1) * DAY - LOCAL - 1))]
        read = {
            page.id: _figures(
                pages[day, page.id], _idle(day, page.id, _interest(page, day), elapsed), page.id
            )
            for page in readable
        }
        by_source[day] = {name: figures for name, figures in named.items() if any(figures)}
        by_content[day] = {id: figures for id, figures in read.items() if any(figures)}
    return Traffic(by_source, by_content)


Tally = dict[tuple[Day, Key], tuple[int, int]]


def _tally(world: World, now: int) -> tuple[Tally[str], Tally[int]]:
    """Contacts, and the visits that brought them, by day and source, and by day and first page."""
    sources: Tally[str] = defaultdict(lambda: (0, 0))
    pages: Tally[int] = defaultdict(lambda: (0, 0))
    for lead in world.leads:
        if lead.created_at > now:
            break
        day, page = local_day(lead.created_at), landing_of(lead)
        brought = 1 + int(2 * SOURCES[lead.source][1] * share(lead.id, 1)) if page else 0
        contacts, visits = sources[day, lead.source]
        sources[day, lead.source] = (contacts + 1, visits + brought)
        if page:
            contacts, visits = pages[day, page.id]
            pages[day, page.id] = (contacts + 1, visits + brought)
    return sources, pages


def _idle(day: Day, what: int, often: int, elapsed: float) -> int:
    """Visits that nothing came of."""
    return int(often * share(day, what) * elapsed)


def _interest(page: Content, day: Day) -> int:
    age = day - local_day(page.published_at)
    return 30 if page.kind != "blog-posts" else max(0, 40 - age)


def _figures(came: tuple[int, int], idle: int, salt: int) -> Figures:
    contacts, visits = came[0], came[1] + idle
    visitors = max(min(visits, contacts or 1), int(visits * (0.7 + 0.2 * share(visits, salt))))
    return Figures(visits, visitors, int(visits * (1.5 + share(salt, visits))), contacts)
