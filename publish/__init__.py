"""Publishing: audited marts become what the world sees, in one rename (DESIGN, "Publishing")."""

from publish.digest import Digest, digest_of
from publish.exports import FORMATS, NO_EXPORTS, Exports
from publish.history import current, history, rollback
from publish.publication import Publication
from publish.publishing import publish

__all__ = [
    "FORMATS",
    "NO_EXPORTS",
    "Digest",
    "Exports",
    "Publication",
    "current",
    "digest_of",
    "history",
    "publish",
    "rollback",
]
