"""report.html: one page, one file, no network, for the people who signed the agreement."""

from publish.report.page import write

__all__ = ["write"]
