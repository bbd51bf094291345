"""What marketing publishes, on a calendar: the same for every company."""

from bisect import bisect_right
from typing import NamedTuple

from sandbox.instants import DAY, HOUR, STORY_END, STORY_START, to_day

SITE = "https://www.paradoxmarketing.example"
WEEK = 7 * DAY


class Mailing(NamedTuple):
    """One marketing email, sent once to everybody who has not opted out."""

    id: int
    name: str
    subject: str
    sent_at: int


class Content(NamedTuple):
    """A page or post of the website. `kind`: landing-pages, site-pages or blog-posts."""

    id: int
    kind: str
    name: str
    slug: str
    published_at: int

    @property
    def url(self) -> str:
        """Where it is read."""
        return f"{SITE}/{self.slug}"


def _mailings() -> tuple[Mailing, ...]:
    first = STORY_START + DAY + 22 * HOUR  # Tuesdays, Wednesday morning in Brisbane
    written = []
    for n, sent_at in enumerate(range(first, STORY_END, WEEK)):
        written.append(Mailing(0, f"Newsletter {to_day(sent_at)}", "What worked this week", sent_at))
        if n % 4 == 1:
            at = sent_at + 2 * DAY
            written.append(Mailing(0, f"Webinar invitation {to_day(at)}", "Join us live", at))
    return tuple(each._replace(id=180_000_000_001 + 17 * n) for n, each in enumerate(written))


_PAGES = (
    ("landing-pages", "Book a demo", "demo"),
    ("landing-pages", "The SLA whitepaper", "whitepaper"),
    ("landing-pages", "Webinars", "webinars"),
    ("site-pages", "Home", ""),
    ("site-pages", "Pricing", "pricing"),
    ("site-pages", "Contact", "contact"),
    ("site-pages", "About us", "about"),
)


def _contents() -> tuple[Content, ...]:
    pages = [
        Content(190_000_000_001 + 19 * n, kind, name, slug, STORY_START)
        for n, (kind, name, slug) in enumerate(_PAGES)
    ]
    posts = [
        Content(
            191_000_000_001 + 23 * n, "blog-posts", f"Field notes, {to_day(at)}", f"blog/{to_day(at)}", at
        )
        for n, at in enumerate(range(STORY_START, STORY_END, 2 * WEEK))
    ]
    return (*pages, *posts)


MAILINGS = _mailings()
CONTENTS = _contents()
_SENT = [mailing.sent_at for mailing in MAILINGS]
_PUBLISHED = [content.published_at for content in CONTENTS]


def mailing_before(at: int) -> Mailing | None:
    """The newest mailing that was sent by `at`: what brought somebody who came by email."""
    count = bisect_right(_SENT, at)
    return MAILINGS[count - 1] if count else None


def published(at: int) -> int:
    """How many of `CONTENTS` could be read at `at`: the first so many."""
    return bisect_right(_PUBLISHED, at)
