"""What a broken rule saw: its columns' values as a JSON object, personal ones as the agreement allows."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from agreement.model import Agreement, ColumnType, Treatment
from expectations.sql import name, text

if TYPE_CHECKING:
    import duckdb

FIXED_BOOLEANS = frozenset({"is_archived"})
ESCAPES = (("chr(92)", "\\\\"), ("chr(34)", '\\"'), ("chr(10)", "\\n"), ("chr(13)", "\\r"), ("chr(9)", "\\t"))
BLANKS = "' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)"
BLOCK = 64


def personal_columns(agreement: Agreement) -> dict[str, Treatment]:
    """Columns that hold a person's address, under whatever name, and what may be shown of them.

    `email` and `phone` themselves, and every column declared on one of those two contact properties.
    """
    treatments: dict[str, Treatment] = {"email": agreement.privacy.email, "phone": agreement.privacy.phone}
    declared = {
        column: treatments[spec.property]
        for column, spec in agreement.columns.items()
        if spec.of == "contact" and spec.property in treatments
    }
    return treatments | declared


def observed(agreement: Agreement, columns: Iterable[str]) -> str:
    """SQL for a JSON object of `columns` of the current lead, in alphabetical order."""
    personal = personal_columns(agreement)
    members = [
        f"{_label(column)} || coalesce({_value(agreement, column, personal.get(column, 'keep'))}, 'null')"
        for column in sorted(set(columns) - {"as_of"})
    ]
    return "'{' || " + " || ', ' || ".join(members) + " || '}'" if members else "'{}'"


def _label(column: str) -> str:
    return text('"' + column + '": ')


def _value(agreement: Agreement, column: str, treatment: Treatment) -> str:
    if treatment == "drop":
        return "cast(null as varchar)"
    if treatment == "hash":
        return f"'\"' || ({hashed(name(column))}) || '\"'"
    declared = agreement.columns.get(column)
    kind: ColumnType = declared.type if declared else "boolean" if column in FIXED_BOOLEANS else "string"
    value = f"cast({name(column)} as varchar)"
    if kind in {"integer", "boolean"}:
        return value
    if kind == "number":
        return _plain_number(value)
    return f"'\"' || ({_escaped(value)}) || '\"'"


def _plain_number(value: str) -> str:
    """A decimal's text without the zeros that its scale adds."""
    whole_or_not = f"case when {value} like '%.%' then rtrim(rtrim({value}, '0'), '.') else {value} end"
    return f"({whole_or_not})"


def _escaped(value: str) -> str:
    """JSON's escapes; control characters that have no short one become blanks. Most values need neither."""
    controls = "".join(chr(code) for code in range(1, 32))
    special = text(f'"\\{controls}')
    escaped = value
    for character, escape in ESCAPES:
        escaped = f"replace({escaped}, {character}, {text(escape)})"
    escaped = f"translate({escaped}, {text(controls)}, {text(' ' * len(controls))})"
    return f"case when translate({value}, {special}, '') = {value} then {value} else {escaped} end"


def hashed(value: str) -> str:
    """SQL for HMAC-SHA-256 of `value`, trimmed and lower case, once `remember_key` was called.

    DuckDB's form: the outer hash takes the bytes of the inner one. Null stays null, and so does a blank.
    """
    trimmed = f"trim({value}, {BLANKS})"
    message = f"encode(lower({trimmed}))"
    inner = f"unhex(sha256(getvariable('inner_pad') || {message}))"
    return f"case when {trimmed} <> '' then sha256(getvariable('outer_pad') || {inner}) end"


def remember_key(connection: "duckdb.DuckDBPyConnection", key: bytes) -> None:
    """Give the session HMAC's two padded keys (RFC 2104, blocks of 64 bytes): in memory, never in a table."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    for pad, mask in (("inner_pad", 0x36), ("outer_pad", 0x5C)):
        connection.execute(f"set variable {pad} = ?", [bytes(byte ^ mask for byte in block)])
