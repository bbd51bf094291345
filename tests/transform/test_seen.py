"""What earlier runs saw and the CRM forgot: stages without history, teams as they were (ruling 15)."""

from datetime import datetime
from pathlib import Path

import pytest

import agreement
import transform
from progress import Silent
from project import Project, Run
from tests.transform.crm import Crm
from tests.transform.raw import at, write_raw
from tests.transform.test_repeatable import contents
from warehouse import Warehouse, open_warehouse

FIRST, SECOND = at("2026-10-07 20:00"), at("2026-10-09 20:00")
MQL, CUSTOMER = "marketing_qualified_lead", "customer"


class Nights:
    """A folder in which one night follows another."""

    def __init__(self, folder: Path) -> None:
        text = (Path(__file__).parent / "agreement.yml").read_text(encoding="utf-8")
        (folder / "agreement.yml").write_text(text, encoding="utf-8")
        self.project = Project(folder)
        self.warehouse: Warehouse = open_warehouse(self.project)

    def night(self, crm: Crm, as_of: datetime, *, full_refresh: bool = False) -> None:
        write_raw(self.warehouse, crm.tables)
        signed = agreement.load(self.project.agreement_file)
        run = Run("night", as_of)
        transform.build(self.project, signed, self.warehouse, run, Silent(), full_refresh=full_refresh)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with self.warehouse.connect() as connection:
            return connection.execute(sql).fetchall()


def first_night() -> Crm:
    crm = Crm()
    crm.staff()
    for lead in ("silent", "steady", "gone"):
        crm.lead(lead, lifecyclestage="marketingqualifiedlead")
    crm.lead("handed", [("2026-10-06 00:00", "mql")], owners=[("2026-10-05 00:00", "o1")])
    return crm


def second_night() -> Crm:
    """`silent` has become a customer, `gone` is deleted for privacy, Ana went to New Zealand."""
    crm = Crm()
    crm.staff()
    changed = at("2026-10-09 01:00")
    crm.lead("silent", lifecyclestage="customer", lastmodifieddate=changed)
    crm.lead("steady", lifecyclestage="marketingqualifiedlead", lastmodifieddate=changed)
    crm.lead("handed", [("2026-10-06 00:00", "mql")], owners=[("2026-10-05 00:00", "o1")])
    crm.lead("late", [("2026-10-09 21:00", "mql")], owners=[("2026-10-05 00:00", "o1")])
    for row in crm.tables["owner_teams"]:
        row["team_id"] = row["team_name"] = "NZ Sales"
    return crm


STAYS = (
    "select stage, entered_at, evidence from marts.lifecycle_stages where lead_id = ? order by stay_number"
)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    nights = Nights(tmp_path_factory.mktemp("seen"))
    nights.night(first_night(), FIRST)
    nights.night(second_night(), SECOND)
    return nights


def test_a_value_that_only_an_earlier_run_saw_is_a_stay(nights: Nights) -> None:
    assert nights.ask(STAYS.replace("?", "'silent'")) == [
        (MQL, at("2026-10-01"), "snapshot"),
        (CUSTOMER, at("2026-10-09 01:00"), "current_value"),
    ]
    assert nights.ask(STAYS.replace("?", "'steady'")) == [(MQL, at("2026-10-01"), "create_date")]


def test_whom_the_crm_does_not_know_any_more_is_forgotten(nights: Nights) -> None:
    assert nights.ask("select distinct contact_id from intermediate.int_seen_values order by 1") == [
        ("silent",),
        ("steady",),
    ]


def test_the_same_night_again_and_a_full_refresh_change_nothing(nights: Nights) -> None:
    before = contents(nights.warehouse)
    for full_refresh in (False, True):
        nights.night(second_night(), SECOND, full_refresh=full_refresh)
        assert contents(nights.warehouse) == before


def test_an_earlier_instant_does_not_know_what_was_seen_later(nights: Nights) -> None:
    nights.night(first_night(), FIRST)
    assert nights.ask(STAYS.replace("?", "'silent'")) == [(MQL, at("2026-10-01"), "create_date")]
    nights.night(second_night(), SECOND)


def test_teams_are_as_they_were(nights: Nights) -> None:
    later = at("2026-10-14 20:00")
    nights.night(second_night(), later)
    teams = "select lead_id, accountable_owner_id, accountable_team from marts.lead_handoffs order by lead_id"
    found = [row for row in nights.ask(teams) if row[1] == "o1"]
    assert found == [("handed", "o1", "AU Sales"), ("late", "o1", "NZ Sales")]
    assert nights.ask("select owner_team from marts.leads where lead_id = 'handed'") == [("NZ Sales",)]
