"""report.html: one page, one file, no network, for the people who signed the agreement."""

from publish.report.page import Page, write

__all__ = ["Page", "write"]
