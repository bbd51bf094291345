"""One lead's whole story, read from a publication: what `smarketing explain` shows."""

from publish.explain.explaining import explain
from publish.explain.story import Clock, Event, Handoff, RuleVerdict, Story

__all__ = ["Clock", "Event", "Handoff", "RuleVerdict", "Story", "explain"]
