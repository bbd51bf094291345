"""The raw tables beside the records themselves: they exist after every sync, also without rows."""

from extract.associations import ASSOCIATIONS
from extract.definitions import PROPERTIES, Shape
from extract.history import HISTORY
from extract.loading import Parcel
from extract.records import MERGED, UNFIT
from extract.reference import OWNER_TEAMS, OWNERS, PIPELINE_STAGES

TABLES = {
    "associations": ASSOCIATIONS,
    "merged_records": MERGED,
    "owner_teams": OWNER_TEAMS,
    "owners": OWNERS,
    "pipeline_stages": PIPELINE_STAGES,
    "properties": PROPERTIES,
    "property_history": HISTORY,
    "unfit_values": UNFIT,
}


def lacking(shapes: list[Shape], present: dict[str, set[str]]) -> Parcel:
    """Empty tables for everything that the warehouse has not yet, columns included."""
    wanted = TABLES | {shape.object.name: shape.schema for shape in shapes}
    return Parcel(
        {
            name: schema.empty_table()
            for name, schema in wanted.items()
            if not set(schema.names) <= present.get(name, set())
        }
    )
