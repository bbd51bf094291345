"""One lead's story, from a publication whose every row is known here."""

import json
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pytest

import settings
from commands.explained import print_story
from errors import UsageProblem
from privacy import pseudonym, treatment_key
from publish.explain import Story, explain
from publish.report.formats import instant
from tests.publish.company import AS_OF, HOSTILE
from tests.publish.conftest import Office

ENTERED = datetime(2026, 11, 2, 1)
CLOCKS = (
    "clock_id varchar, handoff_id varchar, lead_id varchar, measure varchar, commitment varchar,"
    " agreement_version varchar, calendar varchar, is_business boolean, starts_at timestamp,"
    " due_at timestamp, promised_minutes double, done_at timestamp, counted_to timestamp,"
    " counted_minutes double, status varchar, booked_at timestamp"
)
OWNERS = (
    "lead_id varchar, owned_from timestamp, owned_until timestamp, owner_id varchar, owner_name varchar,"
    " owner_team varchar"
)
LEAD = {
    "lead_id": "1",
    "crm": "hubspot",
    "stage": "marketing_qualified_lead",
    "stage_since": ENTERED,
    "became_contact_at": ENTERED - timedelta(days=9),
    "became_marketing_qualified_lead_at": ENTERED,
    "owner_id": "101",
    "owner_name": "Kiri Walker",
    "email": " Ana@Example.org",
    "phone": "+61 7 1",
    "created_at": ENTERED - timedelta(days=9),
    "is_archived": False,
    "merged_ids": "11;12",
    "history_known_since": ENTERED - timedelta(days=2),
    "employees": 300,
    "lead_score": 31,
    "company_name": HOSTILE,
}


def put(office: Office, table: str, **row: Any) -> None:
    """One row more in the working file."""
    with office.warehouse.connect() as connection:
        names, places = ", ".join(row), ", ".join("?" for _ in row)
        connection.execute(f"insert into {table} ({names}) values ({places})", list(row.values()))


@pytest.fixture
def told(office: Office) -> Office:
    """A working file that also knows lead 1: a breached response, a broken rule, two owners."""
    with office.warehouse.connect() as connection:
        connection.execute(f"create table marts.lead_clocks ({CLOCKS})")
        connection.execute(f"create table marts.lead_owners ({OWNERS})")
        connection.execute("alter table marts.leads add column if not exists is_archived boolean")
        connection.execute("update marts.leads set is_archived = false")
        connection.execute("alter table marts.leads add column history_known_since timestamp")
        connection.execute("delete from audit.rule_results")
        columns = {name for (name,) in connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'marts' and table_name = 'leads'"
        ).fetchall()}  # fmt: skip
    put(office, "marts.leads", **{name: value for name, value in LEAD.items() if name in columns})
    for rule in ("mql_reachable", "mql_score", "mql_country"):
        put(office, "audit.rule_results", run_id="r", rule=rule, stage="marketing_qualified_lead",
            agreement_version="2026-Q3", verdict="error" if rule == "mql_country" else "passed")  # fmt: skip
    put(office, "audit.lead_quality_violations", violation_id="v", lead_id="1", rule="mql_score",
        stage="marketing_qualified_lead", agreement_version="2026-Q3", observed='{"lead_score": 31}',
        department="marketing", severity="warning", first_seen_at=ENTERED, last_seen_at=AS_OF,
        changed_by="INTEGRATION")  # fmt: skip
    put(office, "marts.lead_handoffs", handoff_id="h", lead_id="1", handed_off_at=ENTERED, attempts=0,
        verdict="pending", agreement_version="2026-Q3")  # fmt: skip
    put(office, "marts.lead_clocks", clock_id="h respond", handoff_id="h", lead_id="1", measure="respond",
        commitment="first_response", agreement_version="2026-Q3", calendar="auckland", is_business=True,
        starts_at=ENTERED, due_at=ENTERED + timedelta(hours=4), promised_minutes=240, counted_to=AS_OF,
        counted_minutes=8_010, status="breached")  # fmt: skip
    left = ENTERED + timedelta(days=1)
    put(office, "marts.lead_owners", lead_id="1", owned_from=ENTERED, owned_until=left, owner_id="102",
        owner_name="Tom O'Brien")  # fmt: skip
    put(office, "marts.lead_owners", lead_id="1", owned_from=left + timedelta(hours=1), owner_id="101",
        owner_name="Kiri Walker", owner_team="NZ Sales")  # fmt: skip
    return office


def story(office: Office, asked: str = "1") -> Story:
    return explain(office.project, office.agreement, asked)


def test_every_rule_has_its_verdict_and_what_it_saw(told: Office) -> None:
    told.publish()
    found = {one.rule: one for one in story(told).rules}
    assert {name: one.verdict for name, one in found.items()} == {
        "mql_score": "broken",
        "mql_country": "error",
        "mql_reachable": "passed",
    }
    assert json.loads(found["mql_score"].observed or "") == {"lead_score": 31}
    assert (found["mql_score"].since, found["mql_score"].changed_by) == (ENTERED, "INTEGRATION")
    hashed = pseudonym("ana@example.org", treatment_key(told.project))
    assert json.loads(found["mql_reachable"].observed or "") == {"email": hashed, "phone": None}
    assert found["mql_reachable"].because == "Sales cannot call whom it cannot reach."


