"""What the departments committed to, as tables that SQL can join: `raw_agreement.commitments` and its kin."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from agreement import Agreement, Commitment, Duration, Version, Waiver

if TYPE_CHECKING:
    import pyarrow as pa


def commitments(agreement: Agreement) -> "pa.Table":
    """One row per version and commitment; `position` is its place in the version, from 1.

    `share` is a fraction of 1. `within_unit` is one of business_minutes, business_hours, business_days,
    minutes, hours, days. `is_conditional`: a `where` restricts it to some leads (see `conditions`).
    """
    import pyarrow as pa

    schema = pa.schema(
        [
            ("version", pa.string()),
            ("position", pa.int32()),
            ("commitment", pa.string()),
            ("department", pa.string()),
            ("measure", pa.string()),
            ("period", pa.string()),
            ("stage", pa.string()),
            ("count_by", pa.string()),
            ("is_conditional", pa.bool_()),
            ("within_amount", pa.decimal128(18, 6)),
            ("within_unit", pa.string()),
            ("clock_starts", pa.string()),
            ("attempts", pa.int32()),
            ("across_days", pa.int32()),
            ("share", pa.decimal128(18, 6)),
        ]
    )
    rows = [
        _commitment_row(version, position, commitment)
        for version in agreement.versions
        for position, commitment in enumerate(version.commitments, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _commitment_row(version: Version, position: int, promised: Commitment) -> dict[str, Any]:
    return {
        "version": version.version,
        "position": position,
        "commitment": promised.commitment,
        "department": promised.department,
        "measure": promised.measure,
        "period": promised.per,
        "stage": promised.stage,
        "count_by": promised.count,
        "is_conditional": promised.where is not None,
        "within_amount": promised.within.amount if promised.within else None,
        "within_unit": _unit(promised.within) if promised.within else None,
        "clock_starts": promised.clock_starts,
        "attempts": promised.attempts,
        "across_days": promised.across_days,
        "share": promised.share,
    }


def _unit(length: Duration) -> str:
    return f"business_{length.unit}" if length.business else length.unit


def commitment_targets(agreement: Agreement) -> "pa.Table":
    """One row per version, commitment, slice and period named; null `period_key`: all alike."""
    import pyarrow as pa

    schema = pa.schema(
        [
            ("version", pa.string()),
            ("commitment", pa.string()),
            ("slice", pa.string()),
            ("period_key", pa.string()),
            ("target", pa.decimal128(28, 6)),
        ]
    )
    rows = [
        {
            "version": v.version,
            "commitment": c.commitment,
            "slice": name,
            "period_key": key,
            "target": target,
        }
        for v in agreement.versions
        for c in v.commitments
        for name, promised in c.targets.items()
        for key, target in (promised.items() if isinstance(promised, dict) else [(None, promised)])
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def waivers(agreement: Agreement) -> "pa.Table":
    """One row per version and waiver. Instants are UTC; null `from_at`: always; `until_at` is exclusive."""
    import pyarrow as pa

    words = ["rule", "commitment", "lead", "team", "owner", "segment"]
    schema = pa.schema(
        [
            ("version", pa.string()),
            ("position", pa.int32()),
            *((word, pa.string()) for word in words),
            ("from_at", pa.timestamp("us")),
            ("until_at", pa.timestamp("us")),
            ("reason", pa.string()),
        ]
    )
    zone = ZoneInfo(agreement.timezone)
    rows = [
        _waiver_row(version.version, position, waiver, zone)
        for version in agreement.versions
        for position, waiver in enumerate(version.waivers, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _waiver_row(version: str, position: int, waiver: Waiver, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "version": version,
        "position": position,
        "rule": waiver.rule,
        "commitment": waiver.commitment,
        "lead": waiver.lead,
        "team": waiver.team,
        "owner": waiver.owner,
        "segment": waiver.segment,
        "from_at": local_midnight(waiver.from_, zone) if waiver.from_ else None,
        "until_at": local_midnight(waiver.until + timedelta(days=1), zone),
        "reason": waiver.reason,
    }


def conditions(agreement: Agreement, dialect: str) -> list[dict[str, str]]:
    """The `where` of each commitment that has one, as SQL of `dialect` over the columns of `leads`.

    This is dbt's variable `commitment_conditions`: a list of `version`, `commitment`, `sql`.
    """
    return [
        {"version": version.version, "commitment": promised.commitment, "sql": promised.where.sql(dialect)}
        for version in agreement.versions
        for promised in version.commitments
        if promised.where is not None
    ]


def local_midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which `day` begins in `zone`: naive UTC; after a skipped midnight, the next instant."""
    return datetime.combine(day, time(), zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
