"""Mass emails with their statistics."""

from datetime import datetime
from typing import Any

from extract.audience.declared import Mailings
from extract.audience.reports import listed
from extract.client import Client
from extract.values import instants


def mailings(client: Client, declared: Mailings) -> list[dict[str, Any]]:
    """Rows of `marketing_emails`, by id. Opens move no date of an email: there is no asking for changes."""
    parameters: dict[str, str | int] = {"limit": declared.page, "includeStats": "true"}
    found = sorted(listed(client, declared.address, parameters), key=lambda entry: str(entry["id"]))
    sent = instants([_sent(entry) for entry in found]).to_pylist()
    return [_row(entry, at, declared) for entry, at in zip(found, sent, strict=True)]


def _sent(entry: dict[str, Any]) -> str | None:
    """A draft may have a day on which it is planned: it was not sent then."""
    return (entry.get("publishDate") or entry.get("publishedAt")) if entry.get("isPublished") else None


def _row(entry: dict[str, Any], published_at: datetime | None, declared: Mailings) -> dict[str, Any]:
    counters = (entry.get("stats") or {}).get("counters") or {}
    row = {
        "id": str(entry["id"]),
        "name": entry.get("name"),
        "subject": entry.get("subject"),
        "published_at": published_at,
    }
    return row | {figure: counters.get(counter) for figure, counter in declared.counters.items()}
