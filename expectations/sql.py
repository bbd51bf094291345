"""Literals and names for SQL written by hand, in forms that DuckDB, PostgreSQL and Spark share."""

from datetime import date, datetime


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """A quoted name."""
    return '"' + identifier.replace('"', '""') + '"'


def instant(value: datetime) -> str:
    """A timestamp literal, to the millisecond."""
    return f"timestamp '{value.isoformat(sep=' ', timespec='milliseconds')}'"


def day(value: date) -> str:
    """A date literal."""
    return f"date '{value.isoformat()}'"


def optional(value: str | None) -> str:
    """A string literal, or null."""
    return "null" if value is None else text(value)
