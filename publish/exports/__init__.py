"""Copies of published tables for spreadsheets, beside Parquet: CSV and Excel workbooks."""

from publish.exports.wish import FORMATS, NO_EXPORTS, Exports
from publish.exports.write import FOLDER, write

__all__ = ["FOLDER", "FORMATS", "NO_EXPORTS", "Exports", "write"]
