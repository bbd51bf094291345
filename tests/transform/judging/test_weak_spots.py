"""`weak_spots` against a second computation."""

from collections import Counter
from typing import Any

import pytest

from tests.transform.judging.conftest import Judged
from tests.transform.judging.funnel_reference import is_mature, steps, wilson
from tests.transform.judging.made_up import AS_OF, STAGES

DIMENSIONS = {"segment": "segment", "source": "source", "owner": "owner_id", "team": "owner_team"}


def slices(judged: Judged) -> tuple[Counter[Any], Counter[Any]]:
    """Leads and conversions by (rank, dimension, slice); by (rank, None, None) of everybody."""
    leads: Counter[Any] = Counter()
    converted: Counter[Any] = Counter()
    after = judged.bench.agreement.mature_after_days
    for month, lead, rank, days in steps(judged.tables):
        keys = [(kind, lead[column]) for kind, column in DIMENSIONS.items() if lead[column] is not None]
        for key in [(None, None), *keys] if is_mature(month, after, AS_OF) else []:
            leads[rank, *key] += 1
            converted[rank, *key] += days is not None
    return leads, converted


def test_every_slice_against_everybody_else(judged: Judged) -> None:
    leads, converted = slices(judged)
    found = judged.bench.rows(
        "select from_stage, dimension, slice, department, to_stage, leads, conversion, baseline, low, high, "
        "verdict from marts.weak_spots"
    )
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
