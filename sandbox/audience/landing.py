"""Where a contact came in: the page it read first, and the mailing that sent it."""

from sandbox.audience.catalogue import CONTENTS, Content, Mailing, mailing_before, published
from sandbox.story import Lead

_BY_INTENT = {"Demo request": 0, "Whitepaper download": 1, "Webinar registration": 2, "Pricing page": 4}


def landing_of(lead: Lead) -> Content | None:
    """The first page of somebody from the web: mostly that of what was asked for; None for offline ones."""
    if lead.source == "OFFLINE":
        return None
    if lead.number % 3 == 0:
        return CONTENTS[lead.number * 7 % published(lead.created_at)]
    return CONTENTS[_BY_INTENT.get(lead.intents[0].value, 3)]


def mailing_of(lead: Lead) -> Mailing | None:
    """The mailing that somebody from email marketing came by."""
    return mailing_before(lead.created_at) if lead.source == "EMAIL_MARKETING" else None
