"""Sends a message to Slack, Teams, mail, a webhook: wherever Apprise reaches. Addresses are secrets."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pydantic import SecretStr

from nightly.notices.messages import Message

# They write addresses, or the tokens in them, into their logs.
TALKATIVE = ("apprise", "urllib3", "requests")


def send(urls: Sequence[SecretStr], message: Message) -> list[str]:
    """Send `message` to each of `urls`; returns a sentence, without the address, for each that failed."""
    return [problem for url in urls if (problem := _send(url.get_secret_value(), message))]


def _send(url: str, message: Message) -> str | None:
    import apprise

    kind = _kind(url)
    asset = apprise.AppriseAsset(app_id="smarketing", app_desc="smarketing", async_mode=False)
    with _silent():
        service = apprise.Apprise(asset=asset)
        if not service.add(url):
            return (
                f"A notification could not be sent: Apprise knows no service for an address of kind '{kind}'."
            )
        try:
            sent = service.notify(
                title=message.title, body=message.body, body_format=apprise.NotifyFormat.TEXT
            )
        except Exception as error:  # noqa: BLE001 -- whatever a service does, the run is what it is
            return f"The notification by {kind} failed: {type(error).__name__}."
    return None if sent else f"The notification by {kind} was not accepted."


def _kind(url: str) -> str:
    """What stands before `://`, if it is a plain word: the rest of an address is secret."""
    scheme = url.partition("://")[0]
    return scheme if scheme.isalnum() and len(scheme) < 20 and scheme != url else "unknown"


@contextmanager
def _silent() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [(logger, logger.level) for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in before:
            logger.setLevel(level)
