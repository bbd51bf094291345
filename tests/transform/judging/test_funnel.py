"""The funnel's marts against a second computation."""

from decimal import Decimal

from tests.transform.judging.conftest import Judged
from tests.transform.judging.funnel_reference import cohorts, daily, is_mature
from tests.transform.judging.made_up import AS_OF

CLOSE = Decimal("0.000001")


def test_funnel_daily(judged: Judged) -> None:
    found = judged.bench.rows("select date, segment, source, stage, entered, reached from marts.funnel_daily")
    assert len(found) > 100
    expected = daily(judged.tables)
    for visits in judged.tables["intermediate.int_visits"]:
        expected.setdefault((visits["day"], None, visits["source"], "contact"), (0, 0))
    assert {row[:4]: row[4:] for row in found} == expected
    assert len(found) == len({row[:4] for row in found})


def test_visitors_are_on_rows_of_the_first_stage_without_segment(judged: Judged) -> None:
    found = judged.bench.rows(
        "select date, source, visitors, segment, stage from marts.funnel_daily where visitors is not null"
    )
    visits = judged.tables["intermediate.int_visits"]
    assert {row[:2]: row[2] for row in found} == {(v["day"], v["source"]): v["visitors"] for v in visits}
    assert {row[3:] for row in found} == {(None, "contact")}


def test_funnel_cohorts(judged: Judged) -> None:
    found = judged.bench.rows(
        "select cohort_month, segment, source, from_stage, to_stage, leads, converted, conversion, "
        "median_days, p90_days from marts.funnel_cohorts"
    )
    expected = cohorts(judged.tables)
    assert {row[:4]: row[4:8] for row in found} == {key: row[:4] for key, row in expected.items()}
    for row in found:
        for days, wanted in zip(row[8:], expected[row[:4]][4:], strict=True):
            assert days == wanted or abs(days - wanted) <= CLOSE


def test_cohorts_mature_some_days_after_the_months_end(judged: Judged) -> None:
    after = judged.bench.agreement.mature_after_days
    found = judged.bench.rows("select distinct cohort_month, is_mature from marts.funnel_cohorts")
    assert {mature for _, mature in found} == {True, False}
    assert all(mature == is_mature(month, after, AS_OF) for month, mature in found)
