"""Amounts as people write them, read without any library: a wrong file is refused before one is imported."""

import re
from decimal import Decimal
from typing import Any, Literal, NamedTuple

DURATION = re.compile(r"(?P<amount>\d+(?:\.\d+)?) +(?P<open>business +)?(?P<unit>minute|hour|day)s?", re.A)
SHARE = re.compile(r"(?P<amount>\d+(?:\.\d+)?|\.\d+) *(?P<percent>%)?", re.ASCII)
Unit = Literal["minutes", "hours", "days"]


class Length(NamedTuple):
    """A length of time, of the clock on the wall or of a calendar's open hours."""

    amount: Decimal
    unit: Unit
    business: bool


def parse_length(text: str) -> Length:
    """Read `30 business minutes`, `24 hours`, `1 day`.

    Raises:
        ValueError: it is not an amount and a unit, or is no time at all.
    """
    found = DURATION.fullmatch(text.strip().lower())
    if not found or not Decimal(found["amount"]):
        raise ValueError(f"'{text}' is not a length of time such as 4 business hours")
    unit: Any = f"{found['unit']}s"
    return Length(Decimal(found["amount"]), unit, bool(found["open"]))


def parse_share(value: Any) -> Any:
    """A fraction of 1 from `60%`, `0.5%` or `0.6`; anything but text is left as it is.

    Raises:
        ValueError: it is not a share, or is over 100 %.
    """
    if not isinstance(value, str):
        return value
    found = SHARE.fullmatch(value.strip())
    if not found:
        raise ValueError(f"'{value}' is not a share such as 95%")
    share = Decimal(found["amount"]) / (100 if found["percent"] else 1)
    if share > 1:
        raise ValueError(f"'{value}' is more than 100%")
    return share


def plain_number(number: Decimal) -> str:
    """The number without exponent and without trailing zeros: 1.50 is `1.5`, 1E+2 is `100`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """A share as people write it: 0.005 is `0.5%`."""
    return f"{plain_number(share * 100)}%"
