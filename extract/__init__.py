"""The CRM becomes raw tables: one declaration per CRM, read by small modules, loaded by dlt."""

from extract import allocation as allocation  # before anything imports Arrow
from extract.entry import SyncOutcome, sync

__all__ = ["SyncOutcome", "sync"]
