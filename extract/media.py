"""Which medium each engagement is, as the CRM's declaration has it: a raw table for its readers."""

import pyarrow as pa

from extract.declaration import Declaration

ENGAGEMENT_MEDIA = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
        pa.field("property", pa.string()),
        pa.field("medium", pa.string()),
    ]
)


def media_table(declared: Declaration) -> pa.Table:
    """One row per object and value of the property that tells its medium, sorted; "" is any other value."""
    rows = [
        {"object_type": one.name, "value": value, "property": one.medium.by, "medium": medium}
        for one in declared.objects
        if one.medium
        for value, medium in one.medium.by_value.items()
    ]
    rows.sort(key=lambda row: (str(row["object_type"]), str(row["value"])))
    return pa.Table.from_pylist(rows, schema=ENGAGEMENT_MEDIA)
