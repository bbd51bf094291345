"""Who works at Paradox Marketing: owners, their teams, their calendars and how fast they answer."""

from dataclasses import dataclass, replace

from sandbox.instants import HOUR, MINUTE, STORY_START, from_iso

LEAVER_LEFT_AT = from_iso("2026-05-08T07:00:00Z")
DOMAIN = "paradoxmarketing.example"


@dataclass(frozen=True, slots=True)
class Team:
    """A HubSpot team. `department` is the agreement's; a queue has none."""

    id: str
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class Owner:
    """A HubSpot owner. `answers_in`: mean open milliseconds to a first touch; `left_at`: archived then."""

    id: str
    user_id: str
    first_name: str
    last_name: str
    email: str
    team: Team | None
    calendar: str
    answers_in: int
    created_at: int
    left_at: int | None = None

    @property
    def in_sales(self) -> bool:
        """Whether this person's touches are sales'."""
        return self.team is not None and self.team.department == "sales"


AU_SALES = Team("4100001", "AU Sales", "sales")
NZ_SALES = Team("4100002", "NZ Sales", "sales")
MARKETING = Team("4100003", "Marketing", "marketing")


def _person(number: int, name: str, team: Team, calendar: str, answers_in: int) -> Owner:
    first, _, last = name.partition(" ")
    email = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    hired = STORY_START - (60 - number) * 24 * HOUR
    return Owner(f"5100{number:04}", f"91{number:05}", first, last, email, team, calendar, answers_in, hired)


QUEUE = Owner("51000001", "9100001", "Lead", "Queue", f"queue@{DOMAIN}", None, "default", 0, STORY_START)
LEAVER = replace(_person(9, "Noah Brandt", AU_SALES, "default", 150 * MINUTE), left_at=LEAVER_LEFT_AT)
AU_REPS = (
    _person(2, "Mia Okafor", AU_SALES, "default", 11 * MINUTE),
    _person(3, "Liam Castellano", AU_SALES, "default", 25 * MINUTE),
    _person(4, "Priya Raman", AU_SALES, "default", 45 * MINUTE),
    _person(5, "Jack Dunne", AU_SALES, "default", 95 * MINUTE),
    _person(6, "Kiri Walker", AU_SALES, "auckland", 20 * MINUTE),
    LEAVER,
)
NZ_REPS = (
    _person(7, "Aroha Ngata", NZ_SALES, "auckland", 15 * MINUTE),
    _person(8, "Tala Faleolo", NZ_SALES, "six_days", 60 * MINUTE),
    _person(10, "Hamish Orr", NZ_SALES, "auckland", 140 * MINUTE),
)
MARKETERS = (
    _person(11, "Grace Lindqvist", MARKETING, "default", HOUR),
    _person(12, "Tom Abara", MARKETING, "default", HOUR),
)
OWNERS = (QUEUE, *AU_REPS, *NZ_REPS, *MARKETERS)
