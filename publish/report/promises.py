"""What the agreement promised, as sentences, and how figures of each promise are written."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from publish.report.formats import NOTHING, Number, number, percent, plural, slug

if TYPE_CHECKING:
    from agreement.model import Agreement, Commitment, Rule, Version

MONEY = ("deliver_value", "convert_value")
COUNTS = ("deliver", "convert")


@dataclass(frozen=True)
class Promises:
    """The agreement, asked by name and version. A name it does not know has no promise and no definition."""

    agreement: "Agreement"

    def commitment(self, version: str | None, name: str) -> "Commitment | None":
        """The commitment as that version has it."""
        listed = self._version(version)
        return next((c for c in listed.commitments if c.commitment == name), None) if listed else None

    def rule(self, version: str | None, name: str) -> "Rule | None":
        """The rule as that version has it."""
        listed = self._version(version)
        rules = [rule for stage in listed.definitions.values() for rule in stage] if listed else []
        return next((rule for rule in rules if rule.rule == name), None)

    def anchor(self, version: str | None, name: str | None) -> str | None:
        """Where in the page's appendix `name` is defined; None if it is not."""
        if not name or not (self.commitment(version, name) or self.rule(version, name)):
            return None
        return slug("def", version, name)

    def figure(self, version: str | None, name: str, value: Number | None) -> str:
        """An actual or a target of the commitment: a share, a count or money, as it promises."""
        promised = self.commitment(version, name)
        if value is None:
            return NOTHING
        if promised and promised.measure in MONEY:
            return self.money(value)
        return number(value) if promised and promised.measure in COUNTS else percent(value)

    def is_share(self, version: str | None, name: str) -> bool:
        """Whether the commitment promises a share, rather than a count or an amount."""
        promised = self.commitment(version, name)
        return not promised or promised.measure not in (*MONEY, *COUNTS)

    def money(self, amount: Number | None) -> str:
        """An amount in the company's currency: AUD 412,000."""
        return NOTHING if amount is None else f"{self.agreement.currency} {number(amount)}"

    def promised_minutes(self, promised: "Commitment") -> float | None:
        """The length promised, in minutes of the default calendar."""
        opened = self.agreement.calendars["default"].open_minutes
        return float(promised.within.minutes(opened)) if promised.within else None

    def sentence(self, promised: "Commitment") -> str:
        """The promise in one line, without its name."""
        said = SENTENCES[promised.measure](self, promised)
        return f"{said}, where {promised.where}" if promised.where else said

    def goal(self, promised: "Commitment") -> str:
        """How many or how much; from the least to the most if each period has a target of its own."""
        goal = promised.targets.get("all")
        show: Callable[[Decimal], str] = self.money if promised.measure in MONEY else number
        if isinstance(goal, dict):
            return f"{show(min(goal.values()))} to {show(max(goal.values()))}"
        return show(goal) if goal is not None else "any number of"

    def _version(self, version: str | None) -> "Version | None":
        return next((v for v in self.agreement.versions if v.version == version), None)


def _leads(self: Promises, c: "Commitment") -> str:
    counted = "companies that became " if c.count == "companies" else "new "
    return f"{self.goal(c)} {counted}{plural(c.stage or 'lead')} each {c.per}"


def _value(self: Promises, c: "Commitment") -> str:
    return f"{plural(c.stage or 'deal').capitalize()} worth {self.goal(c)} each {c.per}"


def _won(self: Promises, c: "Commitment") -> str:
    return f"Deals won worth {self.goal(c)} each {c.per}"


def _accepted(_: Promises, c: "Commitment") -> str:
    return f"{percent(c.share)} of the handoffs that sales decided on are accepted"


def _respond(_: Promises, c: "Commitment") -> str:
    return f"{percent(c.share)} get a first touch within {c.within} of the {c.clock_starts}"


def _follow_up(_: Promises, c: "Commitment") -> str:
    return f"{percent(c.share)} get {c.attempts} attempts on {c.across_days or 1} days within {c.within}"


def _decide(_: Promises, c: "Commitment") -> str:
    return f"{percent(c.share)} get a verdict within {c.within}"


def _assign(_: Promises, c: "Commitment") -> str:
    return f"{percent(c.share)} have an owner within {c.within}"


SENTENCES: dict[str, Callable[[Promises, "Commitment"], str]] = {
    "deliver": _leads,
    "deliver_value": _value,
    "accepted": _accepted,
    "respond": _respond,
    "follow_up": _follow_up,
    "decide": _decide,
    "convert": _leads,
    "convert_value": _won,
    "assign": _assign,
}
