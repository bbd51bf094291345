"""Judge the past by a draft of the agreement, before anyone signs it."""

from nightly.replay.differences import Differences
from nightly.replay.replaying import Replay, replay

__all__ = ["Differences", "Replay", "replay"]
