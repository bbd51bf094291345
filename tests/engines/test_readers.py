"""Readers of the server in tight loops meet neither an error nor a mix while publishers publish, and die."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg2
import pytest

from project import Project
from tests.engines.server import Server
from warehouse import Warehouse, open_warehouse

ROOT = Path(__file__).parents[2]
NIGHTS, DEADLY, MODES = 100, 5, ("single", "repeatable", "single", "repeatable")
Reader = subprocess.Popen[bytes]


def publication(folder: Path, night: int) -> Path:
    """A night's tables: every row says which. Every tenth has a column more, or one less."""
    file = folder / f"{night}.duckdb"
    more = ", 'new' as more" if night // 10 % 2 else ""
    with duckdb.connect(str(file)) as made:
        made.execute("create schema marts; create schema audit")
        for table, rows in (("marts.odd", 300), ("marts.even", 300), ("audit.both", 1)):
            made.execute(
                f"create table {table} as select range::bigint as lead_id, {night} as night,"
                f" md5(range::varchar) as filling{more} from range({rows})"
            )
    return file


def shown(server: Server, database: str) -> int:
    """Which night readers see."""
    with server.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("select night from audit.both")
        return int(cursor.fetchone()[0])


@pytest.fixture
def folder(server: Server, tmp_path: Path) -> Path:
    server.write_profiles(tmp_path, "readers")
    return tmp_path


@pytest.fixture
def warehouse(folder: Path, server: Server) -> Warehouse:
    """The first night is shown, and somebody may read."""
    opened = open_warehouse(Project(folder, "postgres"))
    opened.show("0", publication(folder, 0))
    with server.connect("readers") as connection, connection.cursor() as cursor:
        cursor.execute("drop role if exists reader; create role reader login in role readers_reader")
    return opened


@contextmanager
def reading(server: Server, stop: Path) -> Iterator[list[Reader]]:
    """Four readers that are told to stop at the end of the block, whatever happened in it."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.engines.reader", str(server.port), "readers"]
    readers = [
        subprocess.Popen([*command, mode, str(stop)], cwd=ROOT, stdout=pipe, stderr=pipe) for mode in MODES
    ]
    try:
        yield readers
    finally:
        stop.touch()


def show_or_die(folder: Path, night: int, file: Path, moment: float) -> bool:
    """Show in another process that is killed after `moment` seconds; whether it was."""
    command = [sys.executable, "-m", "tests.engines.shower", str(folder), str(night), str(file)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"begins\n"
    time.sleep(moment)
    process.kill()
    return process.wait() != 0


@pytest.mark.slow
def test_a_hundred_publications_under_readers_and_kills(
    server: Server, folder: Path, warehouse: Warehouse
) -> None:
    chance, killed, usual = random.Random(5), 0, 0.2
    with reading(server, folder / "stop") as readers:
        for night in range(1, NIGHTS + 1):
            file = publication(folder, night)
            if night % (NIGHTS // DEADLY) == 0:
                before = shown(server, "readers")
                killed += show_or_die(folder, night, file, chance.uniform(0, 1.2) * usual)
                assert shown(server, "readers") in (before, night)
            started = time.monotonic()
            warehouse.show(str(night), file)
            usual = time.monotonic() - started
            assert shown(server, "readers") == night
            warehouse.keep_only({str(night), str(night - 1)})
    for reader in readers:
        out, said = reader.communicate(timeout=60)
        assert reader.returncode == 0, said.decode()
        reads, seen = map(int, out.split())
        assert reads > NIGHTS
        assert seen > NIGHTS / 3
    assert killed


def test_a_reader_sees_what_is_published_and_nothing_else(
    server: Server, folder: Path, warehouse: Warehouse
) -> None:
    with warehouse.connect() as working:
        working.execute("create schema raw_hubspot")
    with server.connect("readers", user="reader") as connection, connection.cursor() as cursor:
        cursor.execute("select count(*) from marts.odd")
        assert cursor.fetchone() == (300,)
        cursor.execute(
            "select distinct n.nspname from pg_class as c"
            " inner join pg_namespace as n on n.oid = c.relnamespace"
            " where n.nspname not like 'pg_%' and n.nspname <> 'information_schema' and c.relkind = 'r'"
            " and has_schema_privilege(n.oid, 'usage') order by 1"
        )
        assert cursor.fetchall() == [("audit",), ("marts",)]
        for refused in (
            "delete from marts.odd",
            "create table marts.mine (x int)",
            "create table mine (x int)",
        ):
            with pytest.raises(Exception, match=r"permission denied|no schema has been selected"):
                cursor.execute(refused)
            connection.rollback()
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        server.connect("readers_working", user="reader")
