"""The kinds of single values: texts, names, numbers, days, lengths of time, shares, conditions."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from agreement.amounts import SHARE as SHARE_TEXT
from agreement.amounts import parse_length, parse_share
from agreement.kinds import Json, Value
from agreement.nodes import Scalar
from agreement.problems import Fault, nearest
from agreement.traps import TRUTH, misreading

NAME = r"^[a-z][a-z0-9_]{0,49}$"
TIME = r"^([01]?\d|2[0-3]):[0-5]\d$|^24:00$"
LENGTH = r"^\d+(\.\d+)? +(business +)?(minute|hour|day)s?$"


def text(scalar: Scalar) -> Fault | None:
    """Any text that YAML leaves alone."""
    if not scalar.text.strip():
        return Fault("is empty")
    made = misreading(scalar)
    if made is None:
        return None
    return Fault(
        f"is {scalar.text}, which YAML without quotes reads as {made}",
        expected="a text; with quotes it is taken as it stands",
        example=f'"{scalar.text}"',
    )


def matching(pattern: str, found: str) -> Callable[[Scalar], Fault | None]:
    """Text of a pattern; `found` says what is wrong with any other."""

    def judge(scalar: Scalar) -> Fault | None:
        return text(scalar) or (
            None if re.fullmatch(pattern, scalar.text, re.ASCII) else Fault(f"is '{scalar.text}', {found}")
        )

    return judge


def matching_key(pattern: str) -> Callable[[Scalar], Fault | None]:
    """A name before a colon, of a pattern; YAML's idea of its type does not matter there."""

    def judge(scalar: Scalar) -> Fault | None:
        return None if re.fullmatch(pattern, scalar.text, re.ASCII) else Fault(f"is '{scalar.text}'")

    return judge


def name(scalar: Scalar) -> Fault | None:
    """A name of our own making, fit to be part of a column's name."""
    if fault := text(scalar):
        return fault
    if re.fullmatch(NAME, scalar.text, re.ASCII):
        return None
    tidy = re.sub(r"[^a-z0-9]+", "_", scalar.text.lower()).strip("_").lstrip("0123456789_")[:50]
    return Fault(f"is called '{scalar.text}'", nearest=tidy or None, example=tidy or None)


def whole_number(scalar: Scalar) -> Fault | None:
    """A whole number of one or more."""
    fault = amount(scalar)
    if fault is None and Decimal(scalar.text) % 1:
        return Fault(f"is {scalar.text}, which is not whole")
    return fault


def amount(scalar: Scalar) -> Fault | None:
    """A number above 0, written in digits."""
    written = scalar.text
    if not scalar.quoted and re.fullmatch(r"-?\d+(\.\d+)?", written, re.ASCII):
        if re.fullmatch(r"0\d+.*", written):
            return Fault(f"is {written}, and a number with a leading 0 means something else to YAML")
        return None if Decimal(written) > 0 else Fault(f"is {written}")
    digits = re.sub(r"[,_' ]", "", written)
    better = digits if re.fullmatch(r"\d+(\.\d+)?", digits) and Decimal(digits) > 0 else None
    if scalar.quoted:
        return Fault(f"is the text '{written}' in quotes", example=better)
    return Fault(f"is '{written}'" if written else "is empty", example=better)


def yes_no(scalar: Scalar) -> Fault | None:
    """`true` or `false`, and not the words that only old YAML takes for them."""
    if not scalar.quoted and scalar.text in ("true", "false"):
        return None
    meant = TRUTH.get(scalar.text.lower())
    found = (
        f"is {scalar.text}, which only some YAML readers take as {meant}" if meant else f"is '{scalar.text}'"
    )
    return Fault(found if scalar.text else "is empty", nearest=meant)


