"""Tables between a DuckDB session and a cluster, through Arrow: exact decimals and instants."""

from typing import Any

SCHEMAS = ("staging", "intermediate", "marts")


def pass_on(connection: Any, session: Any, schema: str) -> None:
    """Create a schema's tables on the cluster, with their rows; instants are Spark's, of a session in UTC."""
    from pyspark.sql.pandas.types import from_arrow_schema

    session.sql(f"create database {schema}")
    for (name,) in connection.execute(
        "select table_name from duckdb_tables() where schema_name = ? order by 1", [schema]
    ).fetchall():
        content = _in_utc(connection.execute(f"from {schema}.{name}").to_arrow_table())
        fields = from_arrow_schema(content.schema).fields
        shape = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in fields)
        session.sql(f"create table {schema}.{name} ({shape}) using parquet")
        if content.num_rows:
            session.createDataFrame(content).coalesce(1).write.insertInto(f"{schema}.{name}")


def surplus(connection: Any, session: Any, table: str) -> list[Any]:
    """Rows that only one of both has, told from the other's; the columns are DuckDB's."""
    here = connection.execute(f"from {table} limit 0").to_arrow_table().column_names
    there = session.table(table)
    assert there.columns == here, table
    connection.register("there", there.toArrow())
    shape = connection.execute(f"describe {table}").fetchall()
    typed = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind, *_ in shape)
    found: list[Any] = []
    for one, other in ((table, "told"), ("told", table)):
        found += connection.execute(
            f"with told as (select {typed} from there) from {one} except all from {other} limit 2"
        ).fetchall()
    connection.unregister("there")
    return found


def _in_utc(content: Any) -> Any:
    import pyarrow as pa

    instant = pa.timestamp("us", tz="UTC")
    fields = [
        field.with_type(instant) if pa.types.is_timestamp(field.type) else field for field in content.schema
    ]
    return content.cast(pa.schema(fields))
