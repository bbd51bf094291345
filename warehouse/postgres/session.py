"""One connection to a database of the server, that rooms use as they use DuckDB's."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from errors import UsageProblem
from warehouse.postgres.address import Address
from warehouse.postgres.translation import in_postgres

if TYPE_CHECKING:
    from psycopg2.extensions import connection as RawConnection  # noqa: N812 -- a class, whatever its name

BATCH = 500


class Session:
    """Runs the rooms' statements. Each is its own transaction unless `begin` says otherwise."""

    def __init__(self, raw: "RawConnection") -> None:
        self.raw = raw

    def execute(self, query: str, parameters: Any = None) -> Any:
        """Run one statement; the cursor has its rows."""
        cursor = self.raw.cursor()
        given = list(parameters) if parameters else None
        cursor.execute(in_postgres(query, has_parameters=given is not None), given)
        return cursor

    def executemany(self, query: str, rows: Iterable[Any]) -> None:
        """Run one statement for each of `rows`, many of them in one go."""
        from psycopg2.extras import execute_batch

        with self.raw.cursor() as cursor:
            execute_batch(cursor, in_postgres(query, has_parameters=True), list(rows), page_size=BATCH)


@contextmanager
def connected(address: Address, database: str, *, search_path: str = "public") -> Iterator[Session]:
    """A session in UTC that commits each statement; closed at the end of the block.

    Raises:
        UsageProblem: the server does not let us in, or does not answer.
    """
    raw = open_raw(address, database, search_path=search_path)
    raw.autocommit = True
    try:
        yield Session(raw)
    finally:
        raw.close()


def open_raw(address: Address, database: str, *, search_path: str = "public") -> "RawConnection":
    """The driver's own connection.

    Raises:
        UsageProblem: the driver is missing, the server does not let us in, or does not answer.
    """
    try:
        import psycopg2
    except ImportError:
        raise UsageProblem("A PostgreSQL target needs `pip install smarketing[postgres]`.") from None
    try:
        opened: RawConnection = psycopg2.connect(**address.to(database, search_path))
    except psycopg2.OperationalError as error:
        said = str(error).strip().split("\n")[0]
        raise UsageProblem(f"The PostgreSQL server at {address.place} cannot be used: {said}") from None
    return opened
