"""`sla_compliance` against a second computation that shares nothing with the SQL."""

from tests.transform.judging.conftest import Judged
from tests.transform.judging.made_up import AS_OF
from tests.transform.judging.sla_reference import compliance
from tests.transform.judging.terms import Terms

KEY = "commitment, period_start, slice"
JUDGED = "agreement_version, target, actual, eligible, attainment, status, is_provisional"


def test_every_row_is_what_the_rows_say(judged: Judged) -> None:
    found = judged.bench.rows(f"select {KEY}, {JUDGED} from marts.sla_compliance")
    expected = compliance(Terms(judged.bench.agreement, AS_OF), judged.tables)
    assert len(found) == len({row[:3] for row in found})
    assert {row[:3]: row[3:] for row in found} == expected


def test_the_cases_are_there(judged: Judged) -> None:
    """The made-up rows must reach every status, or the comparison above proves little."""
    statuses = {row[0] for row in judged.bench.rows("select distinct status from marts.sla_compliance")}
    assert statuses == {"met", "missed", "on_track", "at_risk", None}
    waived = judged.bench.rows("select distinct commitment from intermediate.int_sla_waived")
    assert waived == [("response",)]
