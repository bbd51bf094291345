"""What two warehouses share: rooms talk to a DuckDB within this process, wherever the tables are."""

from typing import TYPE_CHECKING, Any

from warehouse.engine import Connection, Warehouse

if TYPE_CHECKING:
    import pyarrow as pa


class Embedded(Warehouse):
    """Sessions speak DuckDB's SQL, and read Arrow's memory."""

    @property
    def problem(self) -> type[Exception]:
        """DuckDB's own."""
        import duckdb

        return duckdb.Error

    @property
    def spoken(self) -> str:
        """DuckDB's, whatever computes the marts."""
        return "duckdb"

    def write_table(self, connection: Connection, table: str, content: "pa.Table") -> None:
        """Create or replace it from Arrow's memory."""
        session: Any = connection
        session.register("arrow_table", content)
        session.execute(f"create or replace table {table} as select * from arrow_table")
        session.unregister("arrow_table")

    def typed(self, text: str, kind: str) -> str:
        """With `try_cast`."""
        number = f"try_cast({text} as decimal(38, 10))"
        epoch = f"regexp_matches({text}, '^-?[0-9]{{10,}}$')"
        instant = f"make_timestamp(try_cast({text} as bigint) * 1000)"
        return {
            "string": text,
            "integer": f"cast({number} as bigint)",
            "number": number,
            "boolean": f"try_cast({text} as boolean)",
            "datetime": f"case when {epoch} then {instant} else try_cast({text} as timestamp) end",
            "date": f"case when {epoch} then cast({instant} as date) else try_cast({text} as date) end",
        }[kind]

    def gx_source(self, connection: Connection, schema: str) -> dict[str, Any]:
        """A cursor of `connection`, through a dialect that buffers."""
        from warehouse import dialect

        dialect.register()
        return {
            "connection_string": f"{dialect.NAME}:///:memory:",
            "kwargs": {"creator": lambda: dialect.shared(connection, schema)},
        }
