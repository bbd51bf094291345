"""A calendar that never closes is open in every minute, also where local midnight is within a UTC hour."""

from datetime import datetime

import pytest

from agreement import loads
from transform.business_time import HOUR_MS, calendar_hours, daily_open_ms

SIGNED = """
crm: hubspot
company: Paradox Marketing
timezone: {zone}
currency: AUD
calendars:
  default: {{days: {days}, open: "00:00", close: "24:00"}}
stages: [{{stage: marketing_qualified_lead, hubspot: [marketingqualifiedlead]}}]
versions: [{{version: first, effective_from: 2026-10-01}}]
"""
EVERY_DAY = "[mon, tue, wed, thu, fri, sat, sun]"


@pytest.mark.parametrize(
    "zone", ["Australia/Brisbane", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin"]
)
def test_every_hour_is_open_from_its_beginning_to_its_end(zone: str) -> None:
    given = loads(SIGNED.format(zone=zone, days=EVERY_DAY))
    hours = calendar_hours(given, datetime(2026, 3, 1), datetime(2026, 11, 30)).to_pydict()
    assert set(hours["opens_ms"]) == {0}
    assert set(hours["closes_ms"]) == {HOUR_MS}
    assert hours["open_ms_before"] == [place * HOUR_MS for place in range(len(hours["opens_ms"]))]
    assert daily_open_ms(given.calendars["default"]) == 24 * HOUR_MS


def test_whole_weekdays_are_closed_from_saturday_to_monday() -> None:
    given = loads(SIGNED.format(zone="Asia/Kathmandu", days="[mon, tue, wed, thu, fri]"))
    # Saturday 7 November 2026 begins at 18:15 UTC of the day before, and so does Monday two days later.
    hours = calendar_hours(given, datetime(2026, 11, 6, 17), datetime(2026, 11, 8, 19)).to_pydict()
    open_ms = [closes - opens for opens, closes in zip(hours["opens_ms"], hours["closes_ms"], strict=True)]
    quarter = HOUR_MS // 4
    assert open_ms[:2] == [HOUR_MS, quarter]
    assert set(open_ms[2:49]) == {0}
    assert open_ms[49:] == [HOUR_MS - quarter, HOUR_MS]
