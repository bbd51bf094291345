"""Rules for functions, and for everything that no condition may hold."""

from sqlglot import expressions as exp

from agreement.conditions.functions import (
    ALIKE,
    ALLOWED,
    CHANGING,
    CHANGING_NAMES,
    FUNCTIONS,
    MODIFIERS,
    UNITS,
    UNITS_OF_DIFFERENCE,
)
from agreement.conditions.walk import Rule, Walk, said
from agreement.problems import nearest

PLAIN = "columns, values, comparisons, and/or/not, and these functions: "


def call(walk: Walk, node: exp.Expr) -> str:
    """Operands that fit; no more of them than the function takes."""
    function = FUNCTIONS[type(node)]
    for place, value in node.args.items():
        if value is None or value == [] or (place in MODIFIERS and place != "unit"):
            continue
        if place == "unit" or (isinstance(node, exp.Extract) and place == "this"):
            allowed = UNITS_OF_DIFFERENCE if isinstance(node, exp.DateDiff) else UNITS
            if value.name.lower() not in allowed:
                walk.wrong(
                    f"counts in {value.name.lower()}s in `{said(node)}`", f"one of: {', '.join(allowed)}"
                )
        elif place not in function.operands:
            walk.wrong(
                f"gives `{function.name}` more than it takes in `{said(node)}`", f"{function.name} with fewer"
            )
        else:
            for one in value if isinstance(value, list) else [value]:
                walk.must_be(one, function.operands[place])
    return function.gives


def alike(walk: Walk, node: exp.Expr) -> str:
    """The type that all operands share."""
    second = node.args.get("expression")
    return walk.alike([node.this, *node.expressions, *([second] if second is not None else [])])


def refused(walk: Walk, node: exp.Expr) -> str:
    """Whatever has no rule, by the reason that helps most."""
    if isinstance(node, exp.Subquery | exp.Query | exp.Exists | exp.Any | exp.All):
        return walk.wrong("looks into another table", "only this lead's own columns")
    if isinstance(node, exp.AggFunc | exp.Window):
        return walk.wrong(f"counts over many leads in `{said(node)}`", "only this lead's own columns")
    name = node.name.lower() if isinstance(node, exp.Anonymous) else ""
    if isinstance(node, CHANGING) or name in CHANGING_NAMES:
        return walk.wrong(
            f"has `{said(node)}`, which gives another answer every time",
            "as_of, the instant of the run",
            nearest="as_of",
            near=said(node).partition("(")[0],
        )
    if isinstance(node, exp.Func):
        name = name or node.sql_name().lower()
        return walk.wrong(
            f"calls `{name}`, which conditions may not",
            f"one of: {', '.join(ALLOWED)}",
            nearest=nearest(name, ALLOWED),
            near=name,
        )
    return walk.wrong(f"has `{said(node)}`", PLAIN + ", ".join(ALLOWED), near=said(node))


RULES: dict[type[exp.Expr], Rule] = {**dict.fromkeys(FUNCTIONS, call), **dict.fromkeys(ALIKE, alike)}
