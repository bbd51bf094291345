"""Which commitments turned to at risk between two publications."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from publish.publication import Publication

RUNNING = """
    select commitment, department, agreement_version, cast(period_start as date), cast(period_end as date),
        actual, target, status
    from marts.sla_compliance
    where slice = 'all' and status in ('on_track', 'at_risk')
    order by department, commitment, period_start
"""


@dataclass(frozen=True)
class Running:
    """A commitment in its running period, over all leads; `actual` and `target` in its own unit."""

    commitment: str
    department: str
    agreement_version: str
    period_start: date
    period_end: date
    actual: float | Decimal
    target: float | Decimal
    status: str


def turned_at_risk(before: Publication, after: Publication) -> list[Running]:
    """Commitments at risk in `after` that were not in `before`, by department and name."""
    known = {(one.commitment, one.period_start) for one in _running(before) if one.status == "at_risk"}
    now = (one for one in _running(after) if one.status == "at_risk")
    return [one for one in now if (one.commitment, one.period_start) not in known]


def _running(publication: Publication) -> list[Running]:
    import duckdb

    with duckdb.connect(str(publication.database), read_only=True) as connection:
        has_marts = (
            "select 1 from information_schema.tables"
            " where table_schema = 'marts' and table_name = 'sla_compliance'"
        )
        if not connection.execute(has_marts).fetchone():
            return []
        return [Running(*row) for row in connection.execute(RUNNING).fetchall()]
