"""A build of what changed leaves the same tables as one of everything: whatever happens, for many nights."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import agreement
import transform
from agreement import Agreement
from progress import Silent
from project import Project, Run
from tests.transform.conftest import AS_OF, collected
from tests.transform.edits import Edits
from tests.transform.raw import write_raw
from transform.built import may_build_on
from warehouse import Warehouse, open_warehouse

pytestmark = pytest.mark.slow
KEPT = ("int_seen_values", "int_seen_teams")
DAY = timedelta(days=1)
COUNTED = """      marketing:
        - {commitment: people, deliver: marketing_qualified_lead, target: 9, per: month}
        - {commitment: logos, deliver: marketing_qualified_lead, count: companies, target: 9, per: month}
        - {commitment: pipeline, deliver_value: opportunity, target: 900, per: quarter}
      operations:
"""
"""Promises about counts and amounts, which the rulings' own agreement has none of."""
LOGOS = """
    select lead_id from intermediate.int_sla_promised
    where commitment = 'logos' and lead_id in (select lead_id from marts.sla_parts where commitment = 'logos')
        and lead_id not in (select lead_id from built.leads where is_waiting)
    order by happened_at, lead_id limit 2
"""
COUNT = "select part from marts.sla_parts where commitment = 'logos' and lead_id = ?"
QUIET = """
    select leads.lead_id from marts.leads
    inner join raw_hubspot.property_history as history on history.object_id = leads.lead_id
    inner join raw_hubspot.associations as companies
        on companies.from_id = leads.lead_id and companies.to_type = 'companies' and companies.is_primary
    where leads.lead_id not in (select lead_id from built.leads where is_waiting)
    order by 1 limit 1
"""
"""Somebody of whom nothing is new tonight, with a history and a company."""
DOUBLED = (("contacts", "id"), ("property_history", "object_id"), ("associations", "from_id"))
Happens = Callable[[Edits], None]


def everything_else(edits: Edits) -> None:
    edits.do("revise", "overwrite", "arrive", "call", "link", "unlink", "win", "rename")


def people_go(edits: Edits) -> None:
    edits.do("merge", "archive", "purge", "drop_call", times=2)
    edits.do("revise", times=1)


def nothing(edits: Edits) -> None:
    """Time alone goes by."""


def all_sorts(edits: Edits) -> None:
    edits.do("merge", "link", "revise", "win", "call", times=3)


NIGHTS = [
    (timedelta(hours=3), nothing, False),
    (timedelta(hours=1), everything_else, False),
    (timedelta(minutes=15), people_go, False),
    (DAY, nothing, True),  # a waiver of a rule comes to its end
    (40 * DAY, all_sorts, False),
]
"""How much later the next night is, what happened by then, and whether it makes all leads look different."""


@dataclass
class Portal:
    """A project whose nights build on each other."""

    project: Project
    warehouse: Warehouse
    now: datetime
    nights: int = 0

    def night(self, later: timedelta, happens: Happens) -> None:
        """Let something happen, and build what it changed."""
        self.now += later
        self.nights += 1
        with self.warehouse.connect() as connection:
            happens(Edits(connection, self.nights, self.now))

    def build(self, warehouse: Warehouse | None = None, *, full_refresh: bool = False) -> None:
        """Build in the portal's own warehouse or in another."""
        signed = agreement.load(self.project.agreement_file)
        run = Run(f"night-{self.nights}", self.now)
        house = warehouse or self.warehouse
        transform.build(self.project, signed, house, run, Silent(), full_refresh=full_refresh)

    def assert_same_as_everything(self, before: Path) -> None:
        """Whatever is published, or kept for ever, is what a full build from the same state gives."""
        other = replace(self.warehouse, path=before)
        self.build(other, full_refresh=True)
        ours, theirs = contents(self.warehouse), contents(other)
        assert ours.keys() == theirs.keys()
        assert {
            name: differing(ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]
        } == {}

    def copied(self, folder: Path) -> Path:
        """The working file as it is now."""
        return Path(shutil.copy(self.warehouse.path, folder / f"before-{self.nights}.duckdb"))

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query of the portal's own warehouse finds."""
        with self.warehouse.connect() as connection:
            return connection.execute(sql, list(values)).fetchall()

    def share(self) -> float:
        """How many of the leads were worked out in the last build."""
        with self.warehouse.connect() as connection:
            changed, leads = connection.execute(
                "select (select count(*) from intermediate.int_changed_leads),"
                " (select count(*) from intermediate.int_lead_prints)"
            ).fetchall()[0]
        return float(changed / leads)


