"""Raw tables into marts: the room of dbt."""

from transform.building import BuildOutcome, build

__all__ = ["BuildOutcome", "build"]