def test_a_clock_says_what_it_counted_on_which_calendar_and_why(told: Office) -> None:
    told.publish()
    (handoff,) = story(told).handoffs
    (clock,) = handoff.clocks
    assert (clock.promised, clock.calendar, clock.counted_minutes) == ("4 business hours", "auckland", 8_010)
    assert (clock.status, clock.why) == ("breached", "nobody reached out by then")


WHY = [
    ("met", {"done_at": ENTERED + timedelta(minutes=9)},
     {"first_touch_medium": "call"}, "first reached by call "),
    ("breached", {"done_at": ENTERED + timedelta(hours=5), "counted_minutes": 300.0},
     {"first_touch_medium": "email", "first_touch_at": ENTERED}, ", 1 h too late (the touch of "),
    ("open", {"counted_minutes": 100.0}, {}, "nobody has reached out yet; 2 h 20 min left"),
    ("not_required", {"booked_at": ENTERED}, {}, "the lead booked a meeting by itself "),
    ("not_required", {}, {"verdict": "rejected", "verdict_at": ENTERED}, "rejected "),
    ("unassigned", {"starts_at": None, "due_at": None}, {}, "nobody's so far: "),
]  # fmt: skip


@pytest.mark.parametrize(("status", "clock", "handoff", "why"), WHY)
def test_each_status_is_explained(
    told: Office, status: str, clock: dict[str, Any], handoff: dict[str, Any], why: str
) -> None:
    with told.warehouse.connect() as connection:
        for table, changes in (("lead_clocks", clock | {"status": status}), ("lead_handoffs", handoff)):
            for name, value in changes.items():
                connection.execute(f"update marts.{table} set {name} = ? where lead_id = '1'", [value])
    told.publish()
    assert why in story(told).handoffs[-1].clocks[0].why


def test_what_happened_is_in_order_and_says_when_it_was_nobodys(told: Office) -> None:
    told.publish()
    events = story(told).events
    assert [e.at for e in events] == sorted(e.at for e in events)
    owned = [(e.at - ENTERED, e.said) for e in events if e.what == "owner"]
    assert owned == [
        (timedelta(), "Tom O'Brien"),
        (timedelta(days=1), "nobody"),
        (timedelta(days=1, hours=1), "Kiri Walker (NZ Sales)"),
    ]


@pytest.mark.parametrize("asked", ["1", "11", "12", "ana@example.org", " ANA@Example.ORG "])
def test_a_lead_is_found_by_its_id_a_merged_one_or_its_address(told: Office, asked: str) -> None:
    told.publish()
    assert story(told, asked).lead_id == "1"


@pytest.mark.parametrize("asked", ["", "99999", "111", "+61 7 1", "nobody@example.org", "' or true --"])
def test_who_is_not_there_is_a_usage_problem_that_repeats_no_address(told: Office, asked: str) -> None:
    told.publish()
    with pytest.raises(UsageProblem, match="No phone is published") as refused:
        story(told, asked)
    assert not asked or asked not in str(refused.value.message)


def test_an_address_that_several_share_names_them(told: Office) -> None:
    put(told, "marts.leads", **(LEAD | {"lead_id": "3"}))
    told.publish()
    with pytest.raises(UsageProblem, match="2 leads have that address: 1, 3"):
        story(told, "ana@example.org")


def test_no_address_is_in_a_story(told: Office) -> None:
    told.publish()
    everything = json.dumps(story(told).as_json(), default=str).lower()
    assert "ana@example" not in everything
    assert "+61 7 1" not in everything


def test_a_refused_run_tells_its_own_ledger_and_says_so(told: Office) -> None:
    told.publish()
    with told.warehouse.connect() as connection:
        connection.execute("update audit.lead_quality_violations set observed = '{}' where lead_id = '1'")
        connection.execute("update marts.leads set stage = 'contact' where lead_id = '1'")
    told.publish("20261125T200000Z", refusals=("no",), as_of=AS_OF + timedelta(days=1))
    found = story(told)
    assert found.lead["stage"] == "marketing_qualified_lead"
    assert [one.observed for one in found.rules if one.verdict == "broken"] == ["{}"]
    assert "refused" in found.notes[0]


def test_a_lead_that_only_the_ledger_knows(told: Office) -> None:
    put(told, "audit.lead_quality_violations", violation_id="w", lead_id="99", rule="mql_score",
        stage="marketing_qualified_lead", agreement_version="2026-Q3", department="marketing",
        severity="warning", observed="{}", first_seen_at=AS_OF, last_seen_at=AS_OF)  # fmt: skip
    told.publish(refusals=("no",))
    found = story(told, "99")
    assert [one.verdict for one in found.rules] == ["broken"]
    assert any("Only the ledger" in note for note in found.notes)
    with duckdb.connect(str(found.publication.database), read_only=True) as connection:
        query = "select count(*) from information_schema.tables where table_schema = 'marts'"
        assert connection.execute(query).fetchall() == [(0,)]


def test_instants_on_the_screen_are_the_agreements(told: Office) -> None:
    told.publish()
    assert story(told).timezone == "Australia/Brisbane"
    assert instant(ENTERED, story(told).timezone) == "2 Nov 2026, 11:00"
    assert settings.load(told.project).privacy.hash_key is None


def test_a_history_that_is_not_whole_says_so_on_the_screen(
    told: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    told.publish()
    print_story(story(told))
    since = instant(ENTERED - timedelta(days=2), story(told).timezone)
    assert f"history known from {since} on" in " ".join(capsys.readouterr().out.split())
