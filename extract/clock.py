"""This machine's clock against the CRM's: a night on a wrong day judges everybody wrongly."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from errors import WrongClock

LARGEST_SKEW = timedelta(hours=1)


def crm_time(headers: Mapping[str, str]) -> datetime | None:
    """What time it is by the CRM's clock: UTC, naive, to the second; None where an answer does not say."""
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(UTC).replace(tzinfo=None)
    except (KeyError, ValueError):
        return None


def must_agree(here: datetime, there: datetime | None) -> None:
    """`here` and `there` are the same instant by both clocks.

    Raises:
        WrongClock: they are further apart than an hour.
    """
    if there is not None and abs(here - there) > LARGEST_SKEW:
        raise WrongClock(
            f"By this machine's clock it is {here:%Y-%m-%d %H:%M:%S} UTC, and by the CRM's "
            f"{there:%Y-%m-%d %H:%M:%S} UTC. Nothing was loaded. Set the clock right (`timedatectl` shows "
            "whether it is synchronised), or say what is now with `smarketing run --as-of INSTANT`."
        )
