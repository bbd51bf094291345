"""Refuses whatever is not one boolean expression over known columns."""

import sqlglot
from sqlglot import expressions as exp

from agreement.conditions import calls, operands, operators
from agreement.conditions.columns import Columns
from agreement.conditions.walk import Walk, in_words
from agreement.problems import Fault

LONGEST = 2000
EXAMPLE = "\"email is not null and country = 'AU'\""
ONE = "one condition on a lead's columns, true or false"
RULES = operands.RULES | operators.RULES | calls.RULES
STATEMENTS = (exp.Query, exp.DDL, exp.Command, exp.Attach, exp.Drop, exp.Pragma, exp.Values, exp.Alias)


def faults(text: str, columns: Columns) -> list[Fault]:
    """Everything that is wrong with a condition; nothing if it is fit for use."""
    if len(text) > LONGEST:
        return [Fault(f"is {len(text)} characters long", expected=f"at most {LONGEST}")]
    try:
        statements = sqlglot.parse(text, read="duckdb", error_level=sqlglot.ErrorLevel.IMMEDIATE)
        return _of_statements(text, statements, columns)
    except sqlglot.ParseError as error:
        near = error.errors[0].get("highlight") if error.errors else None
        where = f" at '{near}'" if near else ""
        return [Fault(f"cannot be read as a condition{where}", expected=ONE, example=EXAMPLE, near=near)]
    except sqlglot.TokenError:
        return [
            Fault(
                "has a quote that is not closed, or a sign without a meaning", expected=ONE, example=EXAMPLE
            )
        ]
    except RecursionError:
        return [Fault("is nested too deeply to read", expected=ONE, example=EXAMPLE)]


def _of_statements(text: str, statements: list[exp.Expr | None], columns: Columns) -> list[Fault]:
    if len(statements) != 1:
        return [Fault(f"holds {len(statements)} statements, divided by ;", expected=ONE, example=EXAMPLE)]
    root = statements[0]
    if root is None:
        return [Fault("holds nothing but a comment", expected=ONE, example=EXAMPLE)]
    if isinstance(root, STATEMENTS):
        return [Fault("is a statement rather than a condition", expected=ONE, example=EXAMPLE)]
    if any(token.text == "~" for token in sqlglot.tokenize(text, read="duckdb")):
        return [Fault("uses ~", "regexp_matches", example="\"regexp_matches(phone, '^[+]61')\"", near="~")]
    walk = Walk(columns, RULES, calls.refused)
    gives = walk.of(root)
    if not walk.faults and gives != "boolean":
        return [
            Fault(f"gives {in_words(gives)}, which is neither true nor false", expected=ONE, example=EXAMPLE)
        ]
    return walk.faults
