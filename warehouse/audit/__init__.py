"""The tables of `audit`: each room writes its own, all by one contract."""

from warehouse.audit.contract import AuditTable, Column, audit_table, audit_tables

__all__ = ["AuditTable", "Column", "audit_table", "audit_tables"]
