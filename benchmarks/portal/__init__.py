"""Portals of any size as a sync would have left them: a small company's, copied many times over."""

from benchmarks.portal.copies import Night, grow, move_on
from benchmarks.portal.original import Original, synced

__all__ = ["Night", "Original", "grow", "move_on", "synced"]
