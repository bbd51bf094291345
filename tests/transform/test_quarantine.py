"""Rules that set leads apart: rulings 20, 22, 23, 30 and 36 as the marts see them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.transform.crm import Crm

Rows = Callable[..., list[dict[str, Any]]]
LATE = ("2026-08-02 00:00", "opportunity")


def records(crm: Crm) -> None:
    owned = [("2026-08-01", "o1")]
    crm.lead("q_sound", [LATE], owners=owned, country="Fiji", hubspotscore=Decimal(50))
    crm.lead("q_ownerless", [LATE], country="Fiji", hubspotscore=Decimal(50))
    crm.lead("q_both", [LATE])
    crm.lead("q_queued", [LATE], owners=[("2026-08-01", "q1")], country="Fiji")
    crm.lead("q_later", [("2026-10-20", "opportunity")])
    crm.lead("q_fell", [LATE, ("2026-08-03", "lead")])
    crm.lead("q_ours", [LATE], email="q@us.example")
    crm.lead("q_deleted", [LATE], archived=True)
    crm.lead("q_waived", [LATE], owners=owned)
    crm.lead("q_expired", [LATE], owners=owned)
    crm.lead("q_winner", [LATE], owners=owned)
    crm.lead("q_loser", [("2026-08-02 00:00", "lead")])
    crm.merge("q_loser", "q_winner")
    crm.lead("q_left_later", [LATE], owners=[("2026-08-01", "o1"), ("2026-08-04", "")], country="Fiji")


def set_apart(rows: Rows) -> dict[str, str]:
    return {
        row["lead_id"]: row["quarantined_by"]
        for row in rows("leads")
        if row["lead_id"].startswith("q_") and row["quarantined_by"]
    }


def test_the_first_rule_broken_of_the_version_that_judges_sets_a_lead_apart(rows: Rows) -> None:
    assert set_apart(rows) == {
        "q_ownerless": "owned_at_entry",
        "q_both": "has_country",
        "q_queued": "owned_at_entry",
        "q_expired": "has_country",
    }


def test_a_lead_set_apart_is_still_in_every_table_of_single_leads(rows: Rows) -> None:
    assert [stay["stage"] for stay in rows("lifecycle_stages", lead_id="q_both")] == ["opportunity"]
