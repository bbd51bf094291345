"""The raw tables beside the records themselves: they exist after every sync, also without rows."""

import pyarrow as pa

from extract import stored
from extract.associations import ASSOCIATIONS
from extract.audience.tables import TABLES as AUDIENCE
from extract.conveyor import Stream
from extract.definitions import PROPERTIES, RECORD_FIELDS, Shape
from extract.history import HISTORY
from extract.media import ENGAGEMENT_MEDIA, media_table
from extract.oldest import CUT
from extract.parcels import Parcel
from extract.purging import PURGED
from extract.records import MERGED, UNFIT
from extract.reference import OWNER_TEAMS, OWNERS, PIPELINE_STAGES, read_reference
from extract.source import Source
from warehouse import Warehouse

TABLES = {
    "associations": ASSOCIATIONS,
    "cut_histories": CUT,
    "engagement_media": ENGAGEMENT_MEDIA,
    "merged_records": MERGED,
    "owner_teams": OWNER_TEAMS,
    "owners": OWNERS,
    "pipeline_stages": PIPELINE_STAGES,
    "properties": PROPERTIES,
    "property_history": HISTORY,
    "purged_records": PURGED,
    "unfit_values": UNFIT,
} | AUDIENCE


def small_tables(
    source: Source, shapes: list[Shape], warehouse: Warehouse, present: dict[str, set[str]]
) -> Stream:
    """What the warehouse lacks, and what is read whole, if it changed."""
    yield _lacking(source, shapes, present)
    read = read_reference(source.client, shapes) | {"engagement_media": media_table(source.declared)}
    changed = {
        name: table
        for name, table in read.items()
        if name not in present
        or stored.content(warehouse, name) != [tuple(row.values()) for row in table.to_pylist()]
    }
    if changed:
        yield Parcel(changed)


def _lacking(source: Source, shapes: list[Shape], present: dict[str, set[str]]) -> Parcel:
    """Empty tables for everything that the warehouse has not yet, columns included.

    An object that the portal does not have, or does not let us read, has those columns that every record has.
    """
    declared = {one.name: pa.schema(RECORD_FIELDS) for one in source.declared.objects}
    wanted = TABLES | declared | {shape.object.name: shape.schema for shape in shapes}
    return Parcel(
        {
            name: schema.empty_table()
            for name, schema in wanted.items()
            if not set(schema.names) <= present.get(name, set())
        }
    )
