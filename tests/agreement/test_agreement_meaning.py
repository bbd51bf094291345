"""What is absent has its plainest reading; what is there has the shape that the other rooms rely on."""

from datetime import date, time
from decimal import Decimal

from agreement.company import Verdict
from agreement.quantities import Duration
from agreement.reader import loads
from tests.agreement.broken import BASE

SMALLEST = """
crm: hubspot
company: Paradox Marketing
timezone: Australia/Brisbane
currency: AUD
calendars: {default: {days: [mon], open: "00:00", close: "24:00"}}
stages:
  - {stage: lead, hubspot: [lead]}
  - {stage: marketing_qualified_lead, hubspot: [marketingqualifiedlead]}
  - {stage: opportunity, hubspot: [opportunity]}
versions:
  - {version: later, effective_from: 2027-01-01}
  - {version: first, effective_from: 2026-10-01}
"""


def test_absent_parts_have_their_plainest_reading() -> None:
    given = loads(SMALLEST)
    assert given.departments == {}
    assert given.sources.property == "hs_analytics_source"
    assert given.verdicts.accepted == Verdict(stage="opportunity")
    assert (given.verdicts.rejected, given.verdicts.recycled) == (Verdict(), Verdict())
    assert given.calendars["default"].holidays is None
    assert (given.segments, given.lead_types, given.exclude, given.columns) == ((), (), (), {})
    assert (given.touches.duplicates_within, given.touches.late_log_after) == (None, None)
    assert (given.privacy.email, given.mature_after_days, given.spend_file) == ("keep", 90, None)


def test_round_the_clock_is_a_whole_day() -> None:
    calendar = loads(SMALLEST).calendars["default"]
    assert (calendar.open, calendar.close, calendar.open_minutes) == (time(0), time(0), 1440)
    assert loads(BASE).calendars["default"].open_minutes == 480


def test_versions_are_in_order_of_effect_and_in_force_from_their_day() -> None:
    given = loads(SMALLEST)
    assert [version.version for version in given.versions] == ["first", "later"]
    in_force = [given.version_at(day) for day in (date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 1))]
    assert [version and version.version for version in in_force] == [None, "first", "later"]


def test_stages_have_ranks() -> None:
    given = loads(SMALLEST)
    assert [given.rank(stage) for stage in given.stage_names] == [1, 2, 3]


def test_commitments_are_normalised() -> None:
    promised = {one.commitment: one for one in loads(BASE).versions[0].commitments}
    assert promised["mql_volume"].targets == {"all": 400, "segment=enterprise": 50}
    assert promised["new_customers"].targets == {"all": {"2026-10": Decimal(18), "2026-11": Decimal(22)}}
    assert promised["hot_response"].share == Decimal("0.95")
    assert promised["hot_response"].within == Duration(amount=Decimal(30), unit="minutes", business=True)
    assert (promised["follow_up"].measure, promised["follow_up"].attempts) == ("follow_up", 5)
    assert promised["new_customers"].per == "month"


def test_a_share_can_be_written_either_way() -> None:
    assert loads(BASE) == loads(BASE.replace("share: 95%", "share: 0.95"))


def test_the_fingerprint_is_of_the_meaning_alone() -> None:
    same = BASE.replace("company: Paradox Marketing", "# a comment\ncompany:   'Paradox Marketing'")
    assert loads(same).fingerprint == loads(BASE).fingerprint
    assert loads(BASE.replace("95%", "96%")).fingerprint != loads(BASE).fingerprint


def test_business_days_are_the_calendars_open_minutes() -> None:
    assert Duration.parse("2 business days").minutes(480) == 960
    assert Duration.parse("2 days").minutes(480) == 2880
    assert str(Duration.parse("1 business hours")) == "1 business hour"
