"""The tables of `audit` are the same on a server: their shape, what is said of them, and what is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from project import Project
from tests.engines.server import Server
from warehouse import Connection, open_warehouse
from warehouse.audit import audit_table, audit_tables

NAMES = [table.name for table in audit_tables()]
SHAPE = """
    select a.attname, not a.attnotnull, col_description(a.attrelid, a.attnum)
    from pg_attribute as a
    where a.attrelid = cast(? as regclass) and a.attnum > 0 and not a.attisdropped
    order by a.attnum
"""
LINE: tuple[Any, ...] = ("1", "deals", 3, 3, 0, 0, "passed", None, None, None)


@pytest.fixture
def session(server: Server, tmp_path: Path) -> Iterator[Connection]:
    server.write_profiles(tmp_path, "audit_tables")
    with open_warehouse(Project(tmp_path, "postgres")).connect() as connection:
        connection.execute("drop schema if exists audit cascade")
        yield connection


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_made_as_declared_and_made_once(session: Connection, name: str) -> None:
    table = audit_table(name)
    for _ in range(2):
        table.create(session)
    found = session.execute(SHAPE, [table.label]).fetchall()
    assert found == [(column.name, not column.required, column.description) for column in table.columns]
    said = session.execute(f"select obj_description('{table.label}'::regclass, 'pg_class')").fetchone()
    assert said == (table.description,)


def test_another_shape_and_another_grain_are_refused(session: Connection) -> None:
    proof = audit_table("sync_proof")
    proof.put(session, "1", [LINE])
    with pytest.raises(RuntimeError, match="two rows of run_id 1, object deals"):
        proof.put(session, "1", [LINE, LINE])
    assert session.execute("select count(*) from audit.sync_proof").fetchall() == [(1,)]
    session.execute("alter table audit.sync_proof add column colour varchar")
    with pytest.raises(RuntimeError, match="it has a column colour that nobody knows"):
        proof.put(session, "1", [LINE])


def test_a_ledger_made_from_itself_takes_its_own_place(session: Connection) -> None:
    proof = audit_table("sync_proof")
    proof.put(session, "1", [LINE])
    proof.replace(
        session,
        "select * from audit.sync_proof union all select '2', 'deals', 3, 2, 1, 0, 'failed', '7', null, null",
    )
    assert session.execute("select run_id, missing_ids from audit.sync_proof order by 1").fetchall() == [
        ("1", None),
        ("2", "7"),
    ]
