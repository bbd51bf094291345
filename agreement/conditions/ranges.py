"""What simple conditions leave possible: whether one can hold at all, and whether it implies another.

Only conditions of comparisons joined by `and` are understood; of any other nothing is concluded.
"""

from dataclasses import dataclass
from decimal import Decimal

from sqlglot import expressions as exp

from agreement.condition import Condition

Bound = tuple[Decimal, bool]


@dataclass(frozen=True)
class Range:
    """Values of one column: numbers between two bounds (True: itself included), or certain texts."""

    low: Bound | None = None
    high: Bound | None = None
    texts: frozenset[str] | None = None

    def both(self, other: "Range") -> "Range":
        """What is in both."""
        lows = [bound for bound in (self.low, other.low) if bound]
        highs = [bound for bound in (self.high, other.high) if bound]
        texts = [one for one in (self.texts, other.texts) if one is not None]
        return Range(
            max(lows, key=lambda bound: (bound[0], not bound[1]), default=None),
            min(highs, key=lambda bound: (bound[0], bound[1]), default=None),
            frozenset.intersection(*texts) if texts else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether no value is in it."""
        if self.texts is not None and not self.texts:
            return True
        if self.low is None or self.high is None:
            return False
        touching = self.low[0] == self.high[0] and self.low[1] and self.high[1]
        return not (self.low[0] < self.high[0] or touching)

    def holds(self, other: "Range") -> bool:
        """Whether everything in `other` is in this one."""
        return self.both(other) == other


def ranges(condition: Condition) -> dict[str, Range] | None:
    """The range of each column that `condition` leaves; None if it is not understood."""
    found: dict[str, Range] = {}
    for part in condition.expression.unnest().flatten() if _joined(condition) else [condition.expression]:
        one = _range(part.unnest())
        if one is None:
            return None
        name, values = one
        found[name] = found.get(name, Range()).both(values)
    return found


def shadows(earlier: dict[str, Range], later: dict[str, Range]) -> bool:
    """Whether `earlier` holds wherever `later` does, so that the later one is never reached."""
    return all(name in later and values.holds(later[name]) for name, values in earlier.items())


def _joined(condition: Condition) -> bool:
    return isinstance(condition.expression.unnest(), exp.And)


def _range(node: exp.Expr) -> tuple[str, Range] | None:
    if isinstance(node, exp.In) and isinstance(node.this, exp.Column):
        texts = [
            value.name for value in node.expressions if isinstance(value, exp.Literal) and value.is_string
        ]
        whole = len(texts) == len(node.expressions) > 0
        return (node.this.name.lower(), Range(texts=frozenset(texts))) if whole else None
    if isinstance(node, exp.Between):
        low, high = _number(node.args["low"]), _number(node.args["high"])
        if isinstance(node.this, exp.Column) and low is not None and high is not None:
            return node.this.name.lower(), Range((low, True), (high, True))
    if isinstance(node, exp.EQ | exp.GT | exp.GTE | exp.LT | exp.LTE) and isinstance(node.this, exp.Column):
        values = _compared(node)
        return (node.this.name.lower(), values) if values else None
    return None


def _compared(node: exp.Expr) -> Range | None:
    other = node.args["expression"]
    number = _number(other)
    if isinstance(node, exp.EQ) and isinstance(other, exp.Literal) and other.is_string:
        return Range(texts=frozenset([other.name]))
    if number is None:
        return None
    with_itself = isinstance(node, exp.EQ | exp.GTE | exp.LTE)
    low = (number, with_itself) if isinstance(node, exp.EQ | exp.GT | exp.GTE) else None
    high = (number, with_itself) if isinstance(node, exp.EQ | exp.LT | exp.LTE) else None
    return Range(low, high)


def _number(node: exp.Expr) -> Decimal | None:
    if isinstance(node, exp.Neg):
        inner = _number(node.this)
        return None if inner is None else -inner
    return Decimal(node.name) if isinstance(node, exp.Literal) and not node.is_string else None
