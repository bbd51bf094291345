"""Data Docs: what was checked and what came of it, as a page that a head of sales can read."""

from expectations.docs.writing import FOLDER, Checked, write

__all__ = ["FOLDER", "Checked", "write"]
