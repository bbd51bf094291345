"""Rules for columns, written values, casts and intervals."""

import re

from sqlglot import expressions as exp

from agreement.conditions.functions import UNITS
from agreement.conditions.walk import Rule, Walk, in_words, is_moment, said
from agreement.problems import nearest

CASTS = {
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIMESTAMPNTZ": "datetime",
    "TEXT": "string",
    "VARCHAR": "string",
}
NUMBERS = ("INT", "BIGINT", "DECIMAL", "DOUBLE")


def column(walk: Walk, node: exp.Expr) -> str:
    """A known column's type."""
    name, known = node.name.lower(), walk.columns
    if node.args.get("table") is not None:
        return walk.wrong(
            f"puts a table before the column {node.name}", "the column alone", example=f'"{name}"'
        )
    if name in known.not_yet:
        return walk.wrong(
            f"uses `{name}`, which is decided only later", "a column known before that", near=name
        )
    if name in known.types:
        return {"integer": "number"}.get(known.types[name], known.types[name])
    if node.this.args.get("quoted"):
        better = f"'{node.name}'"
        return walk.wrong(
            f'has "{node.name}" in double quotes, which are for columns, and there is no such column',
            "single quotes around a text",
            nearest=better,
            near=f'"{node.name}"',
        )
    usable = sorted(set(known.types) - known.not_yet)
    return walk.wrong(
        f"uses `{node.name}`, which is not a column of leads",
        f"one of: {', '.join(one for one in usable if not one.startswith('became_'))}, or became_<stage>_at",
        nearest=nearest(name, usable),
        near=node.name,
    )


def literal(_: Walk, node: exp.Expr) -> str:
    """A text or a number."""
    return "string" if node.is_string else "number"


def cast(walk: Walk, node: exp.Expr) -> str:
    """Only casts that cannot fail on some lead's value."""
    to = node.args["to"]
    name = to.this.name if hasattr(to.this, "name") else str(to.this)
    gives = CASTS.get(name) or ("number" if name in NUMBERS else None)
    if gives is None:
        return walk.wrong(
            f"turns `{said(node.this)}` into {said(to)}", "date, timestamp, varchar, integer or decimal"
        )
    given = walk.of(node.this)
    if given in ("any", "null", gives) or gives == "string" or {given, gives} <= {"date", "datetime"}:
        return gives
    if gives in ("date", "datetime") and is_moment(node.this):
        return gives
    return walk.wrong(
        f"turns `{said(node.this)}`, which is {in_words(given)}, into {in_words(gives)}, which may fail",
        f"a column declared as {in_words(gives)} under `columns`",
        near=said(node.this),
    )


def interval(walk: Walk, node: exp.Expr) -> str:
    """An amount and a unit, both written out."""
    amount, unit = node.this, node.args.get("unit")
    written_out = isinstance(amount, exp.Literal) and re.fullmatch(r"\d+", amount.name)
    if written_out and unit is not None and unit.name.lower().rstrip("s") in UNITS:
        return "interval"
    return walk.wrong(
        f"has `{said(node)}`", "an interval of a whole number and one unit", example='"interval 3 days"'
    )


RULES: dict[type[exp.Expr], Rule] = {
    exp.Column: column,
    exp.Literal: literal,
    exp.Boolean: lambda _, __: "boolean",
    exp.Null: lambda _, __: "null",
    exp.Cast: cast,
    exp.Interval: interval,
}
