"""Deals: whose they are, what they are worth, and when they were closed (ruling 32)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.transform.crm import Crm
from tests.transform.raw import at

Rows = Callable[..., list[dict[str, Any]]]


def records(crm: Crm) -> None:
    crm.lead("d_young", created="2026-10-03 00:00")
    crm.lead("d_old", created="2026-10-01 00:00")
    crm.lead("d_twin", created="2026-10-01 00:00")
    crm.company("dc", ["d_old", "d_young"])
    crm.deal("first", ["d_young", "d_twin", "d_old"], "2026-10-05", won="2026-10-09", amount=Decimal(100))
    crm.deal("again", ["d_young"], "2026-10-09", amount=Decimal(50))
    crm.deal("before", ["d_young"], "2026-10-08", lost="2026-10-20")
    crm.associate("deals", "first", "companies", "dc", is_primary=True)
    crm.deal("named", ["d_old"], "2026-10-05")
    crm.associate("deals", "named", "contacts", "d_young", is_primary=True)
    foreign: dict[str, Any] = {"deal_currency_code": "NZD", "amount": Decimal(10)}
    crm.deal("foreign", [], "2026-10-05", amount_in_home_currency=Decimal(9), **foreign)
    crm.deal("unconverted", [], "2026-10-05", **foreign)
    crm.deal("later", [], "2026-10-05", won="2026-11-25")
    crm.deal("promised", [], "2026-10-05", won="2026-10-07", closedate=at("2026-12-24"))


def only(rows: Rows, deal: str) -> dict[str, Any]:
    (found,) = rows("deals", deal_id=deal)
    return found


def test_a_deal_is_its_primary_contacts_else_the_earliest_created_ones(rows: Rows) -> None:
    assert only(rows, "named")["lead_id"] == "d_young"
    assert only(rows, "first")["lead_id"] == "d_old"


def test_everybody_on_a_deal_is_in_deal_leads_once(rows: Rows) -> None:
    found = {row["lead_id"]: row["is_primary"] for row in rows("deal_leads", deal_id="first")}
    assert found == {"d_young": False, "d_twin": False, "d_old": True}


def test_amounts_are_in_the_companys_currency(rows: Rows) -> None:
    deal = only(rows, "foreign")
    assert (deal["amount"], deal["currency"], deal["original_amount"]) == (9, "NZD", 10)
    assert only(rows, "unconverted")["amount"] is None
    assert only(rows, "first")["amount"] == 100


def test_a_repeat_follows_a_deal_won_by_its_lead_or_company(rows: Rows) -> None:
    assert only(rows, "again")["is_repeat"]
    assert not only(rows, "first")["is_repeat"]
    assert not only(rows, "before")["is_repeat"]


def test_a_deal_is_open_until_it_is_closed(rows: Rows) -> None:
    assert (only(rows, "again")["closed_at"], only(rows, "again")["is_closed"]) == (None, False)
    won = only(rows, "first")
    assert (won["closed_at"], won["is_closed"], won["is_won"], won["deal_stage"]) == (
        at("2026-10-09"),
        True,
        True,
        "Won",
    )
    assert not only(rows, "before")["is_won"]


def test_what_happens_after_now_has_not_happened(rows: Rows) -> None:
    deal = only(rows, "later")
    assert (deal["deal_stage"], deal["is_won"], deal["closed_at"]) == ("Offer", False, None)


def test_a_close_date_ahead_of_now_gives_way_to_the_history(rows: Rows) -> None:
    assert only(rows, "promised")["closed_at"] == at("2026-10-07")
