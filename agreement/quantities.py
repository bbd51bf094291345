"""Amounts as the agreement's objects hold them; `agreement.amounts` reads them from text."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    model_validator,
)

from agreement.amounts import Unit, parse_length, parse_share, percent, plain_number

__all__ = ["Amount", "Duration", "Share", "percent", "plain_number", "tidy"]
MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}


def tidy(number: Decimal) -> Decimal:
    """The same number, written in the one way that fingerprints rely on: 0.950 and 9.5E-1 are 0.95."""
    return Decimal(plain_number(number))


Amount = Annotated[Decimal, AfterValidator(tidy)]
Share = Annotated[Decimal, BeforeValidator(parse_share), AfterValidator(tidy)]


class Duration(BaseModel):
    """A length of time: by the clock on the wall, or of a calendar's open hours (`business`).

    A business day is as many minutes as the calendar is open on a day; any other day is 24 hours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    amount: Amount
    unit: Unit
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
        return cls(**parse_length(text)._asdict())

    def minutes(self, open_minutes_a_day: int) -> Decimal:
        """Its length in minutes; `open_minutes_a_day` is what a business day of the calendar holds."""
        if self.business and self.unit == "days":
            return self.amount * open_minutes_a_day
        return self.amount * MINUTES[self.unit]

    def __str__(self) -> str:
        """As the agreement writes it."""
        unit = self.unit[:-1] if self.amount == 1 else self.unit
        return f"{plain_number(self.amount)} {'business ' if self.business else ''}{unit}"
