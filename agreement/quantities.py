"""Amounts as people write them: `30 business minutes`, `4 business hours`, `60%`."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    model_validator,
)

DURATION = re.compile(r"(?P<amount>\d+(?:\.\d+)?) +(?P<open>business +)?(?P<unit>minute|hour|day)s?", re.A)
SHARE = re.compile(r"(?P<amount>\d+(?:\.\d+)?|\.\d+) *(?P<percent>%)?", re.ASCII)
MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}


def plain_number(number: Decimal) -> str:
    """The number without exponent and without trailing zeros: 1.50 is `1.5`, 1E+2 is `100`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def tidy(number: Decimal) -> Decimal:
    """The same number, written in the one way that fingerprints rely on: 0.950 and 9.5E-1 are 0.95."""
    return Decimal(plain_number(number))


Amount = Annotated[Decimal, AfterValidator(tidy)]


class Duration(BaseModel):
    """A length of time: by the clock on the wall, or of a calendar's open hours (`business`).

    A business day is as many minutes as the calendar is open on a day; any other day is 24 hours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    amount: Amount
    unit: Literal["minutes", "hours", "days"]
    business: bool = False

    @model_validator(mode="wrap")
    @classmethod
    def _from_text(cls, value: Any, handler: ModelWrapValidatorHandler["Duration"]) -> "Duration":
        return cls.parse(value) if isinstance(value, str) else handler(value)

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read `30 business minutes`, `24 hours`, `1 day`.

        Raises:
            ValueError: it is not an amount and a unit, or is no time at all.
        """
        found = DURATION.fullmatch(text.strip().lower())
        if not found or not Decimal(found["amount"]):
            raise ValueError(f"'{text}' is not a length of time such as 4 business hours")
        unit: Any = f"{found['unit']}s"
        return cls(amount=Decimal(found["amount"]), unit=unit, business=bool(found["open"]))

    def minutes(self, open_minutes_a_day: int) -> Decimal:
        """Its length in minutes; `open_minutes_a_day` is what a business day of the calendar holds."""
        if self.business and self.unit == "days":
            return self.amount * open_minutes_a_day
        return self.amount * MINUTES[self.unit]

    def __str__(self) -> str:
        """As the agreement writes it."""
        unit = self.unit[:-1] if self.amount == 1 else self.unit
        return f"{plain_number(self.amount)} {'business ' if self.business else ''}{unit}"


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


def percent(share: Decimal) -> str:
    """A share as people write it: 0.005 is `0.5%`."""
    return f"{plain_number(share * 100)}%"


Share = Annotated[Decimal, BeforeValidator(parse_share), AfterValidator(tidy)]
