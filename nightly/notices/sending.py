"""Sends a message to Slack, Teams, mail, a webhook: wherever Apprise reaches. Addresses are secrets."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from nightly.notices.messages import Message
from publish import Digest

# They write addresses, or the tokens in them, into their logs.
TALKATIVE = ("apprise", "urllib3", "requests")


def send(urls: Sequence[SecretStr], message: Message) -> list[str]:
    """Send `message` to each of `urls`; returns a sentence, without the address, for each that failed."""
    return [problem for url in urls if (problem := _send(url.get_secret_value(), message))]


def _send(url: str, message: Message) -> str | None:
    import apprise

    kind = _kind(url)
    asset = apprise.AppriseAsset(app_id="smarketing", app_desc="smarketing", async_mode=False)
    with _silent(), TemporaryDirectory() as folder:
        service = apprise.Apprise(asset=asset)
        if not service.add(url):
            return (
                f"A notification could not be sent: Apprise knows no service for an address of kind '{kind}'."
            )
        try:
            sent = service.notify(title=message.title, **_said(service[0], message, Path(folder)))
        except Exception as error:  # noqa: BLE001 -- whatever a service does, the run is what it is
            return f"The notification by {kind} failed: {type(error).__name__}."
    return None if sent else f"The notification by {kind} was not accepted."


def _said(service: Any, message: Message, folder: Path) -> dict[str, Any]:
    """What the service gets: a mail the digest with its pictures in it, others a text and maybe them."""
    from apprise import NotifyFormat
    from apprise.plugins.email import NotifyEmail

    text: dict[str, Any] = {"body": message.body, "body_format": NotifyFormat.TEXT}
    if message.digest is None:
        return text
    if isinstance(service, NotifyEmail):
        service.inline = True
        html = message.digest.html if message.is_digest else _on_top(message.body, message.digest.html)
        return {
            "body": html,
            "body_format": NotifyFormat.HTML,
            "attach": _pictures(message.digest, folder),
        }
    if message.is_digest and service.attachment_support:
        text["attach"] = _pictures(message.digest, folder)
    return text


def _pictures(digest: Digest, folder: Path) -> list[str]:
    """As files: Apprise names an attachment, and what `cid:` refers to, by its file."""
    for name, picture in digest.pictures.items():
        (folder / name).write_bytes(picture)
    return [str(folder / name) for name in digest.pictures]


def _on_top(lines: str, html: str) -> str:
    """The lines as the first paragraphs of the digest's page."""
    style = "margin:4px 20px;font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#1c2430"
    said = "".join(f'<p style="{style}">{escape(line)}</p>' for line in lines.splitlines())
    head, body, rest = html.partition("<body")
    tag, bracket, content = rest.partition(">")
    return head + body + tag + bracket + said + content


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
