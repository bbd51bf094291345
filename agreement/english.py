"""Conditions as people say them: `employees >= 250` is "employees is at least 250"."""

from collections.abc import Callable

from sqlglot import expressions as exp

from agreement.condition import Condition

WORDS: dict[type[exp.Expr], str] = {
    exp.EQ: "is",
    exp.NEQ: "is not",
    exp.GT: "is more than",
    exp.GTE: "is at least",
    exp.LT: "is less than",
    exp.LTE: "is at most",
    exp.And: "and",
    exp.Or: "or",
    exp.Add: "plus",
    exp.Sub: "minus",
}
MOMENT_WORDS: dict[type[exp.Expr], str] = {
    exp.GT: "is after",
    exp.GTE: "is not before",
    exp.LT: "is before",
    exp.LTE: "is not after",
}


def words(name: str) -> str:
    """A name of ours without its underscores."""
    return name.replace("_", " ")


def english(condition: Condition) -> str:
    """The condition in words; what has no plain wording stays SQL."""
    return _say(condition.expression)


def _say(node: exp.Expr) -> str:
    rule = RULES.get(type(node))
    if rule is not None:
        return rule(node)
    if type(node) in WORDS:
        word = MOMENT_WORDS.get(type(node)) if _has_moment(node) else None
        return f"{_say(node.this)} {word or WORDS[type(node)]} {_say(node.args['expression'])}"
    return node.sql(dialect="duckdb", comments=False, normalize_functions="lower")


def _has_moment(node: exp.Expr) -> bool:
    names = [column.name.lower() for column in node.find_all(exp.Column)]
    return any(name.endswith(("_at", "_since")) or name == "as_of" for name in names)


def _column(node: exp.Expr) -> str:
    return "the time of the run" if node.name.lower() == "as_of" else words(node.name.lower())


def _literal(node: exp.Expr) -> str:
    return f"'{node.name}'" if node.is_string else node.name


def _not(node: exp.Expr) -> str:
    inner = node.this
    if isinstance(inner, exp.Is) and isinstance(inner.args["expression"], exp.Null):
        return f"{_say(inner.this)} is known"
    if isinstance(inner, exp.In):
        return f"{_say(inner.this)} is none of {_listed(inner)}"
    if isinstance(inner, exp.Like | exp.ILike):
        return f"{_say(inner.this)} is not {_pattern(inner)}"
    return f"it is not so that {_say(inner)}"


def _is(node: exp.Expr) -> str:
    value = node.args["expression"]
    return f"{_say(node.this)} is {'unknown' if isinstance(value, exp.Null) else _say(value)}"


def _listed(node: exp.Expr) -> str:
    return ", ".join(_say(value) for value in node.expressions)


def _pattern(node: exp.Expr) -> str:
    text = node.args["expression"].name
    inner = text.strip("%")
    if "%" in inner or "_" in inner or not inner:
        return f"like '{text}'"
    return {
        (True, True): f"text with '{inner}' in it",
        (True, False): f"text that ends in '{inner}'",
        (False, True): f"text that begins with '{inner}'",
    }.get((text.startswith("%"), text.endswith("%")), f"'{inner}'")


def _interval(node: exp.Expr) -> str:
    unit = node.args["unit"].name.lower().rstrip("s")
    return f"{node.this.name} {unit}{'' if node.this.name == '1' else 's'}"


RULES: dict[type[exp.Expr], Callable[[exp.Expr], str]] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Boolean: lambda node: "true" if node.this else "false",
    exp.Paren: lambda node: f"({_say(node.this)})",
    exp.Not: _not,
    exp.Is: _is,
    exp.In: lambda node: f"{_say(node.this)} is one of {_listed(node)}",
    exp.Between: lambda node: (
        f"{_say(node.this)} is between {_say(node.args['low'])} and {_say(node.args['high'])}"
    ),
    exp.Like: lambda node: f"{_say(node.this)} is {_pattern(node)}",
    exp.ILike: lambda node: f"{_say(node.this)} is {_pattern(node)} (in capitals or not)",
    exp.Interval: _interval,
}
