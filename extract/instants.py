"""Instants as the API writes them, as we store them (naive, UTC) and as cursors hold them (milliseconds)."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(instant: str | datetime) -> int:
    """Milliseconds since 1970, for an instant of the API or a naive UTC one of ours."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    naive = instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant
    return (naive - _EPOCH) // _MILLISECOND


def from_milliseconds(count: int) -> datetime:
    """The naive UTC instant so many milliseconds after the start of 1970."""
    return _EPOCH + count * _MILLISECOND
