"""What dbt compiled for the cluster, as the job's own DuckDB understands it."""


def in_duckdb(query: str, prefix: str) -> str:
    """The same question of the same tables, whose schemas have a prefix in the cluster alone."""
    import sqlglot
    from sqlglot import expressions as exp

    tree = sqlglot.parse_one(query, read="spark")
    for table in tree.find_all(exp.Table):
        if table.db.startswith(prefix):
            table.set("db", exp.to_identifier(table.db.removeprefix(prefix)))
    return tree.sql(dialect="duckdb")
