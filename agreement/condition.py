"""A condition on leads, as the agreement writes it: `employees >= 250`.

Text in DuckDB's dialect, translated for other engines by sqlglot. Whether it is a condition we accept
(known columns, fitting types, allowed functions) is asked in `agreement.condition_check`.
"""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema
    from sqlglot.expressions import Expr

LINE_END = re.compile(r"\s*\n\s*")


class Condition:
    """One boolean SQL expression over the columns of `marts.leads` and `as_of`."""

    def __init__(self, text: str) -> None:
        self.text = LINE_END.sub(" ", text).strip()

    @cached_property
    def expression(self) -> "Expr":
        """The parsed condition; callers must copy it before they change it."""
        import sqlglot

        return sqlglot.parse_one(self.text, read="duckdb")

    @cached_property
    def columns(self) -> frozenset[str]:
        """The names of the columns it uses, lower case; `as_of` may be among them."""
        from sqlglot.expressions import Column

        return frozenset(column.name.lower() for column in self.expression.find_all(Column))

    def sql(self, dialect: str = "duckdb", qualifier: str | None = None) -> str:
        """The condition for an engine (`duckdb`, `postgres`, `spark`), every name quoted.

        `qualifier` is a table's alias to put before every column, `as_of` included.
        """
        from sqlglot.expressions import Column, to_identifier

        translated = self.expression.copy()
        for column in translated.find_all(Column):
            column.set("this", to_identifier(column.name.lower(), quoted=True))
            if qualifier:
                column.set("table", to_identifier(qualifier))
        return translated.sql(dialect=dialect)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """From text or a Condition; to text."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._from_any, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def _from_any(cls, value: Any) -> "Condition":
        if isinstance(value, Condition):
            return value
        if isinstance(value, str):
            return cls(value)
        raise ValueError("a condition is text such as employees >= 250")
