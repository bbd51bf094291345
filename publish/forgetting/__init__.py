"""People deleted for privacy leave every kept publication, too: the only change a folder ever sees."""

from publish.forgetting.forget import forget
from publish.forgetting.pages import scrubbed
from publish.forgetting.people import due, erased, note_of, noted

__all__ = ["due", "erased", "forget", "note_of", "noted", "scrubbed"]
