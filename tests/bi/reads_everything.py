"""Run by an older DuckDB client: reads every table of a publication, and prints its rows by table as JSON.

`python reads_everything.py DATABASE`: everything is read to the last value, nothing is only counted.
"""

import json
import sys

import duckdb

LISTED = "select schema_name, table_name from duckdb_tables() where schema_name in ('marts', 'audit')"


def main(database: str) -> None:
    """Read them all."""
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute(LISTED).fetchall()
        rows = {
            f"{schema}.{name}": len(connection.execute(f'select * from "{schema}"."{name}"').fetchall())
            for schema, name in tables
        }
    print(json.dumps({"version": duckdb.__version__, "rows": rows}))  # noqa: T201 -- what the test reads


if __name__ == "__main__":
    main(sys.argv[1])
