"""A BI client in a process of its own: opens what is published over and over, never two nights at once.

`python -m tests.publish.reader ROOT`: reads until the file `ROOT/stop` appears, then prints how often it read
and how many nights it saw. Every row of a night says which it is of; a mix, or any error, ends it at once.
"""

import sys
from pathlib import Path

import duckdb

QUERY = """
    select min(night), max(night), count(*) from (
        select night from marts.odd
        union all select night from marts.even
        union all select night from audit.both
    )
"""


def main(root: Path) -> None:
    """Read until told to stop."""
    reads, nights = 0, set()
    while not (root / "stop").exists():
        file = str(root / "published" / "warehouse.duckdb")
        with duckdb.connect(file, read_only=True, config={"threads": "1"}) as connection:
            first, last, rows = connection.execute(QUERY).fetchall()[0]
            again = connection.execute(QUERY).fetchall()[0]
        if first != last or rows != 601 or again != (first, last, rows):
            sys.exit(f"mixed: nights {first} to {last}, {rows} rows, then {again}")
        reads += 1
        nights.add(first)
    print(reads, len(nights))  # noqa: T201 -- what the test reads


if __name__ == "__main__":
    main(Path(sys.argv[1]))
