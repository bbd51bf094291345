"""Conditions that a native expectation says word for word, such as `x is null or x in (...)`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

    from agreement.condition import Condition


@dataclass(frozen=True)
class Shape:
    """A condition on one column. `values` are the set's, or the two ends, both included."""

    kind: Literal["not_null", "in_set", "between"]
    column: str
    values: tuple[str | int | float, ...] = ()

    @property
    def passes_nulls(self) -> bool:
        """Whether a null keeps the condition."""
        return self.kind != "not_null"


def shape(condition: "Condition") -> Shape | None:
    """The shape of `condition`, or None where it has no native twin."""
    from sqlglot import expressions as exp

    root = _bare(condition.expression)
    if isinstance(root, exp.Not):
        column = _null_test(_bare(root.this))
        return Shape("not_null", column) if column else None
    if not isinstance(root, exp.Or):
        return None
    column, second = _null_test(_bare(root.left)), _bare(root.right)
    if column is None or not isinstance(second, exp.In | exp.Between) or _column(second.this) != column:
        return None
    return _values(second, column)


def _values(test: "Expr", column: str) -> Shape | None:
    from sqlglot import expressions as exp

    inside = test.expressions if isinstance(test, exp.In) else [test.args["low"], test.args["high"]]
    values = [_literal(item) for item in inside]
    found = tuple(value for value in values if value is not None)
    if not found or len(found) != len(values):
        return None
    numbers = not any(isinstance(value, str) for value in found)
    if isinstance(test, exp.In):
        return Shape("in_set", column, found)
    return Shape("between", column, found) if numbers else None


def _bare(expression: "Expr") -> "Expr":
    from sqlglot import expressions as exp

    return _bare(expression.this) if isinstance(expression, exp.Paren) else expression


def _null_test(expression: "Expr") -> str | None:
    from sqlglot import expressions as exp

    is_test = isinstance(expression, exp.Is) and isinstance(expression.expression, exp.Null)
    return _column(expression.this) if is_test else None


def _column(expression: "Expr") -> str | None:
    from sqlglot import expressions as exp

    return expression.name.lower() if isinstance(expression, exp.Column) else None


def _literal(expression: "Expr") -> str | int | float | None:
    """A literal that means the same on both sides: text, or a number that a float holds exactly."""
    from sqlglot import expressions as exp

    if not isinstance(expression, exp.Literal):
        return None
    if expression.is_string:
        return str(expression.this)
    number = Decimal(expression.this)
    if number == number.to_integral_value():
        return int(number)
    return float(number) if Decimal(float(number)) == number else None
