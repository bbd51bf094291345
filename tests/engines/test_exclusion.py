"""Two machines with folders of their own share one server: one run at a time, and the other is told whose."""

import os
from pathlib import Path

import pytest

from errors import Locked
from nightly.lock import our_name
from project import Project
from tests.engines.server import Server
from warehouse import Warehouse, open_warehouse


def machine(folder: Path, server: Server, database: str) -> Warehouse:
    folder.mkdir()
    server.write_profiles(folder, database)
    return open_warehouse(Project(folder, "postgres"))


def test_the_second_machine_is_told_who_is_at_work(server: Server, tmp_path: Path) -> None:
    one, other = (machine(tmp_path / name, server, "shared") for name in ("one", "other"))
    elsewhere = machine(tmp_path / "elsewhere", server, "another")
    with one.alone(our_name()):
        with pytest.raises(Locked, match=f"process {os.getpid()} on .*, since 20") as told, other.alone("x"):
            pytest.fail("Two runs were at work at once.")
        assert told.value.exit_code == 75
        with elsewhere.alone("another database"):
            pass
    with other.alone("now it is free"), pytest.raises(Locked, match="now it is free"), one.alone("x"):
        pytest.fail("Two runs were at work at once.")


def test_a_machine_that_is_gone_holds_nothing(server: Server, tmp_path: Path) -> None:
    one, other = (machine(tmp_path / name, server, "left") for name in ("one", "other"))
    with pytest.raises(ConnectionError), one.alone("soon gone"):
        with server.connect("left_working") as connection, connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'soon gone'"
            )
        with other.alone("free again"):
            raise ConnectionError("the connection was closed under us")
