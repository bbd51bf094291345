"""How mailings did, as of an instant: opens and clicks come in over days."""

from bisect import bisect_right
from typing import NamedTuple

from sandbox.audience.catalogue import MAILINGS, Mailing
from sandbox.audience.chance import share
from sandbox.audience.landing import mailing_of
from sandbox.instants import DAY
from sandbox.plot.world import World
from sandbox.story import Lead

_OPENS_FOR = 10 * DAY


class Sent(NamedTuple):
    """One mailing's figures. `selected` had an address and had not opted out; `leads` came by it since."""

    mailing: Mailing
    selected: int
    delivered: int
    bounced: int
    opened: int
    clicked: int
    unsubscribed: int
    leads: int


def sent_by(world: World, now: int) -> list[Sent]:
    """All mailings that went out by `now`, in that order."""
    came: dict[int, int] = {}
    reached: list[int] = []
    for lead in world.leads:
        if lead.created_at > now:
            break
        if mailing := mailing_of(lead):
            came[mailing.id] = came.get(mailing.id, 0) + 1
        if takes_mail(lead):
            reached.append(lead.created_at)
    return [_sent(mailing, reached, came, now) for mailing in MAILINGS if mailing.sent_at <= now]


def takes_mail(lead: Lead) -> bool:
    """Whether mailings go to this contact."""
    return lead.email is not None and lead.number % 29 != 0


def _sent(mailing: Mailing, reached: list[int], came: dict[int, int], now: int) -> Sent:
    selected = bisect_right(reached, mailing.sent_at)
    bounced = int(selected * 0.02 * share(mailing.id, 1))
    delivered = selected - bounced
    leads = came.get(mailing.id, 0)
    known = min(1.0, (now - mailing.sent_at) / _OPENS_FOR) ** 0.5
    clicked = max(leads, int(delivered * (0.02 + 0.04 * share(mailing.id, 2)) * known))
    opened = max(clicked, int(delivered * (0.2 + 0.2 * share(mailing.id, 3)) * known))
    lost = int(delivered * 0.004 * share(mailing.id, 4) * known)
    return Sent(mailing, selected, delivered, bounced, opened, clicked, lost, leads)
