"""Tables that not every portal has are read where they are, however models happen to follow each other."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from dbt.adapters.base.impl import BaseAdapter
from dbt.adapters.cache import RelationsCache

import agreement
from progress import Silent
from project import Project
from tests.transform.raw import OPTIONAL, at, write_raw
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import open_warehouse


def _staged(table: str) -> str:
    return f"stg_hubspot__{table}"


@pytest.fixture
def slow_to_remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make dbt take its time from one raw table that it hears of to the next, and another model ask then."""
    add: Any = RelationsCache.add
    list_relations: Any = BaseAdapter.list_relations
    nobody_asked, has_begun = threading.Lock(), threading.Event()

    def add_slowly(cache: RelationsCache, relation: Any) -> None:
        add(cache, relation)
        if relation.schema == "raw_hubspot":
            has_begun.set()
            time.sleep(0.02)

    def ask_later(adapter: BaseAdapter, database: str, schema: str) -> Any:
        if schema == "raw_hubspot" and not nobody_asked.acquire(blocking=False):
            has_begun.wait(timeout=10)
        return list_relations(adapter, database, schema)

    monkeypatch.setattr(RelationsCache, "add", add_slowly)
    monkeypatch.setattr(BaseAdapter, "list_relations", ask_later)


@pytest.mark.usefixtures("slow_to_remember")
def test_a_table_is_not_missed_while_another_model_hears_of_it(folder: Project, tmp_path: Path) -> None:
    (tmp_path / "agreement.yml").write_text(
        folder.agreement_file.read_text(encoding="utf-8"), encoding="utf-8"
    )
    project = Project(tmp_path)
    signed, house = agreement.load(project.agreement_file), open_warehouse(project)
    rows: dict[str, Any] = {
        "cut_histories": {"object_type": "contacts", "object_id": "1", "since": at("2026-10-05")},
        "visits": {"source": "ORGANIC_SEARCH", "visits": 3},
        "marketing_emails": {"id": "1", "delivered": 100},
        "content_analytics": {"content_type": "pages", "content_id": "1", "views": 7},
    }
    assert rows.keys() == OPTIONAL.keys()
    write_raw(house, {name: [row] for name, row in rows.items()})
    with Dbt(project, house, dbt_vars(signed, house.engine), Silent()) as dbt:
        dbt.run(select=tuple(_staged(name) for name in OPTIONAL))
    with house.connect() as connection:
        counted = {
            name: connection.execute(f"select count(*) from staging.{_staged(name)}").fetchall()[0][0]
            for name in OPTIONAL
        }
    assert counted == dict.fromkeys(OPTIONAL, 1)
