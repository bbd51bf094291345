"""The functions a condition may call: the same answer for the same lead, on any night and engine."""

from dataclasses import dataclass

from sqlglot import expressions as exp

DATES = ("date", "datetime")
NUMBERS = ("number",)
TEXTS = ("string",)


@dataclass(frozen=True)
class Function:
    """Its name in DuckDB, the types of its operands in sqlglot's own places, and what it gives."""

    name: str
    operands: dict[str, tuple[str, ...]]
    gives: str


FUNCTIONS: dict[type[exp.Expr], Function] = {
    exp.Lower: Function("lower", {"this": TEXTS}, "string"),
    exp.Upper: Function("upper", {"this": TEXTS}, "string"),
    exp.Trim: Function("trim", {"this": TEXTS, "expression": TEXTS}, "string"),
    exp.Length: Function("length", {"this": TEXTS}, "number"),
    exp.Substring: Function("substring", {"this": TEXTS, "start": NUMBERS, "length": NUMBERS}, "string"),
    exp.Left: Function("left", {"this": TEXTS, "expression": NUMBERS}, "string"),
    exp.Right: Function("right", {"this": TEXTS, "expression": NUMBERS}, "string"),
    exp.Replace: Function("replace", {"this": TEXTS, "expression": TEXTS, "replacement": TEXTS}, "string"),
    exp.StartsWith: Function("starts_with", {"this": TEXTS, "expression": TEXTS}, "boolean"),
    exp.RegexpLike: Function("regexp_matches", {"this": TEXTS, "expression": TEXTS}, "boolean"),
    exp.Concat: Function("concat", {"expressions": TEXTS}, "string"),
    exp.Abs: Function("abs", {"this": NUMBERS}, "number"),
    exp.Round: Function("round", {"this": NUMBERS, "decimals": NUMBERS}, "number"),
    exp.Floor: Function("floor", {"this": NUMBERS}, "number"),
    exp.Ceil: Function("ceil", {"this": NUMBERS}, "number"),
    exp.Year: Function("year", {"this": DATES}, "number"),
    exp.Month: Function("month", {"this": DATES}, "number"),
    exp.Day: Function("day", {"this": DATES}, "number"),
    exp.Extract: Function("extract", {"expression": DATES}, "number"),
    exp.DateDiff: Function("date_diff", {"this": DATES, "expression": DATES}, "number"),
    exp.TimestampTrunc: Function("date_trunc", {"this": DATES}, "datetime"),
    exp.DateTrunc: Function("date_trunc", {"this": DATES}, "datetime"),
}
# Literal arguments that are part of a function's name rather than operands.
MODIFIERS = frozenset({"unit", "safe", "coalesce", "date_part_boundary", "position", "full_match"})
# Of one type, whichever, and that is what they give.
ALIKE: dict[type[exp.Expr], str] = {exp.Coalesce: "coalesce", exp.Nullif: "nullif"}
ALLOWED = tuple(sorted({one.name for one in FUNCTIONS.values()} | set(ALIKE.values()) | {"cast"}))
# Their answer depends on when, where or by whom they are asked.
CHANGING = (
    exp.CurrentDate,
    exp.CurrentTime,
    exp.CurrentTimestamp,
    exp.CurrentTimestampLTZ,
    exp.CurrentDatetime,
    exp.CurrentUser,
    exp.Localtime,
    exp.Localtimestamp,
    exp.Rand,
    exp.Randn,
    exp.Uuid,
)
CHANGING_NAMES = frozenset(
    {"now", "get_current_timestamp", "transaction_timestamp", "gen_random_uuid", "setseed", "nextval", "age"}
)
# Not every engine has them, or they count differently: these are those that agree.
UNITS = ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
UNITS_OF_DIFFERENCE = ("day",)
