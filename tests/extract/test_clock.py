"""This machine's clock ran ahead, or is not the CRM's: no night after it is the worse for it."""

from datetime import datetime, timedelta

import pytest

from errors import UsageProblem
from extract.clock import crm_time, must_agree
from sandbox.server import SandboxServer
from tests.extract.conftest import NOW, Night, night_in
from tests.extract.truth import assert_equal

# What dlt writes down by the machine's clock, as a night in 2100 leaves it.
IN_2100 = """
    update raw_hubspot._dlt_pipeline_state set _dlt_load_id = '4' || _dlt_load_id
    where version = (select max(version) from raw_hubspot._dlt_pipeline_state);
    update raw_hubspot._dlt_loads set load_id = '4' || load_id
    where '4' || load_id in (select _dlt_load_id from raw_hubspot._dlt_pipeline_state);
    update raw_hubspot._dlt_version set inserted_at = '2100-01-01';
"""


def test_nights_after_one_by_a_clock_that_ran_ahead_go_on_from_the_last(
    night: Night, crm: SandboxServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    undisturbed = night_in(tmp_path_factory.mktemp("undisturbed"), night.agreement, crm.base_url)
    one, other, *_ = crm.truth_of_records().live["contacts"]
    loaded: list[tuple[int, int]] = []
    for day in range(4):
        crm.set_now(NOW + timedelta(days=day))
        if day == 1:
            crm.desk.define("contacts", "region", "string")
            crm.desk.set("contacts", one, "region", "North")
        if day == 2:
            crm.desk.set("contacts", other, "jobtitle", "Head of Clocks")
        nights = [each.sync(NOW + timedelta(days=day)) for each in (night, undisturbed)]
        loaded.append((nights[0].rows_loaded, nights[1].rows_loaded))
        if day == 0:
            with night.warehouse.connect() as connection:
                connection.execute(IN_2100)
        assert_equal(night.warehouse, crm)
    assert all(ours == theirs for ours, theirs in loaded), loaded
    assert loaded[-1][0] < loaded[0][0] / 10


@pytest.mark.parametrize("hours", [-9000, -1.1, 1.1, 9000])
def test_a_clock_that_is_not_the_crms_is_refused(hours: float) -> None:
    with pytest.raises(
        UsageProblem, match=r"By this machine's clock it is .*, and by the CRM's .*\. Nothing"
    ):
        must_agree(NOW + timedelta(hours=hours), NOW)


def test_a_clock_that_is_near_it_will_do() -> None:
    must_agree(NOW + timedelta(minutes=55), NOW)
    must_agree(NOW, None)


def test_the_crms_clock_is_in_its_answers() -> None:
    assert crm_time({"date": "Tue, 24 Nov 2026 20:00:00 GMT"}) == datetime(2026, 11, 24, 20)
    assert crm_time({}) is None
    assert crm_time({"date": "yesterday"}) is None


def test_a_night_by_the_clock_asks_for_nothing_more(night: Night, crm: SandboxServer) -> None:
    assert night.sync(by_the_clock=True).rows_loaded > 0
    assert_equal(night.warehouse, crm)
