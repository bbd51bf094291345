"""Who a lead is: name, company, where they come from and what they asked for."""

from sandbox.instants import DAY, HOUR
from sandbox.plot.names import firm_name, pools
from sandbox.plot.pen import Odds
from sandbox.plot.world import World
from sandbox.staff import DOMAIN
from sandbox.story import Dated, Firm, Lead

_COUNTRIES: Odds[str | None] = Odds(
    {
        "Australia": 64,
        "New Zealand": 22,
        "Singapore": 4,
        "Fiji": 2,
        "United Kingdom": 3,
        "United States": 3,
        None: 2,
    }
)
_SOURCES = Odds(
    {
        "ORGANIC_SEARCH": 27,
        "PAID_SEARCH": 19,
        "DIRECT_TRAFFIC": 14,
        "EMAIL_MARKETING": 9,
        "SOCIAL_MEDIA": 8,
        "PAID_SOCIAL": 8,
        "REFERRALS": 6,
        "OTHER_CAMPAIGNS": 2,
        "AI_REFERRALS": 2,
        "OFFLINE": 5,
    }
)
_DETAILS = {
    "PAID_SEARCH": "brisbane-crm-au",
    "PAID_SOCIAL": "Facebook",
    "SOCIAL_MEDIA": "LinkedIn",
    "OFFLINE": "CRM_UI",
}
INTENTS = Odds(
    {
        "Whitepaper download": 30,
        "Newsletter sign-up": 22,
        "Webinar registration": 17,
        "Pricing page": 13,
        "Demo request": 12,
        "Contact us": 6,
    }
)
_SIZES = Odds({(1, 10): 34, (10, 50): 30, (50, 250): 22, (250, 1000): 9, (1000, 12000): 5})
_INDUSTRIES = (
    "RETAIL",
    "CONSTRUCTION",
    "COMPUTER_SOFTWARE",
    "HOSPITAL_HEALTH_CARE",
    "LOGISTICS_AND_SUPPLY_CHAIN",
    "FARMING",
)


def meet(world: World, number: int, at: int, imported: bool) -> Lead:
    """A new lead, created at `at`, with nothing yet in its life but who it is."""
    pen, pool = world.pen, pools()
    first, last = pen.one_of(pool.first_names), pen.one_of(pool.last_names)
    country = pen.draw(_COUNTRIES)
    is_staff = pen.chance(0.008)
    firm = None if is_staff or pen.chance(0.08) else _employer(world, at, country)
    domain = DOMAIN if is_staff else firm.domain if firm else "mail.example"
    source = "OFFLINE" if imported else pen.draw(_SOURCES)
    lead = Lead(
        number=number,
        created_at=at,
        first_name=first,
        last_name=last,
        email=f"{first}.{last}.{number}@{domain}".lower().replace(" ", "").replace("'", ""),
        phone=f"+61 7 {pen.between(3000, 3999)} {pen.below(10000):04}"
        if is_staff or pen.chance(0.7)
        else None,
        job_title=pen.one_of(pool.jobs) if pen.chance(0.8) else None,
        country=country,
        source=source,
        source_detail="IMPORT" if imported else _DETAILS.get(source, source.title()),
        firm=firm,
        is_staff=is_staff,
    )
    _settle(world, lead)
    return lead


def _settle(world: World, lead: Lead) -> None:
    pen = world.pen
    lead.intents.append(Dated(lead.created_at, pen.draw(INTENTS)))
    lead.scores.append(Dated(lead.created_at, str(pen.between(0, 30))))
    if lead.firm:
        lead.firm.leads.append(lead)
        if pen.chance(0.03) and len(world.firms) > 1:
            _join_second(lead, world.firms[pen.below(len(world.firms) - 1)])
    if world.leads and pen.chance(0.02):
        lead.referred_by = world.leads[pen.below(len(world.leads))]
    world.leads.append(lead)


def _join_second(lead: Lead, other: Firm) -> None:
    if other is not lead.firm:
        lead.second_firm = other
        other.guests.append(lead)


def _employer(world: World, at: int, country: str | None) -> Firm:
    pen, firms = world.pen, world.firms
    if firms and pen.chance(0.42):
        return firms[pen.below(len(firms))]
    firm = _found(world, at, country)
    firms.append(firm)
    return firm


def _found(world: World, at: int, country: str | None) -> Firm:
    pen, number = world.pen, len(world.firms)
    surname = pen.one_of(pools().last_names)
    low, high = pen.draw(_SIZES)
    size = str(pen.between(low, high))
    known = pen.random()
    employees = [Dated(at, size)] if known < 0.8 else []
    if 0.8 <= known < 0.93:
        employees = [Dated(at + pen.wait(3 * DAY) + HOUR, size)]
    domain = f"{surname}-{number}.example".lower().replace(" ", "").replace("'", "")
    return Firm(at, firm_name(surname, number), domain, pen.one_of(_INDUSTRIES), country, employees)
