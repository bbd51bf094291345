"""The one place that reads the wall clock: everything after it works with `as_of`."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """This instant: UTC, naive, to the millisecond, as the warehouse keeps time."""
    return to_instant(datetime.now(UTC))


def to_instant(moment: datetime) -> datetime:
    """`moment` as the warehouse keeps it; one without a zone is taken as UTC already."""
    utc = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def run_id(start: datetime) -> str:
    """The name of the run that began at `start`; names sort as their runs do."""
    return f"{start:%Y%m%dT%H%M%S}.{start.microsecond // 1000:03d}Z"


def id_after(known: str) -> str:
    """The next name after `known`, a millisecond later."""
    start = datetime.strptime(known, "%Y%m%dT%H%M%S.%fZ")
    return run_id(start + timedelta(milliseconds=1))


def shown(instant: datetime | None) -> str:
    """`instant` for people; a dash where there is none."""
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC" if instant else "-"
