"""What is said about a lead now: rulings 21, 23, 15's nobodies, and what the agreement adds."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at
from warehouse import Warehouse

Rows = Callable[..., list[dict[str, Any]]]


def records(crm: Crm) -> None:
    crm.lead(
        "described",
        [("2026-10-02", "lead"), ("2026-10-04", "sql"), ("2026-10-09", "lead")],
        owners=[("2026-10-02", "o2")],
        statuses=[("2026-10-02", "NEW")],
        hubspotscore=Decimal("12.5"),
        recent_conversion_event_name="Demo request",
        hs_analytics_source="PAID_SEARCH",
        email="jo@there.example",
        phone="",
        country="New Zealand",
        referred_by="plain",
    )
    crm.company("c1", ["described"], name="There", numberofemployees=Decimal(250))
    crm.add("associations", from_type="contacts", from_id="described", to_type="companies", to_id="c0")
    crm.lead("queued", owners=[("2026-10-02", "o1"), ("2026-10-03", "q1")], hs_analytics_source="REFERRALS")
    crm.lead("left_behind", owners=[("2026-10-02", "gone")])
    crm.lead("ours", email="dana@us.example", archived=True)
    crm.lead("merged_company")
    crm.company("c3", ["merged_company"])
    crm.company("c4", name="Winner", numberofemployees=Decimal(20))
    crm.merge("c3", "c4", "companies")


def only(rows: Rows, lead: str) -> dict[str, Any]:
    (found,) = rows("leads", lead_id=lead)
    return found


def test_a_lead_carries_what_the_agreement_names(rows: Rows) -> None:
    lead = only(rows, "described")
    assert lead["stage"] == "lead"
    assert lead["stage_since"] == at("2026-10-09")
    assert lead["became_lead_at"] == at("2026-10-02")
    assert (
        lead["became_marketing_qualified_lead_at"]
        == lead["became_sales_qualified_lead_at"]
        == at("2026-10-04")
    )
    assert lead["became_customer_at"] is None
    assert (lead["employees"], lead["lead_score"], lead["intent"]) == (250, Decimal("12.5"), "Demo request")
    assert (lead["segment"], lead["lead_type"], lead["source"]) == ("enterprise", "demo", "paid")
    assert (lead["company_id"], lead["company_name"]) == ("c1", "There")
    assert (lead["owner_id"], lead["owner_name"], lead["owner_team"]) == ("o2", "Kiri", "NZ Sales")
    assert lead["lead_status"] == "NEW"


def test_an_empty_string_is_null(rows: Rows) -> None:
    assert only(rows, "described")["phone"] is None


def test_a_source_without_a_name_of_its_own_is_lower_case(rows: Rows) -> None:
    assert only(rows, "queued")["source"] == "referrals"


def test_queues_and_leavers_are_nobody(rows: Rows) -> None:
    assert only(rows, "queued")["owner_id"] is None
    assert only(rows, "left_behind")["owner_id"] is None


def test_the_excluded_are_kept_with_the_reason(rows: Rows) -> None:
    assert only(rows, "ours")["excluded_because"] == "internal"
    assert only(rows, "ours")["is_archived"]
    assert only(rows, "described")["excluded_because"] is None


def test_a_merged_company_is_the_one_it_went_into(rows: Rows) -> None:
    lead = only(rows, "merged_company")
    assert (lead["company_id"], lead["company_name"], lead["segment"]) == ("c4", "Winner", "small_business")


def test_every_data_test_of_the_models_passes(warehouse: Warehouse) -> None:
    with warehouse.connect() as connection:
        found = connection.sql(
            "select test_name, verdict, detail from intermediate.data_test_results"
        ).fetchall()
    assert len(found) > 30
    assert [row for row in found if row[1] != "passed"] == []