def day(scalar: Scalar) -> Fault | None:
    """A day as 2026-10-01."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", scalar.text, re.ASCII):
        return Fault(f"is '{scalar.text}'" if scalar.text else "is empty")
    try:
        date.fromisoformat(scalar.text)
    except ValueError:
        return Fault(f"is '{scalar.text}', which is not a day of the calendar")
    return None


def time_of_day(scalar: Scalar) -> Fault | None:
    """A time as "17:00"; "24:00" is the day's end."""
    made = misreading(scalar)
    if made and re.fullmatch(r"\d{1,2}:\d\d", scalar.text):
        return Fault(
            f"is {scalar.text}, which YAML without quotes reads as {made}", example=f'"{scalar.text}"'
        )
    return None if re.fullmatch(TIME, scalar.text, re.ASCII) else Fault(f"is '{scalar.text}'")


def length_of_time(scalar: Scalar) -> Fault | None:
    """An amount and a unit."""
    try:
        parse_length(scalar.text)
    except ValueError:
        guess = re.search(r"\d+", scalar.text)
        return Fault(f"is '{scalar.text}'", example=f"{guess[0]} business hours" if guess else None)
    return None


def whole_days(scalar: Scalar) -> Fault | None:
    """Whole days of the calendar."""
    fault = length_of_time(scalar)
    return fault or (None if re.fullmatch(r"\d+ +days?", scalar.text) else Fault(f"is '{scalar.text}'"))


def share(scalar: Scalar) -> Fault | None:
    """A share of the whole."""
    if scalar.quoted and "%" not in scalar.text:
        return Fault(f"is the text '{scalar.text}' in quotes", example=scalar.text)
    try:
        parse_share(scalar.text)
    except ValueError:
        found = SHARE_TEXT.fullmatch(scalar.text)
        if not found:
            return Fault(f"is '{scalar.text}'")
        means = (
            scalar.text if found["percent"] else f"{scalar.text}, that is {Decimal(found['amount']) * 100}%"
        )
        better = f"{found['amount']}%" if not found["percent"] and Decimal(found["amount"]) <= 100 else None
        return Fault(f"is {means}: more than the whole", example=better)
    return None


def promised_share(scalar: Scalar) -> Fault | None:
    """A share above nothing."""
    return share(scalar) or (
        None if parse_share(scalar.text) else Fault(f"is {scalar.text}, which promises nothing")
    )


def one_of(*allowed: str) -> Value:
    """One of a few words."""

    def judge(scalar: Scalar) -> Fault | None:
        if scalar.text in allowed:
            return None
        return text(scalar) or Fault(f"is '{scalar.text}'", nearest=nearest(scalar.text, allowed))

    return Value(f"one of: {', '.join(allowed)}", allowed[0], judge, {"enum": list(allowed)})


def _text_json(**more: object) -> Json:
    return {"type": "string", "minLength": 1} | more


TEXT = Value("a text", "Paradox Marketing", text, _text_json())
NAME_OF_OURS = Value(
    "a short name of lower-case letters, digits and _, beginning with a letter",
    "first_response",
    name,
    _text_json(pattern=NAME),
)
WHOLE_NUMBER = Value(
    "a whole number of 1 or more, without quotes", "5", whole_number, {"type": "integer", "minimum": 1}
)
AMOUNT = Value(
    "a number above 0, in digits, without quotes", "400", amount, {"type": "number", "exclusiveMinimum": 0}
)
YES_NO = Value("true or false", "true", yes_no, {"type": "boolean"})
DAY = Value(
    "a day as year-month-day", "2026-10-01", day, _text_json(format="date", pattern=r"^\d{4}-\d\d-\d\d$")
)
TIME_OF_DAY = Value("a time of day, in quotes", '"17:00"', time_of_day, _text_json(pattern=TIME))
LENGTH_OF_TIME = Value(
    "an amount and minutes, hours or days, with or without business",
    "4 business hours",
    length_of_time,
    _text_json(pattern=LENGTH),
)
WHOLE_DAYS = Value("a number of whole days", "90 days", whole_days, _text_json(pattern=r"^\d+ +days?$"))
SHARE_JSON: Json = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": r"^(100(\.0+)?|\d?\d(\.\d+)?|\.\d+) *%$"},
    ]
}
SHARE = Value("a share from 0% to 100%", "0.5%", share, SHARE_JSON)
PROMISED_SHARE = Value("a share above 0%, up to 100%", "95%", promised_share, SHARE_JSON)
