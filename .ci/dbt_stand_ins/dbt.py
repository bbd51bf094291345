"""What sqlfluff shows in place of dbt's macros: plausible SQL, so that models lint without a warehouse."""


def type_string() -> str:
    """A text type."""
    return "varchar"


def type_int() -> str:
    """A whole number."""
    return "integer"


def type_bigint() -> str:
    """A large whole number."""
    return "bigint"


def type_boolean() -> str:
    """A truth value."""
    return "boolean"


def type_timestamp() -> str:
    """An instant."""
    return "timestamp"


def safe_cast(field: str, kind: str) -> str:
    """A cast that answers null where it cannot."""
    return f"try_cast({field} as {kind})"


def listagg(measure: str, separator: str, order: str) -> str:
    """Texts of a group in one, in an order."""
    return f"string_agg({measure}, {separator} {order})"


def date_trunc(part: str, date: str) -> str:
    """The beginning of the part of time that holds a date."""
    return f"date_trunc('{part}', {date})"
