"""When each version of the agreement is in force, as the table `raw_agreement.versions`."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agreement import Agreement
from transform.commitment_tables import local_midnight

if TYPE_CHECKING:
    import pyarrow as pa


def versions(agreement: Agreement) -> "pa.Table":
    """One row per version; instants are UTC, `effective_to` is exclusive and null for the last one."""
    import pyarrow as pa

    zone = ZoneInfo(agreement.timezone)
    schema = pa.schema(
        [
            ("version", pa.string()),
            ("position", pa.int32()),
            ("effective_from", pa.timestamp("us")),
            ("effective_to", pa.timestamp("us")),
        ]
    )
    starts = [local_midnight(version.effective_from, zone) for version in agreement.versions]
    ends = [*starts[1:], None]
    rows = [
        {"version": version.version, "position": position, "effective_from": start, "effective_to": end}
        for position, (version, start, end) in enumerate(
            zip(agreement.versions, starts, ends, strict=True), 1
        )
    ]
    return pa.Table.from_pylist(rows, schema=schema)
