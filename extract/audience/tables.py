"""The raw tables of the audience."""

import pyarrow as pa

from extract.values import INSTANT

VISITS = pa.schema(
    [
        pa.field("day", pa.date32(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("visits", pa.int64()),
        pa.field("visitors", pa.int64()),
    ]
)
CONTENT_ANALYTICS = pa.schema(
    [
        pa.field("content_type", pa.string(), nullable=False),
        pa.field("content_id", pa.string(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("views", pa.int64()),
        pa.field("contacts_created", pa.int64()),
    ]
)
MARKETING_EMAILS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("subject", pa.string()),
        pa.field("published_at", INSTANT),
        pa.field("audience", pa.int64()),
        pa.field("delivered", pa.int64()),
        pa.field("opened", pa.int64()),
        pa.field("clicked", pa.int64()),
    ]
)
TABLES = {
    "content_analytics": CONTENT_ANALYTICS,
    "marketing_emails": MARKETING_EMAILS,
    "visits": VISITS,
}
