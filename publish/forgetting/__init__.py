"""People deleted for privacy leave every kept publication, too: the only change a folder ever sees."""

from publish.forgetting.forget import forget

__all__ = ["forget"]
