"""The walk over one expression that asks what each part gives, and notes what does not fit.

A part gives string, number, boolean, date, datetime, interval or null; `any` is what a part gives that is
already found to be wrong, or of which nothing is known: it fits everywhere, so that nothing is said twice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlglot import expressions as exp

from agreement.conditions.columns import Columns
from agreement.problems import Fault

Rule = Callable[["Walk", exp.Expr], str]
MOMENTS = ("date", "datetime")
IN_WORDS = {"string": "a text", "null": "nothing", "boolean": "true or false", "interval": "a length of time"}


def in_words(gives: str) -> str:
    """A type, for a sentence."""
    return IN_WORDS.get(gives, f"a {gives}")


class Walk:
    """Walks one expression by `rules`; `faults` grow on the way."""

    def __init__(self, columns: Columns, rules: dict[type[exp.Expr], Rule], otherwise: Rule) -> None:
        self.columns = columns
        self.faults: list[Fault] = []
        self._rules = rules
        self._otherwise = otherwise

    def of(self, node: exp.Expr) -> str:
        """The type of what `node` gives."""
        return self._rules.get(type(node), self._otherwise)(self, node)

    def wrong(self, found: str, expected: str | None = None, **more: str | None) -> str:
        """Note a fault; `more` is as in Fault."""
        self.faults.append(Fault(found, expected, **more))
        return "any"

    def must_be(self, node: exp.Expr, allowed: Iterable[str], gives: str | None = None) -> bool:
        """Whether `node` gives one of `allowed`; if not, a fault is noted."""
        gives = gives or self.of(node)
        if gives in (*allowed, "any", "null"):
            return True
        if set(allowed) & set(MOMENTS) and is_moment(node):
            return True
        wanted = " or ".join(in_words(one) for one in allowed)
        self.wrong(
            f"uses `{said(node)}`, which is {in_words(gives)}, where {wanted} is needed",
            f"{wanted} in place of `{said(node)}`",
            near=said(node),
        )
        return False

    def alike(self, nodes: list[exp.Expr]) -> str:
        """The one type that all `nodes` give; a fault is noted if they differ."""
        given = [(node, self.of(node)) for node in nodes]
        known = [(node, gives) for node, gives in given if gives not in ("any", "null")]
        firm = [pair for pair in known if not isinstance(pair[0], exp.Literal)] or known
        if not firm:
            return given[0][1]
        first, gives = firm[0]
        for node, other in known:
            if other == gives or {other, gives} <= set(MOMENTS) or (gives in MOMENTS and is_moment(node)):
                continue
            return self.wrong(
                f"compares `{said(first)}`, which is {in_words(gives)}, with `{said(node)}`, which is"
                f" {in_words(other)}",
                f"both of one kind: {in_words(gives)}, or {in_words(other)}",
                near=said(node),
            )
        return gives


def said(node: exp.Expr) -> str:
    """A part as SQL, for a sentence."""
    return node.sql(dialect="duckdb", comments=False, normalize_functions="lower").replace('"', "")


def is_moment(node: exp.Expr) -> bool:
    """Whether it is a text that every engine reads as a day or an instant, such as '2026-10-01'."""
    if not (isinstance(node, exp.Literal) and node.is_string):
        return False
    try:
        datetime.fromisoformat(node.name)
    except ValueError:
        return False
    return len(node.name) >= 10
