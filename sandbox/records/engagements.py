"""Calls, emails, meetings, communications, tasks and notes as the CRM shows them."""

from sandbox.instants import MINUTE, to_iso
from sandbox.records.rows import Change, Properties, changed
from sandbox.story import Engagement


def base(engagement: Engagement) -> Properties:
    """What it was logged with: `hs_timestamp` is its own time, `hs_createdate` when the CRM learnt of it."""
    properties: Properties = {
        "hs_timestamp": to_iso(engagement.at),
        "hs_createdate": to_iso(engagement.logged_at),
        "hubspot_owner_id": engagement.owner.id if engagement.owner else None,
        **engagement.details,
    }
    if engagement.kind == "meetings":
        properties["hs_meeting_start_time"] = to_iso(engagement.at)
        properties["hs_meeting_end_time"] = to_iso(engagement.at + 30 * MINUTE)
    return properties


def changes(engagement: Engagement) -> list[Change]:
    """What became of a meeting."""
    return [
        changed(outcome.at, "hs_meeting_outcome", outcome.value, engagement.owner)
        for outcome in engagement.outcomes
    ]
