"""Raw tables into marts: the room of dbt."""

from transform.building import BuildOutcome, build
from transform.documenting import document

__all__ = ["BuildOutcome", "build", "document"]
