"""The judging models' own tests: unit tests pass, and the sums that must add up notice a fault."""

import shutil
from pathlib import Path

from tests.transform.judging.bench import Bench
from tests.transform.judging.conftest import Judged

FAULTS = {
    "assert_won_amount_is_that_of_the_deals": "update marts.sales_scorecard set value = value + 1 "
    "where kpi = 'won_amount' and month = date '2026-10-01'",
    "assert_cohorts_hold_every_lead_once": "delete from marts.funnel_cohorts where from_stage = 'lead'",
    "assert_every_accountable_handoff_is_in_a_week": "update marts.rep_weeks set handoffs = handoffs + 1",
    "assert_slices_never_exceed_the_whole": "update marts.sla_compliance set eligible = 0 "
    "where slice = 'all'",
    "assert_funnel_entered_adds_up_to_stays": "update marts.funnel_daily set entered = entered + 1 "
    "where stage = 'lead'",
    "assert_funnel_reached_adds_up_to_leads": "delete from marts.funnel_daily where stage = 'customer'",
}


def test_unit_tests_pass(judged: Judged) -> None:
    assert judged.bench.test("unit") == {}


def test_data_tests_pass_and_each_sum_notices_its_fault(judged: Judged, tmp_path: Path) -> None:
    copied = shutil.copy(judged.bench.warehouse.path, tmp_path / "warehouse.duckdb")
    bed = judged.bench.at(Path(copied))
    assert failed(bed) == set()
    with bed.warehouse.connect() as connection:
        for sql in FAULTS.values():
            connection.execute(sql)
    assert set(FAULTS) <= failed(bed)


def failed(bed: Bench) -> set[str]:
    return set(bed.test("data"))
