"""Why did it move: every changed figure of a publication, taken apart by what changed it."""

from publish.changes.attribution import CHANGES, Comparison, attribute

__all__ = ["CHANGES", "Comparison", "attribute"]
