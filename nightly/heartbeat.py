"""A sign of life after a night that published: whoever waits for it knows when one is missing."""

import logging

from progress import Progress
from settings import Heartbeat

SECONDS = 10.0
LOG = logging.getLogger(__name__)


def beat(heartbeat: Heartbeat, progress: Progress) -> None:
    """Ask for the configured address, if there is one. That it cannot be reached is a warning, no failure."""
    if heartbeat.url is None:
        return
    import httpx

    try:
        httpx.get(heartbeat.url.get_secret_value(), timeout=SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        progress.say(
            f"The heartbeat could not be sent ({type(error).__name__}); the night itself is published."
        )
        LOG.warning("the heartbeat could not be sent", exc_info=error)
