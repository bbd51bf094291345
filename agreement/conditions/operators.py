"""Rules for operators: comparing, joining with and/or/not, counting, choosing."""

from sqlglot import expressions as exp

from agreement.conditions.walk import MOMENTS, Rule, Walk, said
from agreement.problems import nearest

COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)


def paren(walk: Walk, node: exp.Expr) -> str:
    """What is in it."""
    return walk.of(node.this)


def logical(walk: Walk, node: exp.Expr) -> str:
    """Both sides are conditions."""
    for side in (node.this, node.args.get("expression")):
        if side is not None:
            walk.must_be(side, ("boolean",))
    return "boolean"


def comparison(walk: Walk, node: exp.Expr) -> str:
    """Both sides alike; a value that its column can never have is noted."""
    walk.alike([node.this, node.args["expression"]])
    for side, other in ((node.this, node.args["expression"]), (node.args["expression"], node.this)):
        _known_value(walk, side, other)
    return "boolean"


def between(walk: Walk, node: exp.Expr) -> str:
    """All three alike."""
    walk.alike([node.this, node.args["low"], node.args["high"]])
    return "boolean"


def among(walk: Walk, node: exp.Expr) -> str:
    """Values written out, alike."""
    if node.args.get("query") is not None or not node.expressions:
        return (
            walk.of(node.args["query"])
            if node.args.get("query")
            else walk.wrong(
                f"has `{said(node)}`", "values in brackets", example="\"country in ('AU', 'NZ')\""
            )
        )
    walk.alike([node.this, *node.expressions])
    for value in node.expressions:
        _known_value(walk, node.this, value)
    return "boolean"


def _known_value(walk: Walk, side: exp.Expr, other: exp.Expr) -> None:
    known = walk.columns.values.get(side.name.lower()) if isinstance(side, exp.Column) else None
    if known is None or not (isinstance(other, exp.Literal) and other.is_string) or other.name in known:
        return
    name = side.name.lower()
    walk.wrong(
        f"asks for the {name.replace('_', ' ')} '{other.name}', which there is not",
        f"one of: {', '.join(sorted(known))}",
        nearest=nearest(other.name, known),
        near=other.name,
    )


def is_(walk: Walk, node: exp.Expr) -> str:
    """`is null` of anything, `is true` of a condition."""
    if isinstance(node.args["expression"], exp.Boolean):
        walk.must_be(node.this, ("boolean",))
    else:
        walk.of(node.this)
        if not isinstance(node.args["expression"], exp.Null):
            walk.wrong(f"has `{said(node)}`", "is null, is not null, is true or is false")
    return "boolean"


def texts(gives: str) -> Rule:
    """Both sides are texts."""

    def rule(walk: Walk, node: exp.Expr) -> str:
        walk.must_be(node.this, ("string",))
        walk.must_be(node.args["expression"], ("string",))
        return gives

    return rule


def arithmetic(walk: Walk, node: exp.Expr) -> str:
    """All sides are numbers."""
    for side in (node.this, node.args.get("expression")):
        if side is not None:
            walk.must_be(side, ("number",))
    return "number"


def sum_(walk: Walk, node: exp.Expr) -> str:
    """Numbers; an instant and an interval; for minus, two instants."""
    left, right = walk.of(node.this), walk.of(node.args["expression"])
    if left in MOMENTS and right == "interval":
        return "datetime"
    if right in MOMENTS and left == "interval" and isinstance(node, exp.Add):
        return "datetime"
    if isinstance(node, exp.Sub) and left == right == "datetime":
        return "interval"
    if isinstance(node, exp.Sub) and left in MOMENTS and right in MOMENTS:
        return walk.wrong(
            f"has `{said(node)}`", "date_diff", example="\"date_diff('day', created_at, as_of) > 3\""
        )
    if left in MOMENTS:
        return walk.wrong(
            f"has `{said(node)}`, which does not say of what unit",
            "an interval",
            example='"created_at > as_of - interval 3 days"',
        )
    walk.must_be(node.this, ("number",), left)
    walk.must_be(node.args["expression"], ("number",), right)
    return "number"


def case(walk: Walk, node: exp.Expr) -> str:
    """Conditions, or values like the one asked for; answers alike."""
    asked = node.args.get("this")
    branches = node.args["ifs"]
    for branch in branches:
        if asked is None:
            walk.must_be(branch.this, ("boolean",))
    if asked is not None:
        walk.alike([asked, *(branch.this for branch in branches)])
    default = node.args.get("default")
    return walk.alike(
        [branch.args["true"] for branch in branches] + ([default] if default is not None else [])
    )


RULES: dict[type[exp.Expr], Rule] = {
    exp.Paren: paren,
    exp.Not: logical,
    exp.And: logical,
    exp.Or: logical,
    exp.Is: is_,
    exp.In: among,
    exp.Between: between,
    exp.Like: texts("boolean"),
    exp.ILike: texts("boolean"),
    exp.Escape: paren,
    exp.DPipe: texts("string"),
    exp.Mul: arithmetic,
    exp.Div: arithmetic,
    exp.Mod: arithmetic,
    exp.Neg: arithmetic,
    exp.Add: sum_,
    exp.Sub: sum_,
    exp.Case: case,
    **dict.fromkeys(COMPARISONS, comparison),
}
