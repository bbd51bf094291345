"""`rep_weeks` against a second computation."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.transform.judging.conftest import Judged
from tests.transform.judging.funnel_reference import counted
from tests.transform.judging.made_up import MOVED_AT, OWNERS
from tests.transform.judging.terms import SYDNEY, local
from tests.transform.raw import Rows

FIGURES = ("handoffs", "met", "breached", "accepted", "overdue_now", "pipeline", "won")


def monday(instant: datetime, zone: ZoneInfo) -> date:
    day = local(instant, zone)
    return day - timedelta(days=day.weekday())


def expected(
    tables: dict[str, Rows], waived: set[str], zone: ZoneInfo = SYDNEY
) -> dict[tuple[date, str], Counter[str]]:
    leads = counted(tables)
    weeks: dict[tuple[date, str], Counter[str]] = defaultdict(Counter)
    for handoff in tables["marts.lead_handoffs"]:
        owner = handoff["accountable_owner_id"]
        if handoff["lead_id"] in leads and owner:
            week = weeks[monday(handoff["handed_off_at"], zone), owner]
            status = None if handoff.get("handoff_id") in waived else handoff["response_status"]
            waits = handoff["verdict"] == "pending" and handoff["first_touch_at"] is None
            week["handoffs"] += 1
            week["met"] += status == "met"
            week["breached"] += status == "breached"
            week["accepted"] += handoff["verdict"] == "accepted"
            week["overdue_now"] += status == "breached" and waits
    for deal in tables["marts.deals"]:
        if deal["lead_id"] in leads and deal["owner_id"]:
            weeks[monday(deal["created_at"], zone), deal["owner_id"]]["pipeline"] += deal["amount"] or 0
            if deal["is_won"]:
                weeks[monday(deal["closed_at"], zone), deal["owner_id"]]["won"] += deal["amount"] or 0
    return weeks


def team_then(owner: str, week: date) -> str | None:
    """The owner's team when the week ended."""
    moved_later = owner == "o2" and week + timedelta(days=7) <= MOVED_AT.date()
    return "AU" if moved_later else OWNERS[owner][1]


def test_every_week_of_every_owner(judged: Judged) -> None:
    found = judged.bench.rows(f"select week, owner_id, team, {', '.join(FIGURES)} from marts.rep_weeks")
    waived = {row[0] for row in judged.bench.rows("select handoff_id from intermediate.int_sla_waived")}
    wanted = expected(judged.tables, waived)
    assert {row[:2] for row in found} == set(wanted)
    assert [row[:3] for row in found if row[2] != team_then(row[1], row[0])] == []
    assert {row[2] for row in found if row[1] == "o2"} == {"AU", "NZ"}
    for row in found:
        assert dict(zip(FIGURES, row[3:], strict=True)) == {name: wanted[row[:2]][name] for name in FIGURES}
    assert sum(row[7] for row in found) > 0
    assert all(row[8] == row[8].quantize(Decimal("0.01")) for row in found)
