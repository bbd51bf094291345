"""`weak_spots` against a second computation."""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.transform.judging.conftest import Judged
from tests.transform.judging.funnel_reference import is_mature, steps, wilson
from tests.transform.judging.made_up import AS_OF, STAGES
from tests.transform.judging.terms import SYDNEY
from tests.transform.raw import Rows

FOUND = (
    "select from_stage, dimension, slice, department, to_stage, leads, conversion, baseline, low, high, "
    "verdict from marts.weak_spots"
)
DIMENSIONS = {"segment": "segment", "source": "source", "owner": "owner_id", "team": "owner_team"}


def slices(
    tables: dict[str, Rows], after: int, as_of: datetime, zone: ZoneInfo = SYDNEY
) -> tuple[Counter[Any], Counter[Any]]:
    """Leads and conversions by (rank, dimension, slice); by (rank, None, None) of everybody."""
    leads: Counter[Any] = Counter()
    converted: Counter[Any] = Counter()
    cohorts = list(steps(tables, zone))
    mature = sorted({month for month, *_ in cohorts if is_mature(month, after, as_of, zone)})
    latest = set(mature[-12:])
    for month, lead, rank, days in cohorts:
        keys = [(kind, lead[column]) for kind, column in DIMENSIONS.items() if lead[column] is not None]
        for key in [(None, None), *keys] if month in latest else []:
            leads[rank, *key] += 1
            converted[rank, *key] += days is not None
    return leads, converted


def test_every_slice_against_everybody_else(judged: Judged) -> None:
    leads, converted = slices(judged.tables, judged.bench.agreement.mature_after_days, AS_OF)
    compare(judged.bench.rows(FOUND), leads, converted)


def compare(found: list[tuple[Any, ...]], leads: Counter[Any], converted: Counter[Any]) -> None:
    """Every slice's figures and verdict, against everybody else's."""
    assert len(found) == len([key for key in leads if key[1] is not None])
    for stage, kind, name, department, to_stage, count, conversion, baseline, low, high, verdict in found:
        rank = STAGES.index(stage) + 1
        own, gone = leads[rank, kind, name], converted[rank, kind, name]
        others, others_gone = leads[rank, None, None] - own, converted[rank, None, None] - gone
        assert (to_stage, count) == (STAGES[rank], own)
        assert department == ("marketing" if rank < 3 else "sales")
        assert float(conversion) == pytest.approx(gone / own, abs=1e-6)
        assert float(baseline) == pytest.approx(others_gone / others, abs=1e-6)
        interval = wilson(gone, own)
        assert (float(low), float(high)) == pytest.approx(interval, abs=1e-6)
        outside = "weak" if high < baseline else "strong" if low > baseline else "typical"
        assert verdict == ("too_few" if own < 30 else outside)
    assert {"too_few", "typical"} <= {row[-1] for row in found}
