"""A BI client in a process of its own: asks the server over and over, and never sees two nights at once.

`python -m tests.engines.reader PORT DATABASE single|repeatable STOP`: reads until the file STOP appears, then
prints how often it read and how many nights it saw. A mix, or any error, ends it at once.
"""

import sys
from contextlib import closing
from pathlib import Path

import psycopg2

TABLES = ("marts.odd", "marts.even", "audit.both")
WHOLE = 601
QUERY = f"""
    select min(night), max(night), count(*) from (
        {" union all ".join(f"select night from {table}" for table in TABLES)}
    ) as nights
"""


def single(cursor: "psycopg2.extensions.cursor") -> tuple[int, int, int]:
    """All tables in one statement."""
    cursor.execute(QUERY)
    found: tuple[int, int, int] = cursor.fetchone()  # type: ignore[assignment]  # there always is a row
    return found


def repeatable(cursor: "psycopg2.extensions.cursor") -> tuple[int, int, int]:
    """One table after the other, in one transaction that reads repeatably."""
    cursor.execute("begin isolation level repeatable read")
    seen: list[tuple[int, int, int]] = []
    for table in TABLES:
        cursor.execute(f"select min(night), max(night), count(*) from {table}")
        seen.append(cursor.fetchone())  # type: ignore[arg-type]  # there always is a row
    cursor.execute("commit")
    return min(s[0] for s in seen), max(s[1] for s in seen), sum(s[2] for s in seen)


def main(port: str, database: str, mode: str, stop: str) -> None:
    """Read until told to stop."""
    reads, nights, read = 0, set(), {"single": single, "repeatable": repeatable}[mode]
    with closing(psycopg2.connect(host="127.0.0.1", port=port, user="reader", dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not Path(stop).exists():
                first, last, rows = read(cursor)
                if first != last or rows != WHOLE:
                    sys.exit(f"mixed: nights {first} to {last}, {rows} rows")
                reads += 1
                nights.add(first)
    print(reads, len(nights))  # noqa: T201 -- what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
