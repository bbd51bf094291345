"""The two databases and the readers' role, made where they are missing."""

from contextlib import closing
from functools import cache

from errors import UsageProblem
from warehouse.names import quoted
from warehouse.postgres import casting
from warehouse.postgres.address import Address
from warehouse.postgres.session import Session, connected, open_raw
from warehouse.postgres.translation import FUNCTIONS

CTYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8")
SETTINGS = {"timezone": "UTC", "jit": "off", "work_mem": "64MB"}
_BEGINNINGS = ("template1", "postgres")


def prepare(address: Address) -> None:
    """Make what is missing; asks the server once for each process.

    Raises:
        UsageProblem: the server does not answer, or we may not create what is missing.
    """
    _prepare((address.published, address.working, address.reader_role), tuple(sorted(address.login.items())))


@cache
def _prepare(names: tuple[str, str, str], login: tuple[tuple[str, object], ...]) -> None:
    address = Address(dict(login), *names)
    _create_databases(address)
    with connected(address, address.working) as session:
        session.raw.cursor().execute(FUNCTIONS + casting.functions())
        for name, value in SETTINGS.items():
            session.execute(f"alter database {quoted(address.working)} set {name} = '{value}'")
        session.execute(f"revoke connect, temporary on database {quoted(address.working)} from public")
    with connected(address, address.published) as session:
        _open_to_readers(session, address)


def _create_databases(address: Address) -> None:
    import psycopg2

    with closing(_first_connection(address)) as raw:
        raw.autocommit = True
        session = Session(raw)
        there = {name for (name,) in session.execute("select datname from pg_database").fetchall()}
        for name in (address.working, address.published):
            if name in there:
                continue
            try:
                _create_database(session, name)
            except psycopg2.errors.InsufficientPrivilege:
                raise UsageProblem(
                    f"There is no database '{name}' on {address.place}, and this login may not create one. "
                    f"Let an administrator create '{address.published}' and '{address.working}' for it."
                ) from None


def _first_connection(address: Address):  # type: ignore[no-untyped-def]  # the driver's own
    """To any database there is: ours need not exist yet."""
    for database in (address.working, address.published, *_BEGINNINGS):
        try:
            return open_raw(address, database)
        except UsageProblem as problem:
            last = problem
    raise last


def _create_database(session: Session, name: str) -> None:
    """Text in the order of its bytes, as DuckDB has it, and letters of all languages."""
    import psycopg2

    for ctype in CTYPES:
        try:
            session.execute(
                f"create database {quoted(name)} template template0 encoding 'UTF8'"
                f" lc_collate 'C' lc_ctype '{ctype}'"
            )
        except psycopg2.errors.WrongObjectType:
            continue
        except psycopg2.errors.DuplicateDatabase:
            return
        else:
            return
    session.execute(f"create database {quoted(name)} template template0 encoding 'UTF8' lc_collate 'C'")


def _open_to_readers(session: Session, address: Address) -> None:
    """A role that may read the schemas marts and audit, and nothing else."""
    import psycopg2

    role, database = quoted(address.reader_role), quoted(address.published)
    if not session.execute("select 1 from pg_roles where rolname = ?", [address.reader_role]).fetchall():
        try:
            session.execute(f"create role {role} nologin")
        except psycopg2.errors.InsufficientPrivilege:
            raise UsageProblem(
                f"There is no role '{address.reader_role}' on {address.place}, and this login may not create "
                f"one. Let an administrator say: create role {role} nologin;"
            ) from None
    session.execute(f"revoke connect, temporary on database {database} from public")
    session.execute(f"grant connect on database {database} to {role}")
    session.execute("revoke all on schema public from public")
    for schema in ("marts", "audit"):
        session.execute(f"create schema if not exists {schema}")
        session.execute(f"grant usage on schema {schema} to {role}")
        session.execute(f"alter default privileges in schema {schema} grant select on tables to {role}")