def contents(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    with warehouse.connect() as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
        names += [(f"intermediate.{name}",) for name in KEPT]
        return {name: connection.execute(f"from {name} order by all").fetchall() for (name,) in names}


def differing(ours: list[tuple[object, ...]], theirs: list[tuple[object, ...]]) -> list[object]:
    return [sorted(set(ours) - set(theirs), key=repr)[:3], sorted(set(theirs) - set(ours), key=repr)[:3]]


@pytest.fixture(scope="module")
def portal(folder: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    root = tmp_path_factory.mktemp("nights")
    signed = folder.agreement_file.read_text(encoding="utf-8")
    (root / "agreement.yml").write_text(signed.replace("      operations:\n", COUNTED), encoding="utf-8")
    project = Project(root)
    house = open_warehouse(project)
    write_raw(house, collected().tables)
    made = Portal(project, house, AS_OF)
    made.build()
    yield made


def test_nights_of_changes_leave_what_a_full_build_would(portal: Portal, tmp_path: Path) -> None:
    assert portal.share() == 1
    for later, happens, is_everything in NIGHTS:
        portal.night(later, happens)
        before = portal.copied(tmp_path)
        portal.build()
        assert (portal.share() == 1) == is_everything
        portal.assert_same_as_everything(before)


def test_a_lead_counts_when_the_first_of_its_company_is_gone(portal: Portal, tmp_path: Path) -> None:
    first, second = (lead for (lead,) in portal.rows(LOGOS))
    portal.night(timedelta(minutes=5), lambda edits: edits.colleagues(first, second))
    portal.build()
    assert portal.rows(COUNT, first) and not portal.rows(COUNT, second)
    portal.night(timedelta(minutes=5), lambda edits: edits.purge(first))
    before = portal.copied(tmp_path)
    portal.build()
    assert portal.share() < 1
    assert portal.rows(COUNT, second) and not portal.rows(COUNT, first)
    portal.assert_same_as_everything(before)


def test_a_build_that_broke_off_is_made_up_for(portal: Portal, tmp_path: Path) -> None:
    portal.night(timedelta(hours=2), everything_else)
    before = portal.copied(tmp_path)
    rename(portal.warehouse, "meetings", "mislaid")
    with pytest.raises(RuntimeError, match="meetings"):
        portal.build()
    rename(portal.warehouse, "mislaid", "meetings")
    portal.build()
    assert portal.share() == 1
    portal.assert_same_as_everything(before)


def test_what_is_not_of_a_single_lead_makes_all_look_different(portal: Portal, tmp_path: Path) -> None:
    portal.build(full_refresh=True)
    signed = agreement.load(portal.project.agreement_file)
    text = portal.project.agreement_file.read_text(encoding="utf-8")
    (tmp_path / "agreement.yml").write_text(text.replace("share: 95%", "share: 94%", 1), encoding="utf-8")
    stricter = agreement.load(tmp_path / "agreement.yml")
    later, earlier = Run("later", portal.now + timedelta(minutes=1)), Run("earlier", portal.now - DAY)

    def holds(signed: Agreement, run: Run, sql: str = "select 1") -> bool:
        house = replace(portal.warehouse, path=portal.copied(tmp_path))
        with house.connect() as connection:
            connection.execute(sql)
        return may_build_on(house, signed, run) and not may_build_on(house, signed, run)

    assert holds(signed, later)
    assert not holds(stricter, later)
    assert not holds(signed, earlier)
    for table in ("engagement_media", "owners", "owner_teams", "pipeline_stages"):
        assert not holds(signed, later, f"delete from raw_hubspot.{table} where rowid = 0")
    assert holds(signed, later, "delete from raw_hubspot.contacts where rowid = 0")


def test_a_doubled_record_is_found_on_a_night_that_looks_at_few_leads(portal: Portal, tmp_path: Path) -> None:
    portal.build(full_refresh=True)
    portal.night(timedelta(minutes=1), nothing)
    house = replace(portal.warehouse, path=portal.copied(tmp_path))
    with house.connect() as connection:
        (quiet,) = connection.execute(QUIET).fetchall()[0]
        for table, column in DOUBLED:
            raw = f"raw_hubspot.{table}"
            connection.execute(f"insert into {raw} select * from {raw} where {column} = ? limit 1", [quiet])
    portal.build(house)
    with house.connect() as connection:
        changed = connection.execute("select count(*) from intermediate.int_changed_leads").fetchall()[0][0]
        found = connection.execute(
            "select table_name from intermediate.data_test_results"
            " where verdict = 'failed' and detail like '%occurs more than once%'"
        ).fetchall()
    assert changed < len(portal.rows("select lead_id from marts.leads"))
    assert {name for (name,) in found} >= {f"stg_hubspot__{table}" for table, _ in DOUBLED}


def rename(warehouse: Warehouse, table: str, name: str) -> None:
    with warehouse.connect() as connection:
        connection.execute(f"alter table raw_hubspot.{table} rename to {name}")
