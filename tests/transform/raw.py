"""Raw tables written by hand: a CRM of a few records, as the extract room would have left it."""

from datetime import datetime
from typing import Any

import pyarrow as pa

from warehouse import Warehouse

Rows = list[dict[str, Any]]
TEXT, INSTANT, FLAG, NUMBER = pa.string(), pa.timestamp("us"), pa.bool_(), pa.decimal128(38, 10)
RECORD = {"id": TEXT, "created_at": INSTANT, "updated_at": INSTANT, "archived": FLAG, "archived_at": INSTANT}
ENGAGEMENT = {"hs_timestamp": INSTANT, "hs_createdate": INSTANT, "hubspot_owner_id": TEXT}
LIFECYCLE = ("subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer")

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "contacts": {
        **RECORD,
        **dict.fromkeys(("email", "phone", "country", "lifecyclestage", "hs_lead_status"), TEXT),
        **dict.fromkeys(("hubspot_owner_id", "hs_analytics_source", "rejection_reason", "referred_by"), TEXT),
        **dict.fromkeys(("recent_conversion_event_name", "associatedcompanyid"), TEXT),
        **dict.fromkeys(("createdate", "lastmodifieddate"), INSTANT),
        **{f"hs_lifecyclestage_{value}_date": INSTANT for value in LIFECYCLE},
        "hubspotscore": NUMBER,
    },
    "companies": {**RECORD, "name": TEXT, "domain": TEXT, "numberofemployees": NUMBER, "createdate": INSTANT},
    "deals": {
        **RECORD,
        **dict.fromkeys(
            ("dealname", "deal_currency_code", "pipeline", "dealstage", "hubspot_owner_id"), TEXT
        ),
        **dict.fromkeys(("amount", "amount_in_home_currency"), NUMBER),
        **dict.fromkeys(("createdate", "closedate", "hs_lastmodifieddate"), INSTANT),
    },
    "calls": {**RECORD, **ENGAGEMENT, "hs_call_direction": TEXT, "hs_call_status": TEXT},
    "emails": {
        **RECORD,
        **ENGAGEMENT,
        **dict.fromkeys(
            ("hs_email_direction", "hs_email_status", "hs_sequence_id", "hs_email_sent_via"), TEXT
        ),
    },
    "meetings": {
        **RECORD,
        **ENGAGEMENT,
        **dict.fromkeys(("hs_meeting_start_time", "hs_meeting_end_time"), INSTANT),
        **dict.fromkeys(("hs_meeting_outcome", "hs_meeting_source", "hs_meeting_location_type"), TEXT),
    },
    "communications": {**RECORD, **ENGAGEMENT, "hs_communication_channel_type": TEXT},
    "property_history": {
        **dict.fromkeys(("object_type", "object_id", "property"), TEXT),
        "changed_at": INSTANT,
        "ordinal": pa.int32(),
        **dict.fromkeys(("value", "source_type", "source_id", "updated_by_user_id"), TEXT),
    },
    "associations": {**dict.fromkeys(("from_type", "from_id", "to_type", "to_id"), TEXT), "is_primary": FLAG},
    "merged_records": dict.fromkeys(("object_type", "loser_id", "winner_id"), TEXT),
    "engagement_media": dict.fromkeys(("object_type", "value", "property", "medium"), TEXT),
    "owners": {
        **dict.fromkeys(("id", "email", "first_name", "last_name", "user_id"), TEXT),
        "archived": FLAG,
        "created_at": INSTANT,
        "updated_at": INSTANT,
    },
    "owner_teams": {**dict.fromkeys(("owner_id", "team_id", "team_name"), TEXT), "is_primary": FLAG},
    "pipeline_stages": {
        **dict.fromkeys(("object_type", "pipeline_id", "pipeline_label", "stage_id", "stage_label"), TEXT),
        "display_order": pa.int32(),
        "is_closed": FLAG,
        "is_won": FLAG,
        "probability": NUMBER,
    },
}

MEDIA: Rows = [
    {"object_type": kind, "value": value, "medium": medium}
    for kind, value, medium in (
        ("calls", "", "call"),
        ("emails", "", "email"),
        ("meetings", "", "meeting"),
        ("meetings", "VIDEO", "video_call"),
        ("communications", "LINKEDIN_MESSAGE", "social"),
        ("communications", "SMS", "text"),
        ("communications", "WHATS_APP", "text"),
    )
]
"""What every sync leaves, whatever is in the portal."""

OPTIONAL: dict[str, dict[str, pa.DataType]] = {
    "cut_histories": {**dict.fromkeys(("object_type", "object_id", "property"), TEXT), "since": INSTANT},
    "visits": {"day": pa.date32(), "source": TEXT, "visits": pa.int64(), "visitors": pa.int64()},
    "marketing_emails": {
        **dict.fromkeys(("id", "name", "subject"), TEXT),
        "published_at": INSTANT,
        **dict.fromkeys(("audience", "delivered", "opened", "clicked", "contacts_created"), pa.int64()),
    },
    "content_analytics": {
        **dict.fromkeys(("content_type", "content_id", "name"), TEXT),
        "day": pa.date32(),
        **dict.fromkeys(("views", "contacts_created"), pa.int64()),
    },
}
"""Tables that not every portal has: they are written only where rows are given."""


def write_raw(warehouse: Warehouse, tables: dict[str, Rows]) -> None:
    """Replace `raw_hubspot` by `tables`; a table or column that is not given is empty or null.

    Raises:
        KeyError: a table or column that the raw schema does not have.
    """
    with warehouse.connect() as connection:
        connection.execute("create schema if not exists raw_hubspot")
        given = {name: columns for name, columns in OPTIONAL.items() if name in tables}
        for name, columns in (COLUMNS | given).items():
            rows = tables.get(name, MEDIA if name == "engagement_media" else [])
            unknown = {key for row in rows for key in row} - set(columns)
            if unknown:
                raise KeyError(f"{name} has no column {sorted(unknown)}")
            full = [dict.fromkeys(columns) | row for row in rows]
            connection.register("rows", pa.Table.from_pylist(full, schema=pa.schema(list(columns.items()))))
            connection.execute(f"create or replace table raw_hubspot.{name} as select * from rows")
            connection.unregister("rows")


def at(text: str) -> datetime:
    """An instant: `2026-10-05 01:30` UTC."""
    return datetime.fromisoformat(text)
