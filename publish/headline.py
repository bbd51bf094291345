"""The publication in a few lines: was the agreement kept, and which rules are broken."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from publish.publication import Publication

LATEST = """
    select department, commitment, agreement_version, cast(period_start as date), actual, target, status
    from marts.sla_compliance
    where slice = 'all' and status in ('met', 'missed')
    qualify row_number() over (partition by commitment order by period_start desc) = 1
    order by department, commitment
"""
RUNNING = """
    select status, count(*)
    from marts.sla_compliance
    where slice = 'all' and status in ('on_track', 'at_risk')
    group by status
"""
BROKEN = """
    select rule, count(distinct lead_id) as leads
    from audit.lead_quality_violations
    where resolved_at is null
    group by rule
    order by leads desc, rule
"""


@dataclass(frozen=True)
class Promise:
    """A commitment's newest closed period, over all leads. `actual` and `target` are in its own unit."""

    department: str
    commitment: str
    agreement_version: str
    period_start: date
    actual: float | Decimal
    target: float | Decimal
    status: str


@dataclass(frozen=True)
class Headline:
    """`running` counts the commitments by status in the running period, `broken` leads by rule."""

    closed: list[Promise]
    running: dict[str, int]
    broken: dict[str, int]

    def sentences(self) -> list[str]:
        """Two about the commitments, one about the rules."""
        met = sum(promise.status == "met" for promise in self.closed)
        on_track, at_risk = self.running.get("on_track", 0), self.running.get("at_risk", 0)
        broken = ", ".join(f"{rule} {leads:,}" for rule, leads in self.broken.items())
        return [
            f"Kept in the last closed period: {met} of {len(self.closed)} commitments.",
            f"In the running one: {on_track} on track, {at_risk} at risk.",
            f"Leads that break a rule: {broken}." if broken else "No lead breaks a rule.",
        ]


def headline(publication: Publication) -> Headline:
    """Read it from the publication's own file; what was not published is empty."""
    import duckdb

    with duckdb.connect(str(publication.database), read_only=True) as connection:
        listed = "select table_schema || '.' || table_name from information_schema.tables"
        tables = {name for (name,) in connection.execute(listed).fetchall()}
        judged = "marts.sla_compliance" in tables
        ledger = "audit.lead_quality_violations" in tables
        return Headline(
            [Promise(*row) for row in connection.execute(LATEST).fetchall()] if judged else [],
            dict(connection.execute(RUNNING).fetchall()) if judged else {},
            dict(connection.execute(BROKEN).fetchall()) if ledger else {},
        )
