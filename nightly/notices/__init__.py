"""Word to people when a run is refused, or a commitment turns to at risk."""

from nightly.notices.notifying import notify

__all__ = ["notify"]
