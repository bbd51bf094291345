"""Rules, commitments and waivers, each as one sentence that both departments read the same way."""

from decimal import Decimal

from agreement.amounts import percent, plain_number
from agreement.english import english, words
from agreement.promises import Commitment, Rule, Waiver
from agreement.words import Measure

Target = Decimal | dict[str, Decimal]

PROMISES: dict[Measure, str] = {
    "deliver": "{amount}{things} {reach} {stage}",
    "convert": "{amount}{things} {are} brought to {stage}",
    "deliver_value": "deals{worth} are created with leads at {stage}",
    "convert_value": "deals{worth} are won",
    "accepted": "{share} leads that sales decides on are accepted",
    "respond": "{share} leads handed over get a first touch within {within} {starts}",
    "follow_up": "{share} leads handed over get {attempts} attempts{days} within {within}",
    "decide": "{share} leads handed over get a verdict within {within}",
    "assign": "{share} leads handed over have an owner within {within}",
}
MONEY = ("deliver_value", "convert_value")
COUNTED = {"leads": ("lead", "leads"), "companies": ("company", "companies")}


def day(value: object) -> str:
    """A day in words: 1 October 2026."""
    return f"{value:%-d %B %Y}"


def rule(one: Rule) -> str:
    """What must hold, when it fails, what follows, and why."""
    grace = (
        f"more than {percent(one.tolerance)} of the leads break it" if one.tolerance else "any lead breaks it"
    )
    follows = "this may stop publishing" if one.severity == "critical" else "this is a warning only"
    parts = [f"{capital(english(one.must))}.", f"For {one.department} to mend. Fails if {grace}; {follows}."]
    if one.judge == "entry":
        parts.append("Judged as it was when the lead entered the stage.")
    if one.quarantine:
        parts.append("Leads that break it are set apart.")
    if one.because:
        parts.append(f"Why: {one.because}")
    return " ".join(parts)


def commitment(one: Commitment, currency: str) -> str:
    """What is promised, for which leads, and by which period it is counted."""
    money = currency if one.measure in MONEY else ""
    only = f"For leads where {english(one.where)}: " if one.where else ""
    said = PROMISES[one.measure].format(**_fillings(one, money))
    whole = one.targets.get("all")
    schedule = f": {target(whole, money)}" if isinstance(whole, dict) else ""
    return f"{capital(only + said)}, every {one.per}{schedule}.{_slices(one, money)}"


def _fillings(one: Commitment, money: str) -> dict[str, object]:
    whole = one.targets.get("all")
    amount = "" if whole is None or isinstance(whole, dict) else target(whole, money)
    alone = amount == "1"
    return {
        "amount": f"{amount} " if amount else "",
        "worth": f" for {amount}" if amount else "",
        "things": COUNTED[one.count][0 if alone else 1],
        "reach": "reaches" if alone else "reach",
        "are": "is" if alone else "are",
        "stage": words(one.stage or ""),
        "share": f"at least {percent(one.share)} of the" if one.share else "",
        "within": one.within,
        "starts": "of being assigned" if one.clock_starts == "assignment" else "of the handoff",
        "attempts": one.attempts,
        "days": f" on at least {one.across_days} days" if one.across_days else "",
    }


def target(value: Target, currency: str) -> str:
    """A target in words: one number, or one for each period."""
    if isinstance(value, dict):
        return ", ".join(f"{_number(one, currency)} in {period}" for period, one in value.items())
    return _number(value, currency)


def _number(number: Decimal, currency: str) -> str:
    whole, _, rest = plain_number(number).partition(".")
    said = f"{int(whole):,}" + (f".{rest}" if rest else "")
    return f"{currency} {said}" if currency else said


def slices(one: Commitment, money: str) -> dict[str, str]:
    """The targets of parts of the whole, by the part's name."""
    parts = [(name.partition("="), value) for name, value in one.targets.items() if name != "all"]
    return {f"{words(kind)} {part}": target(value, money) for (kind, _, part), value in parts}


def _slices(one: Commitment, money: str) -> str:
    said = [f"{name}: {value}" for name, value in slices(one, money).items()]
    return f" Of these, {'; '.join(said)}." if said else ""


def waiver(one: Waiver) -> str:
    """What is waived, for whom, when, and why."""
    whom = [
        f"{name} {value}" for name in ("lead", "team", "owner", "segment") if (value := getattr(one, name))
    ]
    begins = f" from {day(one.from_)}" if one.from_ else ""
    subject = f"{words(one.rule or one.commitment or '')}{' for ' + ', '.join(whom) if whom else ''}"
    return f"{capital(subject)} is waived{begins} until {day(one.until)}: {one.reason}."


def capital(text: str) -> str:
    """With a capital letter in front."""
    return text[:1].upper() + text[1:]
